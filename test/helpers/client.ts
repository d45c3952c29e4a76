import { type Client, type ClientSettings, createClient } from '../../packages/client/src/index.ts'
import { KEYS, startBefore, startHouse } from './house.ts'

export const SANDBOX_KEYS = {
  accessKey: 'SANDBOXACCESSKEY0001',
  secretKey: 'SandboxSecretKeyForLocalUseOnly000000001',
}

/** The house with its sandbox, and a client of it. */
export async function startClient(env: Record<string, string> = {}, settings: ClientSettings = {}) {
  const house = await startHouse({ HCA_SANDBOX_PACE: 'at-once', ...env })
  const client: Client = createClient({ baseUrl: house.url, ...SANDBOX_KEYS, ...settings })
  return { ...house, client }
}

/** The house in front of a Huawei Cloud that does as the test says, and a client of it. */
export async function startClientBefore(
  upstream: Parameters<typeof startBefore>[0],
  settings: ClientSettings = {},
) {
  const house = await startBefore(upstream)
  const client: Client = createClient({ baseUrl: house.url, ...KEYS, ...settings })
  return { ...house, client }
}

/** A `fetch` that answers what is given, one after the other, and notes what it was asked. */
export function answering(...answers: readonly (() => Response | Promise<Response>)[]) {
  const asked: { url: string; init: RequestInit }[] = []
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    asked.push({ url: String(input), init })
    const answer = answers[Math.min(asked.length, answers.length) - 1]
    if (!answer) throw new TypeError('nothing to answer')
    return answer()
  }
  return { fetch, asked }
}

/** Time that passes only while somebody sleeps, and no chance at all. */
export function still() {
  let now = 1_800_000_000_000
  const slept: number[] = []
  return {
    slept,
    outside: {
      now: () => now,
      random: () => 0.5,
      sleep: async (ms: number, signal: AbortSignal) => {
        signal.throwIfAborted()
        if (ms >= 60_000) return new Promise<void>(() => undefined) // nobody's time is over here
        slept.push(ms)
        now += ms
      },
    },
  }
}
