/** What the processes of `trouble.ts` tell each other. Times are milliseconds of the one clock that all of them see. */
export const clock = (): number => Number(process.hrtime.bigint()) / 1e6

export interface Phase {
  readonly name: string
  readonly perSecond: number
  readonly seconds: number
}

/** Until then its code is compiled over and over, at twice the cost: what is promised is promised of a server that runs. */
export const WARM_UP: readonly Phase[] = [
  { name: 'warm', perSecond: 200, seconds: 1 },
  { name: 'rising', perSecond: 1_000, seconds: 20 },
]

export interface Plan {
  readonly port: number
  readonly phases: readonly Phase[]
  /** Share of writes, half of them creates. */
  readonly writes: number
  /** What is read, in turn; the list of instances if left out. */
  readonly reads?: readonly string[]
  readonly connections: {
    /** Opened before the first request. */
    readonly open: number
    readonly most: number
    /** Which idle connection is taken: the last that was used, as clients do, or each in its turn. */
    readonly take: 'newest' | 'oldest'
    /** A connection for each request. */
    readonly once?: true
  }
  /** After so long without an answer a request counts as hung. */
  readonly patienceMs: number
}

/** Of request number `index`: when it was meant to leave, and what became of it. */
export interface Sent {
  readonly phases: readonly Phase[]
  readonly beganAt: number
  /** Since `beganAt`. */
  readonly meantMs: Float64Array
  /** From the meant moment to the last byte of the answer, or to the end without one. */
  readonly tookMs: Float32Array
  /** How much later than meant it left. What is large here is the sender's own fault, or it had no connection. */
  readonly lateMs: Float32Array
  readonly kind: Uint8Array
  /** Names of the kinds: a status with its reason, or why there was none. */
  readonly kinds: readonly string[]
  readonly connections: number
  readonly cpuMs: number
}

export const NEVER_CONNECTED = 'never connected'
/** Its bytes had been taken, or lay at the server's door, when that closed the connection. */
export const LOST = 'lost: closed without an answer'
export const RESET = 'lost: reset without an answer'
/** Connections in the backlog of a listener that ends are reset, whatever the server does. */
export const RESET_FIRST = 'reset as the first on its connection'
/** It went out after the server had closed. */
export const CROSSED = 'sent to a closed connection'
export const HUNG = 'hung'
/** All connections that it may open were busy until the end. */
export const UNSENT = 'not sent: every connection was busy'

export type Trouble = 'none' | 'closed' | '503' | 'reset'

export type UpstreamOrder =
  | { readonly trouble: Trouble; readonly delayMs?: number }
  | { readonly count: true }

export interface UpstreamCount {
  readonly at: number
  readonly connections: number
  readonly calls: number
  readonly cpuMs: number
}

export type Behaviour =
  | 'silent'
  | 'trickled headers'
  | 'trickled body'
  | 'idle'
  | 'half sent'
  | 'slow reader'
  | 'large JSON'
  | 'large raw'

export interface HostileOrder {
  readonly port: number
  readonly sockets: Partial<Record<Behaviour, number>>
  /** Whether those that are cut come again. */
  readonly again: boolean
}

/** Of each behaviour. */
export interface Endured {
  opened: number
  /** Ended within 50 ms, before they could behave in any way: no room. */
  turnedAway: number
  /** Of those that were cut: how long they had lasted, and when they ended. */
  lastedMs: number[]
  endedAt: number[]
  /** Answers seen, by status. */
  answers: Record<string, number>
}

export type HostileReport = Partial<Record<Behaviour, Endured>>
