import type { ServerResponse } from 'node:http'

/** An answer as it goes onto the wire. */
export interface Reply {
  status: number
  headers: Readonly<Record<string, string>>
  body?: string | undefined
}

export function send(response: ServerResponse, reply: Reply, requestId: string): void {
  if (response.destroyed) return
  response.writeHead(reply.status, {
    Server: 'api-gateway',
    'X-Request-Id': requestId,
    ...reply.headers,
    ...(reply.body === undefined ? undefined : { 'Content-Length': Buffer.byteLength(reply.body) }),
  })
  response.end(reply.body)
}
