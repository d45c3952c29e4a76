import { join } from 'node:path'
import { keyHeaders, startBefore, startHouse } from '../../helpers/house.ts'

export const BUILT = join(import.meta.dirname, '../../../dist/console')
export const SANDBOX = {
  accessKey: 'SANDBOXACCESSKEY0001',
  secretKey: 'SandboxSecretKeyForLocalUseOnly000000001',
}

const CONSOLE = { HCA_CONSOLE: BUILT }
export const sandboxHeaders = { 'x-access-key': SANDBOX.accessKey, 'x-secret-key': SANDBOX.secretKey }

/** The house with the console, and a sandbox whose jobs end at once. */
export async function startConsole(env: Record<string, string> = {}) {
  const house = await startHouse({ ...CONSOLE, HCA_SANDBOX_PACE: 'at-once', ...env })
  return {
    ...house,
    /** Does something with the sandbox as its page would. */
    async door(method: string, door: string, body?: unknown): Promise<void> {
      const answer = await fetch(`${house.url}/_sandbox/${door}`, {
        method,
        headers: { ...sandboxHeaders, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!answer.ok) throw new Error(`${method} ${door}: ${answer.status} ${await answer.text()}`)
    },
    /** A call of the API with the sandbox's keys. */
    async ask(method: string, path: string, body?: unknown) {
      const answer = await fetch(`${house.url}${path}`, {
        method,
        headers: { ...sandboxHeaders, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const { data } = (await answer.json()) as { data?: { value: Record<string, unknown> } }
      if (!answer.ok || !data) throw new Error(`${method} ${path}: ${answer.status}`)
      return data.value
    },
  }
}

/** The house with the console in front of a Huawei Cloud that does as the test says. */
export const startBeforeCloud = (
  upstream: Parameters<typeof startBefore>[0],
  env: Record<string, string> = {},
) => startBefore(upstream, { ...CONSOLE, ...env })

export { keyHeaders }
