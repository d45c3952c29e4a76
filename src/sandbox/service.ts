import type { Token } from './access.ts'
import type { Project } from './projects.ts'
import type { Query } from './query.ts'
import type { Refusal } from './refusal.ts'
import type { Region } from './regions.ts'
import type { World } from './world.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type ServiceName = 'iam' | 'ecs' | 'ims' | 'vpc' | 'evs'

/** A request as a handler sees it: known, signed, of a project and region of the account. */
export interface Ask {
  readonly method: string
  readonly path: string
  readonly query: Query
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
  readonly service: ServiceName
  /** Whether Host named no service of Huawei Cloud, so that this could be meant for any of them. */
  readonly bareHost: boolean
  readonly region: Region
  readonly project: Project
  /** What the caller proved itself by, when that was no signature. */
  readonly token?: Token
  readonly body: Buffer
  header(name: string): string | undefined
  /** The body read as a JSON object; refuses in the service's words when it is none. */
  object(): Record<string, unknown>
}

export interface Answer {
  readonly status: number
  /** Text that is JSON already, or nothing for an answer without a body. */
  readonly body?: string
  /** Beside, or in place of, those that every answer of the service bears. */
  readonly headers?: Readonly<Record<string, string>>
}

/** One operation. Named as the official SDK names it. */
export interface Row {
  readonly name: string
  readonly method: Method
  readonly path: string
  /** What is missing, for docs/sandbox.md; a row without it is all there. */
  readonly partial?: string
  /** Operations that the SDK puts at the same place, refused here with 501 when the body asks for them. */
  readonly without?: readonly string[]
  /** For a family of operations that does not speak as the rest of its service does. */
  readonly manner?: Manner
  /** Asked by callers that have no token yet, so nothing is checked. */
  readonly open?: true
  handle(ask: Ask, world: World): Answer
}

export interface Service extends Manner {
  readonly name: ServiceName
  readonly rows: readonly Row[]
}

/** How answers look. */
export interface Manner {
  readonly contentType: string
  readonly headers?: Readonly<Record<string, string>>
  /** The body of a refusal, as this service words it; its versions, told apart by the path, may differ. */
  shape(refusal: Refusal, asked: { path: string; requestId: string }): unknown
  /** The project in the URL or header is not one that the caller has here. */
  otherProject(id: string): Refusal
  /** The body is missing or no JSON object. */
  unreadable(reason: 'empty' | 'broken'): Refusal
}

export const ok = (body: unknown, status = 200): Answer => ({ status, body: JSON.stringify(body) })
export const written = (json: string): Answer => ({ status: 200, body: json })
export const nothing = (status = 204): Answer => ({ status })

/** A row in one line; `partial` tells what is missing. */
export const row = (
  name: string,
  method: Method,
  path: string,
  handle: Row['handle'],
  partial?: string,
): Row => ({ name, method, path, handle, ...(partial ? { partial } : {}) })
