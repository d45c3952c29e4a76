import {
  type Answer,
  answers,
  type Contender,
  contenders,
  type Goal,
  type Ratios,
  type Round,
  type Row,
  type Sample,
} from './compare-results.ts'
import { median } from './processes.ts'

/** What a contender showed over all rounds: medians, the most that it held, and all that failed. */
export function rowOf(answer: Answer, bytes: number, contender: Contender, rounds: readonly Round[]): Row {
  const samples = samplesOf(rounds, contender)
  const middle = (name: keyof Sample) => median(samples.map((sample) => sample[name]))
  return {
    answer,
    bytes,
    contender,
    timesNginx: ratio(rounds, contender, 'nginx'),
    cpuUs: middle('cpuUs'),
    perSecond: middle('perSecond'),
    p50Ms: middle('p50Ms'),
    p99Ms: middle('p99Ms'),
    peakMib: Math.max(...samples.map(({ peakMib }) => peakMib)),
    failed: samples.reduce((sum, { failed }) => sum + failed, 0),
  }
}

export const rowsOf = (answer: Answer, bytes: number, rounds: readonly Round[]): Row[] =>
  (Object.keys(contenders) as Contender[])
    .filter((contender) => samplesOf(rounds, contender).length > 0)
    .map((contender) => rowOf(answer, bytes, contender, rounds))

/**
 * How many times the processor time of `under` one request of `over` costs. Told inside each round, since from one round
 * to the next a machine that others use as well is faster or slower for both.
 */
export function ratio(rounds: readonly Round[], over: Contender, under: Contender): number {
  const ratios = rounds.flatMap((round) => {
    const [above, below] = [round[over], round[under]]
    return above && below ? [above.cpuUs / below.cpuUs] : []
  })
  return median(ratios)
}

export function ratiosOf(rounds: readonly Round[]): Ratios {
  const toTuned = ratio(rounds, 'ours', 'tuned')
  return {
    toNginx: ratio(rounds, 'ours', 'nginx'),
    ...(Number.isNaN(toTuned) ? {} : { toTuned }),
    ofExpress: ratio(rounds, 'express', 'ours'),
  }
}

export const times = (value: number) => `${value.toFixed(2)} ×`

export const atMost = (
  what: string,
  value: number,
  limit: number,
  shown: (value: number) => string,
): Goal => ({
  what,
  measured: shown(value),
  wanted: `≤ ${shown(limit)}`,
  kept: value <= limit,
})

export const atLeast = (
  what: string,
  value: number,
  limit: number,
  shown: (value: number) => string,
): Goal => ({
  what,
  measured: shown(value),
  wanted: `≥ ${shown(limit)}`,
  kept: value >= limit,
})

/** What was promised of an answer. */
export function goalsOf(answer: Answer, rounds: readonly Round[]): Goal[] {
  const { shown, toNginx, ofExpress } = answers[answer]
  const { toTuned, ...ratios } = ratiosOf(rounds)
  const ours = samplesOf(rounds, 'ours')
  const failed = ours.reduce((sum, sample) => sum + sample.failed, 0)
  return [
    atMost(`${shown}: this gateway / nginx`, ratios.toNginx, toNginx, times),
    ...(toTuned === undefined
      ? []
      : [{ what: `${shown}: this gateway / nginx, tuned`, measured: times(toTuned), wanted: '' }]),
    atLeast(`${shown}: Express + SDK / this gateway`, ratios.ofExpress, ofExpress, times),
    {
      what: `${shown}: answers that were not 200`,
      measured: String(failed),
      wanted: '0',
      kept: failed === 0,
    },
  ]
}

function samplesOf(rounds: readonly Round[], contender: Contender): Sample[] {
  return rounds.flatMap((round) => round[contender] ?? [])
}
