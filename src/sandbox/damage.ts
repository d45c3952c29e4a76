import type { ServerResponse } from 'node:http'
import type { Damage } from './fault-watch.ts'
import { type Reply, send } from './reply.ts'

/** Sends the answer, or what is left of it, now or when its delay is over. */
export function sendDamaged(
  response: ServerResponse,
  reply: Reply,
  requestId: string,
  { delay, ruin }: Damage,
): void {
  const deliver = () => {
    if (response.destroyed) return
    if (ruin) ruins[ruin](response, reply, requestId)
    else send(response, reply, requestId)
  }
  if (delay === undefined) {
    deliver()
    return
  }
  const timer = setTimeout(deliver, delay)
  // Also when the sandbox is closed, which closes all connections.
  response.once('close', () => clearTimeout(timer))
}

const ruins = {
  'hang-up': (response: ServerResponse) => {
    response.destroy()
  },
  cut(response: ServerResponse, reply: Reply, requestId: string) {
    const body = Buffer.from(reply.body ?? '{}')
    response.writeHead(reply.status, headersOf(reply, requestId, body.length))
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy())
  },
  garbage(response: ServerResponse, reply: Reply, requestId: string) {
    const body = '<html><body>\u0000\ufffd{"This is": not JSON,'
    response.writeHead(reply.status, headersOf(reply, requestId, Buffer.byteLength(body)))
    response.end(body)
  },
}

const headersOf = ({ headers }: Reply, requestId: string, length: number) => ({
  Server: 'api-gateway',
  'X-Request-Id': requestId,
  'Content-Type': 'application/json',
  ...headers,
  'Content-Length': length,
})
