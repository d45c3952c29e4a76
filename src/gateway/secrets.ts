import type { FastifyRequest } from 'fastify'
import { masked } from '../huaweicloud/caller.ts'

/** Names of values that are never repeated, in any spelling: ours, Huawei's, and those of the systems inside a server. */
const SECRET_NAME = /pass|secret|userdata|privatekey|contents/

/** What stands in such fields of a body, at any depth; user data in both its forms. */
export function secretsIn(value: unknown, isSecret = false): string[] {
  if (typeof value === 'string')
    return isSecret
      ? [value, Buffer.from(value).toString('base64'), Buffer.from(value, 'base64').toString()]
      : []
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    secretsIn(inner, isSecret || SECRET_NAME.test(name.toLowerCase().replaceAll(/[_-]/g, ''))),
  )
}

/** Shorter texts would blot out innocent words; no key of Huawei's is that short. */
const SHORTEST_SECRET = 6

/** No error of Huawei's is; one that were would overflow the stack when it is written as JSON. */
const DEEPEST = 64

/** Also those that name themselves: a signature opens its request for a quarter of an hour. */
const SIGNATURE = /(?<=Signature(?:=|%3D|%253D))[0-9a-f]{64}|(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/i
const SIGNATURE_LENGTH = 64
const SIGNATURES = new RegExp(SIGNATURE, 'gi')

/**
 * Puts `***` for every secret and every signature, in all texts of a value, names included. Huawei's texts may quote
 * the request: plainly, within quoted JSON, or as the URL or form it could be.
 */
export function hider(
  secrets: readonly string[],
  { accessKey }: { accessKey?: string | undefined } = {},
): <Value>(value: Value) => Value {
  const spellings = new Map(
    secrets
      .filter((secret) => secret.length >= SHORTEST_SECRET)
      .flatMap(spellingsOf)
      .sort((a, b) => b.length - a.length) // one may be part of another
      .map((spelling) => [spelling, '***']),
  )
  if (accessKey && accessKey.length >= SHORTEST_SECRET) spellings.set(accessKey, masked(accessKey))
  const hidden = (text: string) => {
    let left = text
    for (const [spelling, instead] of spellings) left = left.replaceAll(spelling, () => instead)
    return left.replace(SIGNATURES, '***')
  }
  const hide = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return hidden(value)
    if (typeof value !== 'object' || value === null) return value
    if (depth > DEEPEST) return '…'
    if (Array.isArray(value)) return value.map((inner) => hide(inner, depth + 1))
    const entries = Object.entries(value).map(([name, inner]) => [hidden(name), hide(inner, depth + 1)])
    return Object.fromEntries(entries)
  }
  return <Value>(value: Value) => hide(value, 1) as Value
}

type Asking = Pick<FastifyRequest, 'notes' | 'body'>

const secretsOf = ({ notes, body }: Asking) => [...notes.secrets, ...secretsIn(body)]

/** Hides all that a request came with, from its own caller. */
export const hiderFor = (asking: Asking) => hider(secretsOf(asking))

/** The same for what is kept; there, whose access key it was is told by its ends alone. */
export const hiderForRecords = (asking: Asking) => hider(secretsOf(asking), asking.notes.caller)

/** Huawei's id of a request, where it is a plain word and nothing that the request keeps secret. */
export function upstreamIdOf(asking: Asking): string | undefined {
  const { upstreamRequestId: id, caller } = asking.notes
  return id !== undefined && isOpenId(id, [caller?.accessKey ?? '', ...secretsOf(asking)]) ? id : undefined
}

export const isOpenId = (id: string, secrets: readonly string[]): boolean =>
  /^[\w.:-]{1,128}$/.test(id) &&
  secrets.every((secret) => secret.length < SHORTEST_SECRET || !id.includes(secret)) &&
  (id.length < SIGNATURE_LENGTH || !SIGNATURE.test(id))

function spellingsOf(secret: string): string[] {
  // Half a surrogate pair, which JSON can carry, cannot stand in a URL.
  const inUrl = encodeURIComponent(secret.toWellFormed())
  const inForm = new URLSearchParams([['', secret]]).toString().slice(1)
  const encoded = [inUrl, inForm].flatMap((text) => [text, text.replace(/%../g, (hex) => hex.toLowerCase())])
  return [secret, quoted(secret), quoted(quoted(secret)), ...encoded, encodeURIComponent(inUrl)]
}

const quoted = (text: string) => JSON.stringify(text).slice(1, -1)
