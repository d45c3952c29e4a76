import { writeFileSync } from 'node:fs'
import type { Running } from './compare-contenders.ts'
import type { Answer, Contender, Round, Sample } from './compare-results.ts'
import { memoryMib } from './processes.ts'
import { cpuMsOf } from './trouble-processors.ts'

export type Contenders = Partial<Record<Contender, Running>>

/** Who takes part for which answer: the tuned nginx differs from the other only where an answer is long. */
export const takingPart = (answer: Answer, running: Contenders): Contender[] =>
  (Object.keys(running) as Contender[]).filter((contender) => contender !== 'tuned' || answer === 'types')

/** Every contender once, beginning with another one each time. */
export async function oneRound(
  answer: Answer,
  running: Contenders,
  nth: number,
  seconds: number,
): Promise<Round> {
  const order = takingPart(answer, running)
  const first = nth % order.length
  const round: Round = {}
  for (const contender of [...order.slice(first), ...order.slice(0, first)]) {
    const one = running[contender]
    if (one) round[contender] = await sample(one, answer, seconds)
  }
  return round
}

export async function sample({ pids, load }: Running, answer: Answer, seconds: number): Promise<Sample> {
  for (const pid of pids) forgetMost(pid)
  const before = cpuMsOfAll(pids)
  const { requests, seconds: took, failed, p50Ms, p99Ms } = await load(answer, seconds)
  return {
    cpuUs: ((cpuMsOfAll(pids) - before) * 1_000) / requests,
    perSecond: requests / took,
    p50Ms,
    p99Ms,
    peakMib: pids.reduce((sum, pid) => sum + memoryMib(pid, 'VmHWM'), 0),
    failed,
  }
}

export const cpuMsOfAll = (pids: readonly number[]) => pids.reduce((sum, pid) => sum + cpuMsOf(pid), 0)

/** Lets the most that a process held begin anew. */
const forgetMost = (pid: number) => writeFileSync(`/proc/${pid}/clear_refs`, '5')
