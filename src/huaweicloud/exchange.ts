import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Dispatch } from './http-pool.ts'
import { giveBack, kept } from './lent-bytes.ts'

/** Bytes held back until an answer is known to be whole; longer ones are streamed. */
export const HELD_BYTES = 256 * 1024

export interface Outgoing {
  origin: string
  method: string
  /** Path and query, encoded. */
  target: string
  /** By name, or names and values in turn. */
  headers: Record<string, string> | string[]
  body?: string | Uint8Array
  /** Instead of the pool's limit; with 0 only a stop ends the wait. */
  firstByteMs?: number
}

export interface Incoming {
  status: number
  /** Names are lower-case. */
  headers: Record<string, string | string[] | undefined>
  /** The whole body, or, beyond {@link HELD_BYTES}, a stream that fails when Huawei breaks off. */
  body: Buffer | Readable
}

/** What an exchange threw, and whether any byte may have gone out before. */
export class ExchangeError extends Error {
  readonly sent: boolean
  /** The head of an answer that broke off later. */
  readonly answered: boolean

  constructor(cause: unknown, sent: boolean, answered: boolean) {
    super('exchange failed', { cause })
    this.sent = sent
    this.answered = answered
  }
}

/** Told once, of one or the other. */
export interface Exchanging {
  came(incoming: Incoming): void
  failed(error: ExchangeError): void
  /** The connection is free again; before the other two, but for a long body, and then after its end. */
  settled(): void
}

/**
 * One request and its answer over undici's `dispatch`, the form without its conveniences: it tells when
 * the first byte goes out, and a body passes without an object per read.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #told: Exchanging
  #controller: Dispatcher.DispatchController | undefined
  #stopped: Error | undefined
  #status = 0
  #headers: Incoming['headers'] = {}
  #sent = false
  #answered = false
  #first: Buffer | undefined
  #others: Buffer[] | undefined
  #size = 0
  #stream: Readable | undefined

  constructor(told: Exchanging) {
    this.#told = told
  }

  begin(dispatcher: Dispatch, request: Outgoing): void {
    dispatcher.dispatch(
      {
        origin: request.origin,
        method: request.method as Dispatcher.HttpMethod,
        path: request.target,
        headers: request.headers,
        body: request.body ?? null,
        ...(request.firstByteMs === undefined ? {} : { headersTimeout: request.firstByteMs }),
      },
      this,
    )
  }

  /**
   * Ends it, unless a long body has begun, which is ended by itself. Until a connection is there the library settles
   * nothing, so whoever waits is let go and the place is given back when the library is done.
   */
  stop(error: Error): void {
    if (this.#stream || this.#stopped) return
    this.#stopped = error
    if (this.#controller) this.#controller.abort(error)
    else this.#told.failed(new ExchangeError(error, false, false))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#stopped) controller.abort(this.#stopped)
    else this.#sent = true
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Incoming['headers']): void {
    this.#answered = true
    this.#status = status
    this.#headers = headers
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#stream) {
      if (!this.#stream.push(chunk)) controller.pause()
      return
    }
    if (!this.#first) this.#first = chunk
    else if (this.#others) this.#others.push(chunk)
    else this.#others = [chunk]
    this.#size += chunk.length
    if (this.#size > HELD_BYTES) this.#beginStream(controller)
  }

  onResponseEnd(): void {
    this.#told.settled()
    if (this.#stream) this.#stream.push(null)
    else this.#told.came({ status: this.#status, headers: this.#headers, body: this.#held() })
  }

  onResponseError(_: unknown, error: Error): void {
    this.#told.settled()
    if (this.#stream) this.#stream.destroy(error)
    else if (!this.#stopped || this.#sent)
      this.#told.failed(new ExchangeError(error, this.#sent, this.#answered))
  }

  #held(): Buffer {
    if (!this.#first) return NOTHING
    if (!this.#others) return kept(this.#first)
    const pieces = [this.#first, ...this.#others]
    const all = Buffer.concat(pieces, this.#size)
    pieces.forEach(giveBack)
    return all
  }

  #beginStream(controller: Dispatcher.DispatchController): void {
    const begun = new Readable({
      read: () => controller.resume(),
      // Without an error too: a body nobody wants must not keep its connection, paused, for ever.
      destroy: (error, callback) => {
        controller.abort(error ?? new Error('not wanted'))
        callback(error)
      },
    })
    // A break before anybody listens must not end the process; who reads later still learns of it.
    begun.on('error', () => {})
    if (this.#first) begun.push(this.#first)
    for (const chunk of this.#others ?? []) begun.push(chunk)
    this.#first = undefined
    this.#others = undefined
    this.#stream = begun
    this.#told.came({ status: this.#status, headers: this.#headers, body: begun })
  }
}

const NOTHING = Buffer.alloc(0)

/** The exchange as a promise. A signal ends it until a long body begins; from there the idle limit watches. */
export function exchange(
  dispatcher: Dispatch,
  request: Outgoing,
  signal: AbortSignal,
  onSettled: () => void,
): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    const made = new Exchange({
      came(incoming) {
        signal.removeEventListener('abort', abort)
        resolve(incoming)
      },
      failed(error) {
        signal.removeEventListener('abort', abort)
        reject(error)
      },
      settled: onSettled,
    })
    const abort = () => made.stop(reasonOf(signal))
    if (signal.aborted) {
      onSettled()
      reject(new ExchangeError(reasonOf(signal), false, false))
      return
    }
    signal.addEventListener('abort', abort, { once: true })
    made.begin(dispatcher, request)
  })
}

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason))
