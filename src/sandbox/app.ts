import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Outside } from '../outside.ts'
import { buildGate } from './authenticate.ts'
import { control } from './control.ts'
import { buildFront } from './front.ts'
import { newHex } from './ids.ts'
import { byClock, type Pace } from './jobs.ts'
import { BodyTooLarge, readBody } from './read-body.ts'
import { type GatewayRefusal, malformed } from './refusal.ts'
import { type Reply, send } from './reply.ts'
import { buildWorld, type World } from './world.ts'

export interface SandboxOptions {
  outside: Outside
  pace?: Pace
  /** Hears of bugs of ours; the caller gets a plain 500. */
  report?: (thrown: unknown) => void
}

export interface Sandbox {
  listen(port?: number, host?: string): Promise<{ url: string; port: number }>
  close(): Promise<void>
  /** Back to the seed; the pace stays. */
  reset(): void
  readonly world: World
}

/** A Huawei Cloud in one process: IAM, ECS, IMS and VPC behind one port, on the real wire. */
export function buildSandbox({ outside, pace = byClock, report = () => {} }: SandboxOptions): Sandbox {
  const world = buildWorld(outside, pace)
  const gate = buildGate()
  const front = buildFront(world, gate, report)
  const reset = () => {
    world.reset()
    gate.reset()
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = newHex(outside)
    try {
      const body = await readBody(request)
      const isControl = request.url?.startsWith('/_sandbox/')
      send(
        response,
        isControl ? control(request, body, world, reset) : front(request, body, requestId),
        requestId,
      )
    } catch (thrown) {
      if (!(thrown instanceof BodyTooLarge)) return void response.destroy()
      send(response, tooLarge(requestId), requestId)
    }
  }

  // Headers up to the gateway's own limits must reach us to be refused in its words.
  const server = createServer(
    { maxHeaderSize: 256 * 1024, keepAliveTimeout: 65_000, requireHostHeader: false },
    answer,
  )
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const refusal = malformed(error.code === 'HPE_HEADER_OVERFLOW' ? 494 : 400)
    socket.end(unreadableRequest(refusal, newHex(outside)))
  })

  return {
    world,
    reset,
    listen: (port = 0, host = '127.0.0.1') =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          const { port: bound } = server.address() as AddressInfo
          resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound })
        })
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function tooLarge(requestId: string): Reply {
  const { status, code, message } = malformed(413)
  return {
    status,
    headers: { 'Content-Type': 'application/json', Connection: 'close' },
    body: JSON.stringify({ error_msg: message, error_code: code, request_id: requestId }),
  }
}

/** Node has given up on the request, so the answer is written by hand. */
function unreadableRequest({ status, code, message }: GatewayRefusal, requestId: string): string {
  const body = JSON.stringify({ error_msg: message, error_code: code, request_id: requestId })
  return [
    `HTTP/1.1 ${status} Bad Request`,
    'Server: api-gateway',
    `X-Request-Id: ${requestId}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
