import { type CreateOptions, call, type WaitOptions } from './call.ts'
import { followJob, type WaitForJobOptions, waitForJob } from './job.ts'
import { type EachOptions, each, pages } from './list.ts'
import type { AnswerOf, Name, Params, ParamsOf, Row } from './operation.ts'
import { type RawOptions, raw } from './raw.ts'
import { type Job, operations } from './schema.ts'
import { type CallOptions, type ClientOptions, setupOf } from './setup.ts'

type Table = typeof operations

/** Parameters may be left out where none is required. */
type Arguments<P, O> = Record<never, never> extends P ? [params?: P, options?: O] : [params: P, options?: O]

export type OptionsOf<K extends Name> = CallOptions &
  (Table[K] extends { job: true } ? WaitOptions : object) &
  (Table[K] extends { key: true } ? CreateOptions : object)

/** Operations whose answer is a list. */
export type ListName = { [K in Name]: Table[K] extends { items: string } ? K : never }[Name]

/** What a list lists; of several regions each item tells its own. */
export type ItemOf<K extends ListName> = (AnswerOf<K> extends infer A
  ? Table[K]['items'] extends keyof A
    ? NonNullable<A[Table[K]['items']]> extends readonly (infer I)[]
      ? I
      : never
    : never
  : never) & { regionId?: string }

type Calls = {
  readonly [K in Exclude<Name, 'followJob'>]: (
    ...given: Arguments<ParamsOf<K>, OptionsOf<K>>
  ) => Promise<AnswerOf<K>>
}

type JobOf = ParamsOf<'followJob'>

export interface Client extends Calls {
  /** All items of a list, over all pages and the regions asked, as they come. Leaving the loop ends the call. */
  readonly each: {
    readonly [K in ListName]: (...given: Arguments<ParamsOf<K>, EachOptions>) => AsyncGenerator<ItemOf<K>>
  }
  /** The pages of a list. */
  readonly pages: {
    readonly [K in ListName]: (...given: Arguments<ParamsOf<K>, CallOptions>) => AsyncGenerator<AnswerOf<K>>
  }
  /** Each state that a job comes to, until it has ended. */
  followJob(job: JobOf, options?: CallOptions): AsyncGenerator<Job>
  /** The job once it has ended: with `SUCCESS`, or with `FAIL`. */
  waitForJob(job: JobOf, options?: WaitForJobOptions): Promise<Job>
  /** Any operation of any service; path and query in Huawei Cloud's own words, the path not escaped yet. */
  raw(method: string, service: string, path: string, options?: RawOptions): Promise<Response>
}

/** A client of the gateway. Its keys cannot be read from it. */
export function createClient(options: ClientOptions = {}): Client {
  const setup = setupOf(options)
  const rows = Object.entries<Row>(operations) as [Name, Row][]
  const lists = rows.filter(([, { items }]) => items !== undefined)
  const methods = (
    of: [Name, Row][],
    act: (name: Name) => (params?: Params, options?: CallOptions) => unknown,
  ) => Object.freeze(Object.fromEntries(of.map(([name]) => [name, act(name)])))
  return Object.freeze({
    ...methods(rows, (name) => (params, given) => call(setup, name, params, given)),
    each: methods(lists, (name) => (params, given) => each(setup, name, params, given)),
    pages: methods(lists, (name) => (params, given) => pages(setup, name, params, given)),
    followJob: (job: JobOf, given?: CallOptions) => followJob(setup, job, given),
    waitForJob: (job: JobOf, given?: WaitForJobOptions) => waitForJob(setup, job, given),
    raw: (method: string, service: string, path: string, given?: RawOptions) =>
      raw(setup, method, service, path, given),
  }) as unknown as Client
}
