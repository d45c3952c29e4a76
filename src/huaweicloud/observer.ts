import type { RepeatReason } from './why-repeat.ts'

export interface Whereabouts {
  readonly service: string
  readonly region: string
  /** The sandbox and the real cloud are different places, though their regions bear the same names. */
  readonly origin: string
}

/** Told of what goes wrong on the way to Huawei Cloud and is dealt with here, so that it can be counted and logged. */
export interface Observer {
  /** A call is made again. */
  repeated(reason: RepeatReason): void
  /** One service in one region at one address is left alone, or asked as usual again. */
  breaker(where: Whereabouts, isOpen: boolean): void
  /** Our clock is so many seconds behind Huawei's, and signatures say Huawei's time from now on. */
  clockSet(seconds: number): void
}

export const NOBODY: Observer = { repeated() {}, breaker() {}, clockSet() {} }
