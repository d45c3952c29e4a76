import { type Canary, canaries } from './canary-list.ts'

/** Tells what of the canaries stands in a text or in bytes, whole or in pieces, a line for each. */
export type Search = (told: string | Buffer) => string[]

type Encode = (text: string) => string[]

const inUrl = (text: string) => encodeURIComponent(text)
const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
const reversed = (text: string) => [...text].reverse().join('')

/** Inside a longer text, base64 looks one of three ways; its first and last signs depend on the neighbours. */
const inBase64 =
  (encoding: 'base64' | 'base64url'): Encode =>
  (text) =>
    [0, 1, 2].map((before) => {
      const signs = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString(encoding)
      return signs.replace(/=+$/, '').slice(before === 0 ? 0 : before + 1, -2)
    })

/** How a canary may look, and of how many signs a piece of it is a leak: as many as eight of its own, or nearly. */
export const ENCODINGS: Readonly<Record<string, { piece: number; encode: Encode }>> = {
  'as it is': { piece: 8, encode: (text) => [text] },
  reversed: { piece: 8, encode: (text) => [reversed(text)] },
  'in a URL': { piece: 12, encode: (text) => [inUrl(text), inUrl(text).replaceAll('%20', '+')] },
  'in a URL in a URL': { piece: 14, encode: (text) => [inUrl(inUrl(text))] },
  'in JSON': { piece: 10, encode: (text) => [inJson(text), inJson(inJson(text))] },
  'in JSON, by numbers': {
    piece: 48,
    encode: (text) => [
      [...Buffer.from(text, 'utf16le').swap16().toString('hex').matchAll(/..../g)]
        .map((four) => `\\u${four}`)
        .join(''),
    ],
  },
  'in base64': { piece: 12, encode: inBase64('base64') },
  'in base64 for URLs': { piece: 12, encode: inBase64('base64url') },
  'in base64 in a URL': { piece: 14, encode: (text) => inBase64('base64')(text).map(inUrl) },
  'in hex': { piece: 16, encode: (text) => [Buffer.from(text).toString('hex')] },
}

/** Pieces by their first eight signs, all in small letters: upper case and small hex are found with them. */
type Index = Map<string, Map<string, string>>

const FIRST = 8

function indexOf(list: readonly Canary[]): Index {
  const index: Index = new Map()
  for (const { name, text } of list)
    for (const [how, { piece, encode }] of Object.entries(ENCODINGS))
      for (const encoded of encode(text).map((one) => one.toLowerCase()))
        for (let at = 0; at + piece <= encoded.length; at += 1) {
          const first = encoded.slice(at, at + FIRST)
          const pieces = index.get(first) ?? new Map<string, string>()
          index.set(first, pieces.set(encoded.slice(at, at + piece), `${name} ${how}`))
        }
  return index
}

const NEAR = 40

function foundIn(text: string, index: Index): string[] {
  const found = new Map<string, string>()
  for (let at = 0; at + FIRST <= text.length; at += 1)
    for (const [piece, what] of index.get(text.slice(at, at + FIRST)) ?? []) {
      if (!found.has(what) && text.startsWith(piece, at))
        found.set(what, `${what}: …${text.slice(Math.max(0, at - NEAR), at + piece.length)}`)
    }
  return [...found.values()]
}

/** The planted ones are made into an index once. */
export function searchFor(list: readonly Canary[] = canaries): Search {
  const planted = indexOf(list)
  return (told) => foundIn((typeof told === 'string' ? told : told.toString('latin1')).toLowerCase(), planted)
}
