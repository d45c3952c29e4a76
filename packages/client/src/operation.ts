import type { Asked } from './exchange.ts'
import { type Operations, operations } from './schema.ts'

export type Name = keyof Operations

/** Names of the path, the query and the body in one object. */
export type ParamsOf<K extends Name> = Operations[K]['path'] &
  Operations[K]['query'] &
  (Operations[K] extends { body: infer B } ? B : object)

/** What stands in `data.value`. */
export type AnswerOf<K extends Name> = Operations[K]['answer']

export type Params = Readonly<Record<string, unknown>>

/** A row of the table, as code that serves all of them sees it. */
export interface Row {
  readonly method: string
  readonly path: string
  readonly items?: string
  readonly pages?: string
  readonly job?: true
  readonly key?: true
  readonly events?: true
}

export const rowOf = (name: Name): Row => operations[name]

/** Names in braces go into the path, all others into the query of a GET or DELETE, else into the body. */
export function askedOf({ method, path, key }: Row, params: Params, idempotencyKey?: string): Asked {
  const rest = { ...params }
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    delete rest[name]
    return segment(name, params[name])
  })
  const hasBody = method === 'POST' || method === 'PUT'
  return {
    method,
    path: hasBody ? filled : filled + queryText(rest),
    mayRunTwice: method === 'GET' || key === true,
    idempotencyKey,
    headers: {
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
      ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
    },
    ...(hasBody ? { body: JSON.stringify(rest) } : {}),
  }
}

/** Nothing, and dots that lead elsewhere, are no part of a path. */
export const isNoPart = (text: string): boolean => /^\.{0,2}$/.test(text)

/** One part of a path. */
export function segment(name: string, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || isNoPart(text)) throw new TypeError(`${name} cannot be part of a path`)
  return encodeURIComponent(text)
}

/** `?a=1&b=2&b=3`, or nothing. */
export function queryText(params: Params): string {
  const pairs = new URLSearchParams()
  for (const [name, value] of Object.entries(params))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) pairs.append(name, String(one))
  const text = pairs.toString()
  return text === '' ? '' : `?${text}`
}
