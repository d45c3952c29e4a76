import type { Approvals } from './gateway/approvals.ts'
import type { Numbers } from './gateway/metrics-sum.ts'
import type { Admission, NamedKeys, Told } from './huaweicloud/key-guard-shared.ts'

/** What a worker is told before it begins. */
export interface Beginning {
  readonly workers: number
  /** What begins each hash that names a caller, so that all mean the same by a name. */
  readonly namingKey: string
  /** Where the sandbox listens that all share. */
  readonly sandboxOrigin?: string
  readonly isAudited: boolean
}

/** What it has to say once it serves. */
export interface Serving {
  readonly urls: readonly string[]
  readonly warnings: readonly string[]
}

/** What of an approval is asked of the one who keeps them. */
type Asking<Name extends keyof Approvals> = {
  given: Parameters<Approvals[Name]>[0]
  gives: Awaited<ReturnType<Approvals[Name]>>
}

/** What workers ask of the first of all processes, which keeps what there is once. */
export type OfFirst = {
  begin: { given: undefined; gives: Beginning }
  serving: { given: Serving; gives: unknown }
  /** Lines that say why it does not. */
  cannotStart: { given: readonly string[]; gives: unknown }
  intent: { given: object; gives: number }
  outcome: { given: { intent: number; fields: object }; gives: unknown }
  approvalAsk: Asking<'ask'>
  approvalList: Asking<'list'>
  approvalDecide: Asking<'decide'>
  approvalUse: Asking<'use'>
  approvalEnded: Asking<'ended'>
  /** Answered once everything said before was heard. */
  heard: { given: undefined; gives: unknown }
  admit: { given: NamedKeys; gives: Admission }
  verdict: { given: Told; gives: unknown }
  metrics: { given: undefined; gives: string }
  /** From now on the worker gets no connections. */
  shut: { given: undefined; gives: unknown }
}

/** What the first process asks of workers. */
export type OfWorker = {
  numbers: { given: undefined; gives: Numbers }
  forget: { given: NamedKeys; gives: unknown }
  end: { given: undefined; gives: unknown }
}
