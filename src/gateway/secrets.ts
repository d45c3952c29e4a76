/** Values never repeated beside keys, in our spelling and in Huawei's, which a raw `server` has. */
const SECRET_FIELDS = new Set(
  'adminPassword adminPass adminpass password new_password userData user_data privateKey private_key'.split(
    ' ',
  ),
)

/** What stands in such fields of a body, at any depth; user data in both its forms. */
export function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' && SECRET_FIELDS.has(name)
      ? [inner, Buffer.from(inner).toString('base64'), Buffer.from(inner, 'base64').toString()]
      : secretsIn(inner),
  )
}

/** Shorter texts would blot out innocent words; no key of Huawei's is that short. */
const SHORTEST_SECRET = 6

/** No error of Huawei's is; one that were would overflow the stack when it is written as JSON. */
const DEEPEST = 64

/**
 * Puts `***` for every secret and every signature, in all texts of a value, names included. Huawei's texts
 * may quote the request: plainly, within quoted JSON, or as the URL it was signed as.
 */
export function hider(secrets: readonly string[]): <Value>(value: Value) => Value {
  const spellings = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, quoted(secret), quoted(quoted(secret)), inUrl(secret)])
    .sort((a, b) => b.length - a.length) // one may be part of another
  const hidden = (text: string) =>
    spellings
      .reduce((left, secret) => left.replaceAll(secret, '***'), text)
      .replace(/\b(Signature=)[0-9a-f]{64}/gi, '$1***')
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

/** Half a surrogate pair, which JSON can carry, cannot stand in a URL. */
const inUrl = (text: string) => encodeURIComponent(text.toWellFormed())

const quoted = (text: string) => JSON.stringify(text).slice(1, -1)
