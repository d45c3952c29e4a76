import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

export interface Tls {
  cert: string
  key: string
}

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void

export interface Listeners {
  /** Given to Fastify, which hands over its handler; the first server is made here. */
  create(handler: Handler): http.Server
  /** Listens on one more port, with the same handler. Resolves to the port taken. */
  listen(port: number, host: string): Promise<number>
  ports(): number[]
  /** No new connections; idle ones end now, busy ones with their answer, all of them after `graceMs`. */
  close(graceMs?: number): Promise<void>
}

/**
 * Servers that share one handler, one for each port. The numbers keep slow and silent senders from holding
 * sockets: Fastify by itself switches Node's own limits off.
 */
const OPTIONS = {
  requireHostHeader: false, // our guard answers, in the envelope
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 72_000, // longer than load balancers hold idle connections, so that they close first
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
} as const

const MOST_SOCKETS = 2_000
/** How long a connection may be silent while nobody is made to wait on purpose. */
export const SILENT_MS = 75_000

export function listenersFor(
  tls: Tls | undefined,
  onUnparsed: (error: Error, socket: Socket) => void,
): Listeners {
  const servers: http.Server[] = []
  const answers = new WeakMap<object, Set<http.ServerResponse>>()
  let handle: Handler = () => {}

  function make(): http.Server {
    const server = tls
      ? https.createServer({ ...OPTIONS, ...tls, minVersion: 'TLSv1.2' }, handle)
      : http.createServer(OPTIONS, handle)
    server.maxConnections = MOST_SOCKETS
    server.maxRequestsPerSocket = 10_000
    server.setTimeout(SILENT_MS)
    server.on('request', ({ socket }, response) => {
      const open = answers.get(socket) ?? new Set()
      answers.set(socket, open.add(response))
      response.once('close', () => open.delete(response))
    })
    server.on('clientError', (error, socket) => {
      const open = [...(answers.get(socket) ?? [])]
      // Beside an answer that is still due, ours would be taken for it or stand in the middle of it.
      if (open.some(({ headersSent, req }) => headersSent || req.complete)) socket.destroy()
      else onUnparsed(error, socket as Socket)
    })
    servers.push(server)
    return server
  }

  return {
    create(handler) {
      handle = handler
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
      return (unused.address() as AddressInfo).port
    },
    ports: () =>
      servers.filter((server) => server.listening).map((server) => (server.address() as AddressInfo).port),
    async close(graceMs = 10_000) {
      const open = servers.filter((server) => server.listening)
      // Closing stops Node's own checks on slow senders, so idle sockets are swept, and in the end all are cut.
      const sweep = setInterval(() => {
        for (const server of open) server.closeIdleConnections()
      }, 50)
      const end = setTimeout(() => {
        for (const server of open) server.closeAllConnections()
      }, graceMs)
      await Promise.all(open.map((server) => new Promise((resolve) => server.close(resolve))))
      clearInterval(sweep)
      clearTimeout(end)
    },
  }
}
