import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'

/** Bytes held back until an answer is known to be whole; longer ones are streamed. */
export const HELD_BYTES = 256 * 1024

export interface Outgoing {
  origin: string
  method: string
  /** Path and query, encoded. */
  target: string
  headers: Record<string, string>
  body?: string | Uint8Array
  /** Instead of the pool's limit; with 0 only the signal ends the wait. */
  firstByteMs?: number
  signal: AbortSignal
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

/**
 * One request and its answer over undici's `dispatch`, the form without its conveniences: it tells when
 * the first byte goes out, and a body passes without an object per read. `onSettled` runs once, when the
 * connection is free again.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Outgoing,
  onSettled: () => void,
): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    let sent = false
    let head: Omit<Incoming, 'body'> | undefined
    let held: Buffer[] = []
    let size = 0
    let stream: Readable | undefined
    // Until a connection is there the library settles nothing, so the caller is let go and the place is
    // given back when the library is done.
    const stop = { now: (error: Error) => reject(new ExchangeError(error, false, false)) }
    const abort = () => stop.now(abortError(request.signal))
    request.signal.addEventListener('abort', abort, { once: true })
    if (request.signal.aborted) {
      onSettled()
      return abort()
    }

    const settle = () => {
      request.signal.removeEventListener('abort', abort)
      onSettled()
    }
    const beginStream = (controller: Dispatcher.DispatchController) => {
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
      for (const chunk of held) begun.push(chunk)
      held = []
      stream = begun
      // The caller's deadline ends with the answer's beginning; from here the idle limit watches.
      request.signal.removeEventListener('abort', abort)
      if (head) resolve({ ...head, body: begun })
    }

    dispatcher.dispatch(
      {
        origin: request.origin,
        method: request.method as Dispatcher.HttpMethod,
        path: request.target,
        headers: request.headers,
        body: request.body ?? null,
        ...(request.firstByteMs === undefined ? {} : { headersTimeout: request.firstByteMs }),
      },
      {
        onRequestStart(controller) {
          stop.now = (error) => controller.abort(error)
          if (request.signal.aborted) return controller.abort(abortError(request.signal))
          sent = true
        },
        onResponseStart(_, status, headers) {
          head = { status, headers }
        },
        onResponseData(controller, chunk) {
          if (stream) {
            if (!stream.push(chunk)) controller.pause()
            return
          }
          held.push(chunk)
          size += chunk.length
          if (size > HELD_BYTES) beginStream(controller)
        },
        onResponseEnd() {
          settle()
          if (stream) stream.push(null)
          else if (head)
            resolve({ ...head, body: held.length === 1 && held[0] ? held[0] : Buffer.concat(held) })
        },
        onResponseError(_, error) {
          settle()
          if (stream) stream.destroy(error)
          else reject(new ExchangeError(error, sent, head !== undefined))
        },
      },
    )
  })
}

const abortError = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason))
