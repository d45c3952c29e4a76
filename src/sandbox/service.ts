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
  readonly body: Buffer
  header(name: string): string | undefined
  /** The body read as a JSON object; refuses in the service's words when it is none. */
  object(): Record<string, unknown>
}

export interface Answer {
  readonly status: number
  /** Text that is JSON already, or nothing for an answer without a body. */
  readonly body?: string
}

/** One operation. Named as the official SDK names it. */
export interface Row {
  readonly name: string
  readonly method: Method
  readonly path: string
  handle(ask: Ask, world: World): Answer
}

export interface Service {
  readonly name: ServiceName
  readonly rows: readonly Row[]
  readonly contentType: string
  readonly headers?: Readonly<Record<string, string>>
  /** The body of a refusal, as this service words it. */
  shape(refusal: Refusal): unknown
  /** The project in the URL or header is not one that the caller has here. */
  otherProject(id: string): Refusal
  /** The body is missing or no JSON object. */
  unreadable(reason: 'empty' | 'broken'): Refusal
}

export const ok = (body: unknown, status = 200): Answer => ({ status, body: JSON.stringify(body) })
export const written = (json: string): Answer => ({ status: 200, body: json })
export const nothing = (status = 204): Answer => ({ status })
