import type { IncomingHttpHeaders } from 'node:http'
import type { Static, TObject } from 'typebox'
import type { Cloud, Pair } from '../huaweicloud/cloud.ts'
import type { Service } from '../huaweicloud/endpoints.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import type { Answer } from '../huaweicloud/transport.ts'
import type { Violation } from './errors.ts'

/** What a gateway token must be allowed to do before it may call a route. */
export type Scope = 'open' | 'read' | 'operate' | 'admin'

/** One call of our API, as a row: mounted, checked, documented and counted from the same array. */
export interface Route<Fields extends TObject = TObject> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly scope: Scope
  readonly summary: string
  /** The call's own fields, in the query of a GET, in the JSON body otherwise. Keys, region and project come beside. */
  readonly fields: Fields
  /** `none`: no keys, no region. `global`: keys; a region is welcome. `regional`: keys and region. */
  readonly needs: 'none' | 'global' | 'regional'
  /** Whose regions `regionId` is looked up in. */
  readonly service?: Service
  /** Where this field is given, these fields are meant instead. */
  readonly instead?: { readonly field: string; readonly fields: TObject }
  /** Finds what a schema cannot; the fields may be of any form here. */
  readonly faults?: (fields: Readonly<Record<string, unknown>>, headers: IncomingHttpHeaders) => Violation[]
  /** Parameters that are not ours go to Huawei as they are. */
  readonly passesOn?: true
  readonly run: (call: Call<Static<Fields>>) => Promise<Outcome> | Outcome
}

export interface Call<Fields> {
  readonly cloud: Cloud
  /** Canonical names only, checked. */
  readonly fields: Fields
  readonly passed: readonly Pair[]
  readonly accessKey?: string
  readonly regionId?: string
  /** The header `Idempotency-Key`. */
  readonly idempotencyKey?: string
  uuid(): string
  /** Asks Huawei with this call's keys, region, project and deadline. */
  ask(operation: Operation, more?: Asked): Promise<Answer>
}

export interface Asked {
  query?: readonly Pair[]
  body?: unknown
  clientToken?: string
}

/** Either Huawei's own bytes or a value of ours to stand in the envelope. */
export type Outcome = ({ answer: Answer } | { value: object }) & {
  headers?: Record<string, string>
}

/** Keeps the type of the fields between a row's schema and its `run`. */
export const route = <Fields extends TObject>(row: Route<Fields>): Route => row as unknown as Route
