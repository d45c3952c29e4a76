import { type AnswerHead, fieldOf, HeadReader, NotHttp } from './http-head.ts'

/** Told of an answer as it comes. */
export interface AnswerParts {
  head(head: AnswerHead): void
  data(bytes: Buffer): void
  /** The answer is whole. */
  end(): void
}

const LONGEST_HEAD = 16 * 1024
const LONGEST_LINE = 1_024
const MOST_INTERIM = 10
const END_OF_HEAD = '\r\n\r\n'
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** Where in an answer it is. `over` is before the first and after each. */
type State = 'over' | 'head' | 'counted' | 'size' | 'chunk' | 'after chunk' | 'trailer' | 'until close'

/** Reads answers to GETs from the bytes of one connection (RFC 9112), strictly: who guesses may be led to guess wrong. */
export class AnswerReader {
  readonly #parts: AnswerParts
  readonly #heads = new HeadReader()
  #state: State = 'over'
  /** Of a head, or a line, that has not all come. */
  #begun: Buffer | undefined
  #left = 0
  #trailers = 0
  #interim = 0

  constructor(parts: AnswerParts) {
    this.#parts = parts
  }

  /** An answer is to come. */
  expect(): void {
    this.#state = 'head'
    this.#interim = 0
  }

  /**
   * What it keeps of the bytes it copies, and so must who is told of them. Throws {@link NotHttp}; then nothing of the
   * connection can be understood any more.
   */
  take(bytes: Buffer): void {
    let left: Buffer | undefined = bytes
    while (left && left.length > 0) left = this.#step(left)
  }

  /** The connection has ended. Whether the answer ended with it. */
  close(): boolean {
    if (this.#state !== 'until close') return false
    this.#end()
    return true
  }

  /** Reads one thing, and returns what comes behind it. */
  #step(bytes: Buffer): Buffer | undefined {
    switch (this.#state) {
      case 'over':
        throw new NotHttp('more than was asked for')
      case 'head':
        return this.#head(bytes)
      case 'counted':
      case 'chunk':
        return this.#counted(bytes)
      case 'until close':
        this.#parts.data(bytes)
        return undefined
      default:
        return this.#line(bytes)
    }
  }

  #head(bytes: Buffer): Buffer | undefined {
    const all = this.#begun ? Buffer.concat([this.#begun, bytes]) : bytes
    const end = all.indexOf(END_OF_HEAD, 0, 'latin1')
    if (end > LONGEST_HEAD || (end < 0 && all.length > LONGEST_HEAD)) throw new NotHttp('too long a head')
    if (end < 0) {
      if (!'HTTP/1.'.startsWith(all.toString('latin1', 0, 7))) throw new NotHttp('no status')
      // Or one that ends its lines in another way would be waited for in vain.
      if (hasBareLineFeed(all, all.length - bytes.length)) throw new NotHttp('no end of line')
      this.#begun = Buffer.from(all)
      return undefined
    }
    this.#begun = undefined
    const head = this.#heads.read(all.toString('latin1', 0, end))
    const rest = all.subarray(end + END_OF_HEAD.length)
    if (head.status < 200) {
      this.#interim += 1
      // Neither to go on nor to change the protocol was asked for.
      if (head.status <= 101 || this.#interim > MOST_INTERIM) throw new NotHttp('no answer')
      return rest
    }
    this.#parts.head(head)
    if (head.body === 'chunks') this.#state = 'size'
    else if (head.body === 'close') this.#state = 'until close'
    else if (head.body === 0) this.#end()
    else {
      this.#state = 'counted'
      this.#left = head.body
    }
    return rest
  }

  #counted(bytes: Buffer): Buffer | undefined {
    const some = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes
    this.#left -= some.length
    const isLast = this.#left === 0
    const isChunk = this.#state === 'chunk'
    if (isLast) this.#state = isChunk ? 'after chunk' : 'over'
    this.#parts.data(some)
    if (isLast && !isChunk) this.#parts.end()
    return bytes.length > some.length ? bytes.subarray(some.length) : undefined
  }

  #line(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf(LINE_FEED)
    const piece = end < 0 ? bytes : bytes.subarray(0, end + 1)
    const line = this.#begun ? Buffer.concat([this.#begun, piece]) : piece
    if (line.length > LONGEST_LINE) throw new NotHttp('too long a line')
    if (end < 0) {
      this.#begun = Buffer.from(line)
      return undefined
    }
    this.#begun = undefined
    const text = line.toString('latin1')
    if (!text.endsWith('\r\n')) throw new NotHttp('no end of line')
    this.#lineCame(text.slice(0, -2))
    return bytes.subarray(end + 1)
  }

  #lineCame(line: string): void {
    if (this.#state === 'after chunk') {
      if (line !== '') throw new NotHttp('no end of chunk')
      this.#state = 'size'
    } else if (this.#state === 'size') {
      const [, digits] = /^([0-9a-f]{1,12})(?:[\t ]*;.*)?$/i.exec(line) ?? []
      if (digits === undefined) throw new NotHttp('no chunk')
      this.#left = Number.parseInt(digits, 16)
      this.#state = this.#left === 0 ? 'trailer' : 'chunk'
      this.#trailers = 0
    } else if (line === '') this.#end()
    else {
      // Nobody wants them, but what is none must not pass for one, nor go on for ever.
      this.#trailers += line.length
      if (this.#trailers > LONGEST_HEAD) throw new NotHttp('too many trailers')
      fieldOf(line)
    }
  }

  #end(): void {
    this.#state = 'over'
    this.#parts.end()
  }
}

/** Whether a line feed at or behind a place has no carriage return before it. */
function hasBareLineFeed(bytes: Buffer, from: number): boolean {
  for (let at = bytes.indexOf(LINE_FEED, from); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1))
    if (bytes[at - 1] !== CARRIAGE_RETURN) return true
  return false
}
