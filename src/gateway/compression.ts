import type { IncomingHttpHeaders } from 'node:http'
import { type CodingChoice, codingFor } from './coding-choice.ts'
import { type Coding, type Flushable, ways } from './codings.ts'
import type { Route } from './route.ts'

export interface CompressionSettings {
  readonly on: boolean
  /** Bytes; what is shorter is not worth it. */
  readonly from: number
}

/** How one request's answer may be compressed. */
export interface Wish {
  /** For an answer of so many bytes; undefined: as it is. */
  codingFor(bytes: number): Coding | undefined
  /** A good answer, whole. Undefined: as it is. */
  whole(body: Buffer): Promise<Compressed | undefined>
  /** What a good answer's bytes pass through; `first` of them are there. Undefined: nothing, they go as they are. */
  stream(first: number): { coding: Coding; through: Flushable } | undefined
}

export interface Compressed {
  readonly coding: Coding
  readonly body: Buffer
}

export interface Compression {
  /** Undefined where no answer of this route is ever compressed. */
  for(route: Pick<Route, 'list'>): ((headers: IncomingHttpHeaders, reply: Varying) => Wish) | undefined
}

/** An answer's head, in which to say that the answer depends on the request. */
export interface Varying {
  getHeader(name: string): unknown
  header(name: string, value: string): unknown
}

/**
 * How many answers are compressed at once; further ones go as they are. Each takes up to some 2 MB while it lasts,
 * as long as its caller reads, and all share the four threads that also find addresses.
 */
const MOST = 16

/**
 * Lists only. They are what is long, and what else there is may hold a password, a private key or the address of a
 * console, whose bytes could be guessed from how well the rest compresses (BREACH).
 */
export const mayBeCompressed = ({ list }: Pick<Route, 'list'>, { on }: CompressionSettings): boolean =>
  on && list !== undefined

export function buildCompression(settings: CompressionSettings = { on: false, from: 0 }): Compression {
  let underWay = 0
  const begin = () => {
    underWay += 1
  }
  const end = () => {
    underWay -= 1
  }
  const wish = ({ coding, always }: CodingChoice): Wish => {
    const codingFor = (bytes: number) =>
      coding && (always || bytes >= settings.from) && underWay < MOST ? coding : undefined
    return {
      codingFor,
      async whole(body) {
        const chosen = codingFor(body.length)
        if (!chosen) return undefined
        begin()
        try {
          return { coding: chosen, body: await ways[chosen].whole(body) }
        } finally {
          end()
        }
      },
      stream(first) {
        const chosen = codingFor(first)
        if (!chosen) return undefined
        begin()
        return { coding: chosen, through: ways[chosen].stream().once('close', end) }
      },
    }
  }
  return {
    for: (route) =>
      mayBeCompressed(route, settings)
        ? ({ 'accept-encoding': accepted }, reply) => {
            const also = reply.getHeader('vary')
            reply.header('vary', also === undefined ? 'Accept-Encoding' : `${also}, Accept-Encoding`)
            return wish(codingFor(accepted))
          }
        : undefined,
  }
}
