import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { OpenConnection } from './open-connections.ts'
import type { QuickSender } from './quick-sender.ts'

/** A request as Node has read it, and its answer. */
export interface Seen {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Who has taken a request. */
export interface Answering {
  /** The caller has gone before it was answered. */
  left(): void
  /** Node must read it now ({@link Unseen.see}): its caller has sent more behind it. */
  see(): void
}

/** A request that Node has not read. */
export interface Unseen {
  readonly socket: Socket
  begin(by: Answering): void
  /** The whole answer, head and body; Latin-1 letters stand for bytes. */
  answer(text: string): void
  /** Has Node read it after all: whatever is not a short answer to a plain read is its part. Undefined where the caller has gone. */
  see(): Seen | undefined
}

/** Takes a request that its sender asks with `url`, or returns false and leaves it to Node. */
export type Taker = (unseen: Unseen, sender: QuickSender, url: string) => boolean

const END_OF_HEAD = '\r\n\r\n'
const METHOD = Buffer.from('GET ')
/** A URL with more is wrong, or not often asked. */
export const LONGEST_URL = 2_048

const connections = new WeakMap<Socket, QuickConnection>()

export const quickConnectionOf = (socket: Socket): QuickConnection | undefined => connections.get(socket)

/**
 * Between a socket and Node's HTTP parser. A client sends the same headers with each request of a connection; once Node has
 * read them, and the quick way has made a plan for their sender, a request that has the very same bytes behind its URL needs
 * no parser, and its answer no `ServerResponse`: that is a third of what a short request costs. Only whole requests are
 * known so, each in one piece, with nothing behind it, after one that Node has read to its end. Everything else goes to Node as it
 * came, and what was begun here can go there later (`see`), so that nothing has to be done twice.
 */
export class QuickConnection implements Unseen {
  readonly socket: Socket
  readonly #open: OpenConnection
  readonly #parse: (bytes: Buffer) => void
  readonly #mayTake: () => boolean
  readonly #take: Taker
  /** Whether the next byte begins a request. */
  #isBetween = true
  /** Who asks here, and what stands behind the URL each time. */
  #known: { sender: QuickSender; rest: Buffer } | undefined
  /** What is asked and not yet answered. */
  #asked: Buffer | undefined
  #by: Answering | undefined
  /** Requests that Node made of the bytes it was given last, the newest of them, and who sent it. */
  #made = 0
  #newest: Seen | undefined
  #heard: QuickSender | undefined
  #isAdopted = false

  constructor(open: OpenConnection, mayTake: () => boolean, take: Taker) {
    const { socket } = open
    this.#open = open
    this.socket = socket
    this.#mayTake = mayTake
    this.#take = take
    const [parse] = socket.listeners('data') as ((bytes: Buffer) => void)[]
    if (!parse) throw new Error('Node does not listen to this connection')
    this.#parse = parse
    // A listener of ours makes Node hand the bytes out, which its parser would take from the socket otherwise.
    socket.on('data', this.#came)
    socket.off('data', parse)
    socket.once('close', () => this.#gone())
    connections.set(socket, this)
  }

  /** To be told of each request that Node reads from here. Whether it was begun here, and goes on there. */
  sees(seen: Seen): boolean {
    this.#made += 1
    this.#newest = seen
    return this.#isAdopted
  }

  /** To be told who sent it, where all that its sender asks in this way may be known by its bytes. */
  hears(sender: QuickSender): void {
    this.#heard = sender
  }

  /** Leaves the socket to somebody else. */
  release(): void {
    this.socket.off('data', this.#came)
  }

  begin(by: Answering): void {
    this.#by = by
  }

  answer(text: string): void {
    this.#asked = undefined
    this.#by = undefined
    if (this.socket.writable) this.socket.write(text, 'latin1')
    this.#open.answered()
  }

  see(): Seen | undefined {
    const bytes = this.#asked
    if (!bytes || this.socket.destroyed) return undefined
    this.#asked = undefined
    this.#by = undefined
    this.#isAdopted = true
    const seen = this.#read(bytes)
    this.#isAdopted = false
    return seen
  }

  readonly #came = (bytes: Buffer): void => {
    // Nothing is held back here: Node knows how to answer in turn, and when to read no more.
    this.#by?.see()
    if (!this.#takes(bytes)) this.#read(bytes)
  }

  #takes(bytes: Buffer): boolean {
    const known = this.#known
    if (!known || !this.#isBetween || this.#open.due.length > 0 || !this.#mayWrite()) return false
    const { rest, sender } = known
    const end = bytes.length - rest.length
    if (end <= METHOD.length || end > LONGEST_URL) return false
    if (bytes.compare(rest, 0, rest.length, end) !== 0) return false
    if (bytes.compare(METHOD, 0, METHOD.length, 0, METHOD.length) !== 0 || !this.#mayTake()) return false
    this.#asked = bytes
    const isTaken = this.#take(this, sender, bytes.toString('latin1', METHOD.length, end))
    if (!isTaken) this.#asked = undefined
    return isTaken
  }

  /** What is being closed, or not read by its caller, is for Node to see to. */
  #mayWrite(): boolean {
    return this.socket.writable && this.socket.writableLength === 0
  }

  /** Returns the newest request that Node made of it. */
  #read(bytes: Buffer): Seen | undefined {
    const wasBetween = this.#isBetween
    this.#isBetween = false
    this.#made = 0
    this.#newest = undefined
    this.#heard = undefined
    this.#parse(bytes)
    const seen = this.#newest as Seen | undefined
    this.#newest = undefined
    // Where one request came to its end with these bytes, and a head ends only there, the next begins behind them.
    const isWhole = this.#made === 1 && seen?.request.complete
    if (!isWhole || bytes.indexOf(END_OF_HEAD) !== bytes.length - END_OF_HEAD.length) return seen
    this.#isBetween = true
    if (wasBetween && this.#heard) this.#learn(this.#heard, seen.request, bytes)
    return seen
  }

  #learn(sender: QuickSender, { url = '', headers }: IncomingMessage, bytes: Buffer): void {
    const end = METHOD.length + url.length
    if (bytes.toString('latin1', 0, end) !== `GET ${url}`) return
    if (headers.connection !== undefined && headers.connection.toLowerCase() !== 'keep-alive') return
    const known = this.#known
    if (known?.sender === sender && bytes.subarray(end).equals(known.rest)) return
    this.#known = { sender, rest: Buffer.from(bytes.subarray(end)) }
  }

  #gone(): void {
    const by = this.#by
    this.#asked = undefined
    this.#by = undefined
    by?.left()
  }
}
