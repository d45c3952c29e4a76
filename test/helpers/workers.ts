import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { holdToDocument } from './documented.ts'
import { preloaded } from './preload.ts'
import { launcher, type Program, start } from './program.ts'

/** Says of each process which serves who it is, once it begins. */
const TELLING = `import cluster from 'node:cluster'
if (cluster.isWorker) process.stderr.write('worker ' + process.pid + '\\n')
`

export interface Workers {
  readonly program: Program
  readonly url: string
  readonly urls: readonly string[]
  /** Process ids of all workers there ever were. */
  pids(): number[]
  /** Log lines so far. */
  log(): Record<string, unknown>[]
  /** Resolves to the last log line with this message once there are so many. */
  logged(msg: string, count?: number): Promise<Record<string, unknown>>
}

/** The program with two workers, on a port of its own. */
export async function startWorkers(
  env: Record<string, string> = {},
  extra = '',
  ports = '0',
): Promise<Workers> {
  const program = start(process.execPath, [launcher, '--port', ports], {
    HCA_WORKERS: '2',
    HCA_GRACE: '5',
    HCA_MAX_DELAY: '60000',
    ...env,
    ...preloaded(TELLING + extra),
  })
  let stderr = ''
  program.child.stderr?.on('data', (text) => {
    stderr += text
  })
  const urls = [...(await program.says(/try: .*\n/)).matchAll(/(?:on|and) (http:\S+)/g)].map(
    ([, url = '']) => url,
  )
  holdToDocument(urls)
  const log = () =>
    stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
  const told = (msg: string) => log().filter((line) => line.msg === msg)
  return {
    program,
    url: urls[0] ?? '',
    urls,
    log,
    pids: () => [...stderr.matchAll(/^worker (\d+)$/gm)].map(([, pid]) => Number(pid)),
    async logged(msg, count = 1) {
      await expect
        .poll(() => told(msg).length, { interval: 10, timeout: 15_000 })
        .toBeGreaterThanOrEqual(count)
      return told(msg).at(-1) ?? {}
    },
  }
}

/** Whether there is such a process, one that has ended and is not yet looked after aside. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true // no such folder on this system
  }
}
