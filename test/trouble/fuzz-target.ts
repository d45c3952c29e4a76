import { expect } from 'vitest'
import { holdToDocument } from '../helpers/documented.ts'
import { preloaded } from '../helpers/preload.ts'
import { launcher, type Program, start } from '../helpers/program.ts'
import { numberAt } from '../helpers/scrape.ts'

export interface Target {
  readonly url: string
  /** Held by the process, in bytes. Takes a second and a half, in which what is no longer held is cleared away. */
  memory(): Promise<number>
  /** Holds that it runs, works on nothing, and has met nothing unexpected. */
  isWell(): Promise<void>
}

/** By so many bytes what a process holds may grow where its sandbox is given little to keep. */
export const MOST_GROWTH = 8 * 1024 * 1024

/** What lies about is cleared away each second, so that what is left is held. */
const TIDY = `
  import { setFlagsFromString } from 'node:v8'
  import { runInNewContext } from 'node:vm'
  setFlagsFromString('--expose-gc')
  setInterval(runInNewContext('gc'), 1_000).unref()
`

const NOWHERE = 'http://127.0.0.1:9'

/** Fuzzing a busy machine must not be told that it is busy. */
const PATIENT = {
  HCA_RATE_CALLER: '0',
  HCA_RATE_ADDRESS: '0',
  HCA_MAX_DELAY: '60000',
}

/** A gateway with its sandbox in a process of its own. Keys that are not the sandbox's lead nowhere, wherever it runs. */
export const startTarget = (): Promise<Target> =>
  startGateway({ ...PATIENT, HCA_SANDBOX_PACE: 'at-once', HTTPS_PROXY: NOWHERE })

/** A gateway that asks a sandbox beside it, which judges all keys alike: a made-up one is refused as Huawei Cloud would. */
export async function startTargetBeside(): Promise<Target> {
  const { url } = await started('sandbox', { HCA_SANDBOX_PACE: 'at-once' })
  return startGateway({ ...PATIENT, HUAWEICLOUD_ENDPOINT_URL: url })
}

async function startGateway(env: Record<string, string>): Promise<Target> {
  const { program, url } = await started('serve', { ...env, ...preloaded(TIDY) })
  holdToDocument([url])
  const complaints: string[] = []
  program.child.stderr?.on('data', (text: string) => {
    complaints.push(...text.split('\n').filter((line) => /"level":[56]0|Error/.test(line)))
  })
  const reading = async (name: string) => {
    return (await numberAt(url, name)) ?? expect.fail(`there is no ${name}`)
  }
  return {
    url,
    async memory() {
      let least = Number.POSITIVE_INFINITY
      for (const until = performance.now() + 1_500; performance.now() < until; ) {
        const heap = await reading('nodejs_heap_size_used_bytes')
        least = Math.min(least, heap + (await reading('nodejs_external_memory_bytes')))
      }
      return least
    },
    async isWell() {
      expect(program.child.exitCode).toBeNull()
      expect(complaints).toEqual([])
      await expect.poll(() => reading('hca_http_requests_in_flight'), { timeout: 20_000 }).toBe(1)
    },
  }
}

async function started(
  command: string,
  env: Record<string, string>,
): Promise<{ program: Program; url: string }> {
  const program = start(process.execPath, [launcher, command, '--port', '0'], env)
  const [url = ''] = /http:\/\/\S+/.exec(await program.says(/listens on http/)) ?? []
  return { program, url }
}
