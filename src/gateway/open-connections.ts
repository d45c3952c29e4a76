import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export interface OpenConnection {
  readonly socket: Socket
  /** Answers that are not out yet, oldest first. */
  readonly due: ServerResponse[]
  /** Requests so far. */
  asked: number
  /** When the newest request began, and how long after the one before, on average. */
  askedAt: number
  gapMs: number
  /** When its last answer was out, and how many bytes had come until then. */
  restingSince: number
  restingBytes: number
  /** One more request, of which Node knows nothing, is answered. */
  answered(): void
}

/**
 * - `working`: a whole request is here and its answer is not out.
 * - `sending`: a request has begun and is not whole.
 * - `resting`: answered everything, and kept open for the next request.
 * - `silent`: has not sent a byte.
 */
export type Doing = 'working' | 'sending' | 'resting' | 'silent'

export interface OpenConnections {
  all(): OpenConnection[]
  of(socket: object): OpenConnection | undefined
  /** TLS only: connections whose handshake is not over. */
  readonly greeting: ReadonlySet<Socket>
  watch(server: Server, isTls: boolean): void
  began(request: IncomingMessage, response: ServerResponse): void
}

/** Counts a request. */
function asks(connection: OpenConnection, now: number): void {
  const gap = now - connection.askedAt
  if (connection.asked > 0) connection.gapMs += (gap - connection.gapMs) / Math.min(connection.asked, 4)
  connection.asked++
  connection.askedAt = now
}

function rests(connection: OpenConnection, now: number): void {
  connection.restingSince = now
  connection.restingBytes = connection.socket.bytesRead
}

/** What Node knows about its connections and does not tell. */
export function openConnections(elapsed: () => number): OpenConnections {
  const known = new Map<object, OpenConnection>()
  const greeting = new Set<Socket>()

  function add(socket: Socket): void {
    const now = elapsed()
    const connection: OpenConnection = {
      socket,
      due: [],
      asked: 0,
      askedAt: now,
      gapMs: 0,
      restingSince: now,
      restingBytes: 0,
      answered() {
        const then = elapsed()
        asks(connection, then)
        rests(connection, then)
      },
    }
    known.set(socket, connection)
    socket.once('close', () => known.delete(socket))
  }

  function greet(socket: Socket): void {
    greeting.add(socket)
    socket.once('close', () => greeting.delete(socket))
  }

  /** The secure connection is another object than the one below it, and does not name it. */
  function greeted(secure: Socket): void {
    for (const socket of greeting)
      if (socket.remotePort === secure.remotePort && socket.remoteAddress === secure.remoteAddress)
        greeting.delete(socket)
    add(secure)
  }

  return {
    all: () => [...known.values()],
    of: (socket) => known.get(socket),
    greeting,
    watch(server, isTls) {
      if (isTls) server.on('connection', greet).on('secureConnection', greeted)
      else server.on('connection', add)
    },
    began({ socket }, response) {
      const connection = known.get(socket)
      if (!connection) return
      asks(connection, elapsed())
      connection.due.push(response)
      response.on('close', () => {
        const at = connection.due.indexOf(response)
        if (at >= 0) connection.due.splice(at, 1)
        if (connection.due.length === 0) rests(connection, elapsed())
      })
    },
  }
}

export function doing({ due, socket, asked, restingBytes }: OpenConnection): Doing {
  if (isAnswerDue(due)) return 'working'
  if (due.length > 0 || socket.bytesRead > restingBytes) return 'sending'
  return asked === 0 ? 'silent' : 'resting'
}

/** Whether a whole request waits for its answer, or the answer has begun. */
const isAnswerDue = (due: readonly ServerResponse[]): boolean =>
  due.some(({ headersSent, req }) => headersSent || req.complete)
