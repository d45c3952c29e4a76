import type { OnReadOpts, Socket } from 'node:net'
import type { Dispatcher } from 'undici'
import { AnswerReader } from './http-answer.ts'
import type { AnswerHead } from './http-head.ts'
import { lend, MOST_AT_ONCE } from './lent-bytes.ts'

/** Milliseconds. */
export interface ConnectionTimes {
  firstByteMs: number
  idleMs: number
  /** How long it rests, where the other end says nothing, and at most; and how much sooner than that end. */
  keptMs: number
  mostKeptMs: number
  soonerMs: number
}

export interface ConnectionOwner extends ConnectionTimes {
  elapsed(): number
  /** It may be asked again. */
  free(connection: HttpConnection): void
  gone(connection: HttpConnection): void
}

class TimeUp extends Error {
  readonly code: string

  constructor(code: string) {
    super('time is up')
    this.code = code
  }
}

class Ended extends Error {
  /** As the library has it. */
  readonly code = 'UND_ERR_SOCKET'
}

/** One request on a connection, and what may be done to it; nothing any more once it is over. */
class Turn implements Dispatcher.DispatchController {
  readonly handler: Dispatcher.DispatchHandler
  readonly #connection: HttpConnection
  reason: Error | null = null

  constructor(connection: HttpConnection, handler: Dispatcher.DispatchHandler) {
    this.#connection = connection
    this.handler = handler
  }

  readonly rawHeaders = null

  get paused(): boolean {
    return this.#connection.isPausedBy(this)
  }

  get aborted(): boolean {
    return this.reason !== null
  }

  pause(): void {
    this.#connection.pause(this)
  }

  resume(): void {
    this.#connection.resume(this)
  }

  abort(reason: Error): void {
    this.reason ??= reason
    this.#connection.abort(this, reason)
  }
}

const connections = new WeakMap<Socket, HttpConnection>()

/**
 * Into which all connections read, one after the other, and what is kept is copied out of: by itself Node takes 64 KiB for
 * each read. Belongs into the options of whatever connects.
 */
export const READ_INTO: { onread: OnReadOpts } = {
  onread: {
    buffer: Buffer.allocUnsafeSlow(MOST_AT_ONCE),
    callback(this: Socket, length: number, bytes: Uint8Array): boolean {
      const connection = connections.get(this)
      if (connection) connection.came((bytes as Buffer).subarray(0, length))
      else this.destroy() // it speaks before it is asked
      return true
    },
  },
}

/** A connection, made with {@link READ_INTO}, that asks one thing at a time. */
export class HttpConnection {
  readonly #socket: Socket
  readonly #owner: ConnectionOwner
  readonly #reader: AnswerReader
  #turn: Turn | undefined
  #isWhole = false
  #isKept = false
  #keptMs: number | undefined
  #paused = false
  /** When it is cut, unless something comes before. */
  #dueAt = Number.POSITIVE_INFINITY
  #onTime = ''

  constructor(socket: Socket, owner: ConnectionOwner) {
    this.#socket = socket
    this.#owner = owner
    this.#reader = new AnswerReader({
      head: (head) => this.#headCame(head),
      data: (bytes) => this.#turn?.handler.onResponseData?.(this.#turn, lend(bytes)),
      end: () => {
        this.#isWhole = true
      },
    })
    connections.set(socket, this)
    socket.on('error', (error) => this.#broke(error))
    socket.on('end', () => this.#closed())
    socket.on('close', () => this.#closed())
  }

  ask(head: string, handler: Dispatcher.DispatchHandler, firstByteMs: number | undefined): void {
    const turn = new Turn(this, handler)
    this.#turn = turn
    handler.onRequestStart?.(turn, null)
    if (this.#turn !== turn) return // it was stopped while there was no connection
    this.#reader.expect()
    const ms = firstByteMs ?? this.#owner.firstByteMs
    this.#due(ms || Number.POSITIVE_INFINITY, 'UND_ERR_HEADERS_TIMEOUT')
    this.#socket.write(head, 'latin1')
  }

  /** Takes bytes that may be others when it returns. */
  came(bytes: Buffer): void {
    try {
      this.#reader.take(bytes)
    } catch (error) {
      // What comes behind a whole answer does not undo it.
      this.#isKept = false
      if (!this.#isWhole) this.#broke(error as Error)
    }
    if (this.#isWhole) this.#over()
    else if (this.#onTime === 'UND_ERR_BODY_TIMEOUT') this.#due(this.#owner.idleMs, this.#onTime)
  }

  isPausedBy(turn: Turn): boolean {
    return this.#paused && this.#turn === turn
  }

  pause(turn: Turn): void {
    if (this.#turn !== turn) return
    this.#paused = true
    this.#socket.pause()
  }

  resume(turn: Turn): void {
    if (this.#turn !== turn || !this.#paused) return
    this.#due(this.#owner.idleMs, 'UND_ERR_BODY_TIMEOUT')
    this.#flow()
  }

  abort(turn: Turn, reason: Error): void {
    if (this.#turn === turn) this.#broke(reason)
  }

  /** Ends it, and with it what it was asked. */
  close(): void {
    this.#broke(new Ended('closed'))
  }

  /** Cuts what has taken too long. Whoever is slow in reading has limits elsewhere. */
  look(now: number): void {
    if (now < this.#dueAt || this.#paused) return
    this.#broke(this.#onTime ? new TimeUp(this.#onTime) : new Ended('rested'))
  }

  #due(ms: number, code: string): void {
    this.#dueAt = this.#owner.elapsed() + ms
    this.#onTime = code
  }

  #flow(): void {
    this.#paused = false
    this.#socket.resume()
  }

  #headCame({ status, headers, isKept, keptMs }: AnswerHead): void {
    this.#isKept = isKept
    this.#keptMs = keptMs
    this.#due(this.#owner.idleMs, 'UND_ERR_BODY_TIMEOUT')
    if (this.#turn) this.#turn.handler.onResponseStart?.(this.#turn, status, headers)
  }

  /** All its bytes are read, so that none can be taken for the next answer. */
  #over(): void {
    const turn = this.#turn
    this.#turn = undefined
    this.#isWhole = false
    const { keptMs, mostKeptMs, soonerMs } = this.#owner
    const rests = this.#keptMs === undefined ? keptMs : Math.min(this.#keptMs - soonerMs, mostKeptMs)
    if (this.#isKept && rests > 0 && !this.#socket.destroyed) {
      this.#due(rests, '')
      if (this.#paused) this.#flow()
      this.#owner.free(this)
    } else this.#end()
    turn?.handler.onResponseEnd?.(turn, {})
  }

  #closed(): void {
    if (this.#turn && this.#reader.close()) {
      this.#isKept = false
      this.#over()
    } else this.#broke(new Ended('ended'))
  }

  #broke(error: Error): void {
    const turn = this.#turn
    this.#turn = undefined
    this.#end()
    turn?.handler.onResponseError?.(turn, error)
  }

  #end(): void {
    this.#dueAt = Number.POSITIVE_INFINITY
    this.#owner.gone(this)
    this.#socket.destroy()
  }
}
