import { HUNG, type Sent } from './trouble-plan.ts'
import type { Measured } from './trouble-world.ts'

/** One line of the table; without `kept` nobody asked for it, and it only helps to understand. */
export interface Row {
  readonly scenario: string
  readonly what: string
  readonly measured: string
  readonly wanted?: string
  readonly kept?: boolean
}

export interface Run {
  /** A sixth of the time. */
  readonly short: boolean
}

export const secondsOf = ({ short }: Run, seconds: number) =>
  short ? Math.max(5, Math.round(seconds / 6)) : seconds

/** Requests that were meant to leave in a span of time, since the sender began. */
export class Span {
  readonly count: number
  readonly kinds: Readonly<Record<string, number>>
  readonly #sent: Sent
  readonly #from: number
  readonly #to: number

  constructor(sent: Sent, fromMs: number, toMs: number) {
    this.#sent = sent
    this.#from = firstAt(sent.meantMs, fromMs)
    this.#to = firstAt(sent.meantMs, toMs)
    this.count = this.#to - this.#from
    const kinds: Record<string, number> = {}
    for (let index = this.#from; index < this.#to; index += 1) {
      const kind = kindAt(sent, index)
      kinds[kind] = (kinds[kind] ?? 0) + 1
    }
    this.kinds = kinds
  }

  /** How many became this kind, or a kind that begins so. */
  countOf(...begins: string[]): number {
    return Object.entries(this.kinds)
      .filter(([kind]) => begins.some((begin) => kind.startsWith(begin)))
      .reduce((sum, [, count]) => sum + count, 0)
  }

  /** Of what begins so, everything if left out, the time below which a share of them stayed. */
  percentile(share: number, ...begins: string[]): number {
    const times = []
    for (let index = this.#from; index < this.#to; index += 1) {
      const kind = kindAt(this.#sent, index)
      if (begins.length === 0 || begins.some((begin) => kind.startsWith(begin)))
        times.push(this.#sent.tookMs[index] ?? 0)
    }
    return percentileOf(times, share)
  }

  lateness(share: number): number {
    return percentileOf([...this.#sent.lateMs.subarray(this.#from, this.#to)], share)
  }

  /** When the first answer of a kind came after a moment, in milliseconds after it. */
  firstAfter(ms: number, kind: string): number {
    let first = Number.POSITIVE_INFINITY
    for (let index = 0; index < this.#sent.meantMs.length; index += 1) {
      const at = (this.#sent.meantMs[index] ?? 0) + (this.#sent.tookMs[index] ?? 0)
      if (at >= ms && at < first && kindAt(this.#sent, index) === kind) first = at
    }
    return first - ms
  }

  get shown(): string {
    return Object.entries(this.kinds)
      .sort(([, a], [, b]) => b - a)
      .map(([kind, count]) => `${count} × ${kind}`)
      .join(', ')
  }
}

/** The span of a named phase. */
export function phase(sent: Sent, name: string): Span {
  let from = 0
  for (const { name: is, seconds } of sent.phases) {
    if (is === name) return new Span(sent, from, from + seconds * 1_000)
    from += seconds * 1_000
  }
  throw new Error(`no phase ${name}`)
}

const kindAt = ({ kind, kinds }: Sent, index: number) => kinds[kind[index] ?? 0] ?? HUNG

function firstAt(moments: Float64Array, ms: number): number {
  const found = moments.findIndex((moment) => moment >= ms)
  return found < 0 ? moments.length : found
}

export function percentileOf(numbers: readonly number[], share: number): number {
  const sorted = Float64Array.from(numbers).sort()
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

const NOISE_MIB = 8

/** Flat: the last quarter is not above the third by more than what collecting garbage makes of it. */
export function flatness(mib: readonly number[]): { grown: number; perMinute: number; isFlat: boolean } {
  const half = mib.slice(Math.floor(mib.length / 2))
  const middle = Math.floor(half.length / 2)
  const grown = percentileOf(half.slice(middle), 0.5) - percentileOf(half.slice(0, middle), 0.5)
  const perMinute = half.length > 1 ? (grown / (half.length / 2)) * 60 : 0
  return { grown, perMinute, isFlat: grown <= NOISE_MIB }
}

export const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
export const mib = (value: number) => `${value.toFixed(0)} MiB`
export const percent = (value: number) => `${(value * 100).toFixed(value > 0.99 ? 2 : 1)} %`

/** Where the time went. */
export function processorRow(
  scenario: string,
  { cpuMs, wallMs }: Measured,
  sent: Sent,
  upstreamMs: number,
): Row {
  const parts = { gateway: cpuMs, upstream: upstreamMs, sender: sent.cpuMs }
  const shown = Object.entries(parts).map(([who, cpu]) => `${who} ${(cpu / wallMs).toFixed(2)}`)
  const each = `${((cpuMs * 1_000) / sent.meantMs.length).toFixed(0)} µs of the gateway for each request`
  return { scenario, what: 'processors in use', measured: `${shown.join(', ')}; ${each}` }
}
