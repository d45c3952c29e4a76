import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Outside } from '../outside.ts'
import type { Reason } from './catalogue.ts'
import { cutOff, idOf } from './cut-off.ts'
import type { Metrics } from './metrics-kept.ts'
import { ours, render } from './problem.ts'
import type { SecurityEvents } from './security-events.ts'

/** Answers what never becomes a request that the app sees. */
export interface Doorkeeper {
  /**
   * Bytes that are no HTTP, too many, or too slow. `cut` is the request whose body they were to be. Beside an answer that
   * is still due nothing may be said (`mute`): it would be taken for that one or stand in the middle of it.
   */
  unparsed(error: Error, socket: Socket, cut: IncomingMessage | undefined, mute: boolean): void
  /** A CONNECT: we are no proxy. */
  tunnel(socket: Socket): void
  /** A connection that was closed at once because there are too many. */
  dropped(address: string | undefined): void
}

/** So long a caller that was turned away may read its answer; ended at once, what it still sends could undo it. */
const LINGER_MS = 2_000

export function doorkeeper(outside: Outside, metrics: Metrics, events: SecurityEvents): Doorkeeper {
  /** What else comes from there was answered with that. */
  const turnedAway = new WeakSet<Socket>()
  const note = (address: string | undefined, reason: string) => {
    metrics.refused(reason)
    events.note(address, reason)
  }
  return {
    unparsed(error, socket, cut, mute) {
      const reason = reasonOf(error)
      if (turnedAway.has(socket)) return
      if (!reason) {
        socket.destroy()
        return
      }
      turnedAway.add(socket)
      const { remoteAddress } = socket
      // Browsers connect in advance, and balancers to see whether we are there.
      if (reason === 'REQUEST_TIMEOUT' && socket.bytesRead === 0) {
        metrics.refused(reason)
        socket.destroy()
        return
      }
      // A request that was begun is counted with its route, when it ends.
      if (cut) cutOff(cut, reason)
      else note(remoteAddress, reason)
      if (mute || !socket.writable) socket.destroy()
      else answer(socket, reason, (cut && idOf(cut)) ?? outside.uuid())
    },
    tunnel(socket) {
      socket.on('error', () => {}) // it is ours alone now
      metrics.refused('METHOD_NOT_ALLOWED')
      events.note(socket.remoteAddress, 'METHOD_NOT_ALLOWED')
      answer(socket, 'METHOD_NOT_ALLOWED', outside.uuid())
    },
    dropped(address) {
      metrics.dropped()
      events.note(address, 'TOO_MANY_CONNECTIONS')
    },
  }
}

/** The same envelope as everywhere, then the connection ends. */
function answer(socket: Socket, reason: Reason, id: string): void {
  const problem = ours(reason)
  const body = render(problem)
  socket.end(
    [
      `HTTP/1.1 ${problem.code} ${STATUS_CODES[problem.code]}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${id}`,
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      ...(reason === 'METHOD_NOT_ALLOWED' ? ['allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'] : []),
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
  const end = setTimeout(() => socket.destroy(), LINGER_MS).unref()
  socket.once('close', () => clearTimeout(end))
}

/** Undefined for a connection that broke, which is nobody's fault. */
function reasonOf(error: Error): Reason | undefined {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT' || code === 'ERR_TLS_HANDSHAKE_TIMEOUT') return 'REQUEST_TIMEOUT'
  if (code === 'HPE_HEADER_OVERFLOW') return isWithinTarget(error) ? 'URI_TOO_LONG' : 'HEADERS_TOO_LARGE'
  if (code === 'HPE_INVALID_EOF_STATE') return 'INCOMPLETE_BODY'
  return code.startsWith('HPE_') || code.startsWith('ERR_') ? 'MALFORMED_HTTP' : undefined
}

interface Parsed {
  rawPacket?: Buffer
  bytesParsed?: number
}

/**
 * Whether the request line had not ended when the parser had read enough. It only tells where in the last packet it
 * stopped, so that of a URL in several packets it is not known.
 */
function isWithinTarget(error: Error): boolean {
  const { rawPacket, bytesParsed } = error as Parsed
  const read = rawPacket?.subarray(0, bytesParsed).toString('latin1') ?? ''
  const before = read.lastIndexOf('\r\n\r\n')
  return /^[A-Z]+ [^\r\n]*$/.test(before < 0 ? read : read.slice(before + 4))
}
