import type { IncomingHttpHeaders } from 'node:http'
import type { Static, TObject, TSchema } from 'typebox'
import type { Cloud, Pair } from '../huaweicloud/cloud.ts'
import type { Service } from '../huaweicloud/endpoints.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import type { Answer } from '../huaweicloud/transport.ts'
import type { Outside } from '../outside.ts'
import type { Violation } from './errors.ts'
import type { JobWaiting } from './job-waiting.ts'

/** What a gateway token must be allowed to do before it may call a route. */
export type Scope = 'open' | 'read' | 'operate' | 'admin'

/** Under which heading a route stands in the documents. */
export type Tag = 'regions' | 'images' | 'instance-types' | 'instances' | 'jobs' | 'networks' | 'account'

/** One call of our API, as a row: mounted, checked, documented and counted from the same array. */
export interface Route<Fields extends TObject = TObject> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As OpenAPI writes it: `/api/instances/{instanceId}`. Names in braces are among `fields`. */
  readonly path: string
  /** `operationId` in the documents: `listInstances`. */
  readonly name: string
  readonly tag: Tag
  readonly scope: Scope
  readonly summary: string
  /** What else a reader should know; a paragraph of Markdown. */
  readonly description?: string
  /**
   * The call's own fields: those in braces come from the path, all others from the query of a GET or DELETE
   * and from the JSON body otherwise. Keys, region and project come beside.
   */
  readonly fields: Fields
  /** `none`: no keys, no region. `global`: keys; a region is welcome. `regional`: keys and region. */
  readonly needs: 'none' | 'global' | 'regional'
  /** Whose regions `regionId` is looked up in. */
  readonly service?: Service
  /** Of the call's own fields the one that may name another service, whose regions count then. */
  readonly serviceIn?: string
  /** Where this field is given, these fields are meant instead. */
  readonly instead?: { readonly field: string; readonly fields: TObject }
  /** Finds what a schema cannot; the fields may be of any form here. */
  readonly faults?: (fields: Readonly<Record<string, unknown>>, headers: IncomingHttpHeaders) => Violation[]
  /** A list of Huawei's: takes `all`, `fields`, `sort` and NDJSON, and passes other parameters on. */
  readonly list?: List
  /** Its plain answers may be kept for a while, for those with the same keys; what the time is set by. */
  readonly cached?: 'flavors' | 'images'
  /** A write that makes kept answers stale. */
  readonly outdates?: 'images'
  /** The type of the answer, where it is no envelope. */
  readonly produces?: 'text/event-stream'
  /** Where keys may come from, when not from anywhere. */
  readonly keysIn?: 'headers'
  /** Begins a job: takes `Prefer: wait`. */
  readonly job?: Job<Static<Fields>>
  /** What stands as `value` in a success, as far as we document it. Open: Huawei may add fields any day. */
  readonly value: TSchema
  /** A request that works on a fresh sandbox as it stands; documents show it and a test sends it. */
  readonly example: Example
  readonly run: (call: Call<Static<Fields>>) => Promise<Outcome> | Outcome
  /** The one question whose answer goes out as it comes; undefined where it takes more than that. `run` begins with it. */
  readonly asks?: (call: Askable<Static<Fields>>) => Question | undefined
}

export type Askable<Fields> = Pick<Call<Fields>, 'fields' | 'passed' | 'cloud' | 'regionId'>

export interface Question extends Asked {
  readonly operation: Operation
}

/** What makes a route a list. */
export interface List {
  readonly operation: Operation
  /** One item's fields. `fields` and `sort` name them; what is not among them is a fault. */
  readonly item: TObject
  /** What the route's own fields are in Huawei's path and query. */
  readonly asked?: (fields: Readonly<Record<string, string>>) => Asked
  /** Where the list is the whole account's: Huawei's parameter that leaves one region of it. */
  readonly narrowedBy?: string
}

export interface Job<Fields> {
  /** Whose job it is: each service knows its own only. */
  readonly service: Service
  /** The ids that results are told for; left out, those the answer or the job itself names. */
  readonly subjects?: (fields: Fields) => readonly string[]
}

/** Values of path, query and body under their names. Region and keys are added by whoever shows or sends it. */
export interface Example {
  readonly regionId?: string
  readonly fields?: Readonly<Record<string, unknown>>
  /**
   * Calls made before, by route name, each with its own example: `take` names fields of this example, and of the calls
   * in between, that come from their `value`.
   */
  readonly after?: readonly {
    readonly call: string
    /** Field of ours → path into the earlier `value`, for example `{ jobId: 'job_id' }`. */
    readonly take?: Readonly<Record<string, string>>
    /** Whether to wait for the earlier call's job, where it began one. */
    readonly wait?: true
  }[]
}

export interface Call<Fields> {
  readonly cloud: Cloud
  /** Canonical names only, checked. */
  readonly fields: Fields
  readonly passed: readonly Pair[]
  readonly accessKey?: string
  readonly regionId?: string
  readonly headers: IncomingHttpHeaders
  readonly jobs: JobWaiting
  readonly outside: Outside
  /** Aborted when this call's time is over. */
  readonly deadline: AbortSignal
  /** Stands in the answer's head whatever comes of the call, an error too. */
  announce(headers: Record<string, string>): void
  /** The JSON text of an error answer, for answers that are under way already. */
  shown(error: unknown): string
  /** Asks Huawei with this call's keys, region, project and deadline. */
  ask(operation: Operation, more?: Asked): Promise<Answer>
}

export interface Asked {
  /** Values for the braces of the operation's path. */
  params?: Record<string, string>
  query?: readonly Pair[]
  body?: unknown
  clientToken?: string
}

/**
 * Huawei's own bytes or a value of ours, to stand in the envelope; or texts that stand by themselves, written as they
 * come; or nothing (204).
 */
export type Outcome = (
  | { answer: Pick<Answer, 'body' | 'requestId'> }
  | { value: object }
  | { texts: AsyncGenerator<string | Buffer> }
  | { empty: true }
) & { headers?: Record<string, string> }

/** Keeps the type of the fields between a row's schema and its `run`. */
export const route = <Fields extends TObject>(row: Route<Fields>): Route => row as unknown as Route

/** `asks` and `run` of a route that passes a question on, and its answer back. */
export const passesOn = <Fields>(asks: (call: Askable<Fields>) => Question) => ({
  asks,
  async run(call: Call<Fields>): Promise<Outcome> {
    const { operation, ...asked } = asks(call)
    return { answer: await call.ask(operation, asked) }
  },
})

/** Names in the braces of a route's path. */
export const pathNames = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

/** As the server library writes it: `/api/instances/:instanceId`. */
export const mountedPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')
