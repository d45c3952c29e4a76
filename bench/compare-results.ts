/** What `compare.ts` measures, and what it keeps of it in `results.json`. */
export const answers = {
  job: { shown: 'a job', toNginx: 3.0, ofExpress: 8 },
  images: { shown: 'images', toNginx: 2.6, ofExpress: 8 },
  types: { shown: 'instance types', toNginx: 1.2, ofExpress: 10 },
} as const

export const contenders = {
  nginx: 'nginx',
  tuned: 'nginx, tuned',
  ours: 'this gateway',
  express: 'Express + SDK',
  sdk: 'SDK, no server',
} as const

export type Answer = keyof typeof answers
export type Contender = keyof typeof contenders

/** One contender, for some seconds. */
export interface Sample {
  /** Processor time of all its processes and threads, for each request. */
  readonly cpuUs: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** The most that was resident meanwhile. */
  readonly peakMib: number
  /** Answers other than 200, or none. */
  readonly failed: number
}

/** What was measured right after each other. */
export type Round = Partial<Record<Contender, Sample>>

export interface Row extends Sample {
  readonly answer: Answer
  readonly contender: Contender
  /** Of the answer's body, as the upstream sends it. */
  readonly bytes: number
  /** Its processor time beside nginx's in the same round. */
  readonly timesNginx: number
}

export interface Goal {
  readonly what: string
  readonly measured: string
  readonly wanted: string
  /** Left out where it could not be told. */
  readonly kept?: boolean
}

export interface Ratios {
  readonly toNginx: number
  readonly toTuned?: number
  readonly ofExpress: number
}

export interface Results {
  readonly date: string
  readonly machine: { readonly processor: string; readonly cores: number }
  readonly versions: Readonly<Record<string, string>>
  readonly load: string
  readonly rounds: number
  readonly secondsEach: number
  /** Processors that other programs took meanwhile. */
  readonly others: string
  readonly rows: readonly Row[]
  readonly ratios: Readonly<Record<Answer, Ratios>>
  readonly goals: readonly Goal[]
}
