import type { Reply } from './reply.ts'
import type { Snapshots } from './snapshots.ts'
import type { KeptWorld } from './world.ts'

/** What a control handler works with. */
export interface Asked {
  /** What stands in the path behind the kind of thing. */
  readonly name: string
  readonly query: URLSearchParams
  readonly body: Buffer
  readonly world: KeptWorld
  readonly snapshots: Snapshots
}

export const nothing: Reply = { status: 204, headers: {} }

export const json = (value: unknown, status = 200): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
})

export const refuse = (status: number, code: string, message: string): Reply =>
  json({ error_code: code, error_msg: message }, status)

/** Undefined when it is no JSON, which no schema of ours takes either. */
export function read(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}
