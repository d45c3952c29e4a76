import { hash } from 'node:crypto'

/** A name for these bytes and no others. What follows tells apart the forms of one content: `gzip`. */
export const tagOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64url').slice(0, 22)

/** A strong validator (https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3): every form has its own. */
export const etagOf = (tag: string, form?: string): string => (form ? `"${tag}-${form}"` : `"${tag}"`)

const MEMBER = /\s*(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")\s*(?:,|$)/y

/**
 * Whether the caller has it already (https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2): a list, compared weakly,
 * or `*`. What is no such list names nothing.
 */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  for (MEMBER.lastIndex = 0; MEMBER.lastIndex < header.length; ) {
    const [, one] = MEMBER.exec(header) ?? []
    if (one === undefined) return false
    if (one === etag) return true
  }
  return false
}
