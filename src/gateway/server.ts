import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Doorkeeper } from './doorkeeper.ts'
import { type Drain, type DrainedWork, type DrainSummary, type DrainTimes, drainOf } from './drain.ts'
import { fewAtATime } from './few-at-a-time.ts'
import { openConnections } from './open-connections.ts'
import { lookEvery, type Patience } from './patience.ts'
import { QuickConnection, quickConnectionOf, type Taker } from './quick-connection.ts'
import { socketsOfAddress } from './sockets-of-address.ts'

export interface Tls {
  cert: string
  key: string
}

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void

export interface Listeners {
  /**
   * Given to Fastify, which hands over its handler; the first server is made here. Without TLS, `take` may have requests that
   * Node has not read.
   */
  create(handler: Handler, take: Taker): http.Server
  /** Listens on one more port, with the same handler. Resolves to the port taken. */
  listen(port: number, host: string): Promise<number>
  /** All that were ever listened on: what comes while it ends is for one of them. */
  ports(): readonly number[]
  /** From now on each connection ends with its answer. */
  drain(): void
  /** No new connections; the others as `drain.ts` has it. */
  close(times: DrainTimes, work: DrainedWork): Promise<DrainSummary>
}

export interface ListenerSettings {
  tls?: Tls | undefined
  /** How long an idle connection is kept: longer than load balancers do, so that they close first. */
  keepAliveMs: number
  elapsed: () => number
  /** Keeps slow and silent senders from holding sockets: Fastify by itself switches Node's own limits off. */
  patience: Patience
  door: Doorkeeper
}

const OPTIONS = {
  requireHostHeader: false, // our guard answers, in the envelope
  maxHeaderSize: 16 * 1024,
} as const

/** On one connection, so that a balancer spreads its callers anew from time to time. */
const MOST_REQUESTS = 10_000

/** Servers that share one handler, one for each port. */
export function listenersFor({ tls, keepAliveMs, elapsed, patience, door }: ListenerSettings): Listeners {
  const servers: http.Server[] = []
  const ports: number[] = []
  const connections = openConnections(elapsed)
  const drain: Drain = drainOf(servers, connections, elapsed, (socket) =>
    turnAway(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket),
  )
  let handle: Handler = () => {}
  let takeUnseen: Taker = () => false
  const soon = fewAtATime()

  function take(request: http.IncomingMessage, response: http.ServerResponse): void {
    connections.began(request, response)
    const isAdopted = quickConnectionOf(request.socket)?.sees({ request, response })
    const asked = connections.of(request.socket)?.asked ?? 0
    // By itself Node would say so and not end the connection, and answer what comes behind with a bare 503.
    if (asked === MOST_REQUESTS) response.setHeader('connection', 'close')
    if (asked > MOST_REQUESTS) return
    if (drain.takes(request.socket, response) && !isAdopted) handle(request, response)
  }

  function turnAway(error: NodeJS.ErrnoException, socket: Socket): void {
    const due = dueOn(socket)
    // What comes behind the last request of a connection is not read.
    if (due.length > 0 && error.code === 'HPE_CLOSED_CONNECTION') return
    const cut = due.find(isHalfRead)
    door.unparsed(error, socket, cut?.req, due.length > (cut ? 1 : 0))
  }

  /** Looks again when its turn comes: what was late may have come meanwhile. */
  function turnAwayLate(error: NodeJS.ErrnoException, socket: Socket): void {
    const { asked } = connections.of(socket) ?? {}
    const late = dueOn(socket).find(isHalfRead)
    soon(() => {
      if (connections.of(socket)?.asked === asked && !late?.req.complete) turnAway(error, socket)
    })
  }

  /** Of a connection's last request Node is to say that it is the last. */
  function standBefore(socket: Socket): void {
    const open = socket.destroyed ? undefined : connections.of(socket)
    if (!open) return
    const mayTake = () => !drain.hasBegun() && open.asked < MOST_REQUESTS - 1
    new QuickConnection(open, mayTake, takeUnseen)
  }

  const dueOn = (socket: Socket) => [...(connections.of(socket)?.due ?? [])]

  function make(): http.Server {
    const options = {
      ...OPTIONS,
      keepAliveTimeout: keepAliveMs,
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      connectionsCheckingInterval: lookEvery(patience),
    }
    const server = tls
      ? https.createServer(
          { ...options, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: patience.headersMs },
          take,
        )
      : http.createServer(options, take)
    const mayStay = socketsOfAddress(patience.mostOfAddress)
    server.on('connection', (socket) => {
      if (mayStay(socket)) return
      door.dropped(socket.remoteAddress)
      socket.destroy()
    })
    connections.watch(server, tls !== undefined)
    if (!tls) server.on('connection', standBefore)
    server.maxConnections = patience.mostSockets
    // Among several processes Node would hand what is too many from one to the next, for ever.
    Object.assign(server, { dropMaxConnection: true })
    server.setTimeout(patience.silentMs)
    // `100 Continue` and 417 are ours to say, once a request was looked at.
    server.on('checkContinue', take)
    server.on('checkExpectation', take)
    server.on('connect', (_, socket) => {
      quickConnectionOf(socket as Socket)?.release()
      door.tunnel(socket as Socket)
    })
    server.on('drop', (dropped) => door.dropped(dropped?.remoteAddress))
    server.on('clientError', (error, socket) => {
      const isLate = (error as NodeJS.ErrnoException).code === 'ERR_HTTP_REQUEST_TIMEOUT'
      if (isLate) turnAwayLate(error, socket as Socket)
      else turnAway(error, socket as Socket)
    })
    servers.push(server)
    return server
  }

  return {
    create(handler, take) {
      handle = handler
      takeUnseen = take
      return make()
    },
    async listen(port, host) {
      const unused = servers.find((server) => !server.listening) ?? make()
      await new Promise<void>((resolve, reject) => {
        unused.once('error', reject)
        unused.listen(port, host, () => {
          unused.off('error', reject)
          resolve()
        })
      })
      const taken = (unused.address() as AddressInfo).port
      ports.push(taken)
      return taken
    },
    ports: () => ports,
    drain: drain.begin,
    close: drain.close,
  }
}

/** Whether the rest of its request is still to come, and nothing was answered. */
const isHalfRead = ({ headersSent, req }: http.ServerResponse) => !headersSent && !req.complete
