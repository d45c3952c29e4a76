import {
  type Client,
  HuaweiCloudApiError,
  type Job,
  type JobProgress,
} from '../../packages/client/src/index.ts'
import { type Given, textOf } from './command.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { problemOf } from './problems.ts'
import { Stop } from './stop.ts'
import type { Catalog } from './text/en.ts'

interface Waited {
  readonly jobId: string
  readonly regionId: string
  readonly projectId?: string
}

/** Undefined: not to be waited for. */
export function secondsOf(given: Given, text: Catalog): number | undefined {
  const said = textOf(given, 'wait')
  if (said === undefined) return undefined
  const seconds = Number(said)
  if (!(seconds >= 1 && seconds <= 86_400)) throw new Stop(CODES.usage, text.given.badWait)
  return seconds
}

/** Back to the begin of the line, and nothing on it. */
const ANEW = '\r\u001b[2K'

/** The job once it has ended. Where somebody looks on, one line tells how it goes. Fails with {@link Stop}. */
export async function waitFor(client: Client, asked: Waited, seconds: number, house: House): Promise<Job> {
  const { terminal, text } = house
  const began = performance.now()
  let status = ''
  const show = () => {
    const since = Math.round((performance.now() - began) / 1_000)
    terminal.err(`${ANEW}${text.job.waiting(asked.jobId, status, since)}`)
  }
  const onProgress = ({ job, ended, parts }: JobProgress) => {
    status = [job.status ?? '', ...(parts > 1 ? [`${ended}/${parts}`] : [])].join(' ')
    if (terminal.tells) show()
  }
  const ticking = terminal.tells ? setInterval(show, 1_000) : undefined
  const signal = terminal.interrupted()
  try {
    return await client.waitForJob(asked, { onProgress, signal, timeoutMs: seconds * 1_000 })
  } catch (thrown) {
    const goOn = text.job.goOn(asked.jobId, asked.regionId)
    if (signal.aborted) throw new Stop(CODES.interrupted, text.interrupted.read, goOn)
    if (thrown instanceof HuaweiCloudApiError && thrown.reason === 'TIMEOUT')
      throw new Stop(CODES.unreachable, text.job.slow(seconds), goOn)
    const problem = problemOf(thrown, 'jobs wait', false, text)
    // What began the job was accepted, whatever becomes of the question after it.
    throw problem instanceof Stop ? new Stop(problem.code, ...problem.lines, goOn) : problem
  } finally {
    clearInterval(ticking)
    if (terminal.tells) terminal.err(ANEW)
  }
}
