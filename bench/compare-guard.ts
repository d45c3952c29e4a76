import { startContenders } from './compare-contenders.ts'
import { ratio, times } from './compare-ratios.ts'
import type { Round } from './compare-results.ts'
import { oneRound } from './compare-rounds.ts'
import { say, startWorld } from './compare-run.ts'
import { FILE, recorded } from './compare-written.ts'

const ROUNDS = 5
const SECONDS = 2
const WARM_UP_S = 15
/** Dearer than recorded by so much is no chance any more, as ratios inside a round go. */
const DEARER = 1.25

export interface Verdict {
  readonly isKept: boolean
  readonly shown: string
}

export function verdictOf(measured: number, then: number): Verdict {
  const limit = then * DEARER
  const isKept = measured <= limit
  const shown = `a short request costs ${times(measured)} what nginx takes for it; recorded are ${times(then)}, allowed ${times(limit)}`
  return {
    isKept,
    shown: isKept
      ? shown
      : `${shown}.\nIt has become dearer. \`node --cpu-prof dist/cli.js serve\` shows where; if it is worth it, \`npm run bench\` writes ${FILE} anew.`,
  }
}

/** Whether a short request has become dearer, beside nginx in the same run: clocks of other machines say nothing. */
export async function guard(): Promise<boolean> {
  const then = recorded()
  const { folder, upstream } = await startWorld()
  const { running } = await startContenders(folder, upstream, [])
  say('warming up')
  await running.ours?.load('job', WARM_UP_S)
  const rounds: Round[] = []
  for (let nth = 0; nth < ROUNDS; nth += 1) rounds.push(await oneRound('job', running, nth, SECONDS))
  const failed = rounds.reduce((sum, { ours }) => sum + (ours?.failed ?? 0), 0)
  const { isKept, shown } = verdictOf(ratio(rounds, 'ours', 'nginx'), then.ratios.job.toNginx)
  console.log(failed > 0 ? `${shown}\n${failed} answers were not 200` : shown)
  return isKept && failed === 0
}
