import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { inspect } from 'node:util'
import type { Dispatcher } from 'undici'
import { expect, onTestFinished } from 'vitest'
import { type Pair, readAuthorization, sha256, verify } from '../wire/signature.ts'
import type { Caller } from './caller.ts'
import { buildConnections, type ConnectionSettings, type Connections } from './connections.ts'
import { UpstreamFailure } from './failure.ts'
import { operation } from './operation.ts'
import { type HandClock, handClock } from './test-outside.ts'
import { type Answer, buildTransport, type Sendable } from './transport.ts'

/** Canaries: no error, message or cause may ever show the last two. */
export const CALLER: Caller = {
  accessKey: 'HPUATESTACCESSKEY001',
  secretKey: 'canary-secret-5f1c0d',
  securityToken: 'canary-token-77ab19',
}

export const read = operation({
  name: 'ListThings',
  service: 'ecs',
  method: 'GET',
  path: '/v1/{project_id}/things',
  manual: 'https://support.huaweicloud.com/',
})
export const write = operation({ ...read, name: 'CreateThing', method: 'POST', write: true })

export interface Received {
  method: string
  /** Path and query as on the wire. */
  target: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Upstream {
  origin: string
  host: string
  requests: Received[]
  /** Sockets open now, and all that ever were. */
  sockets: Set<Socket>
  connections: number
}

export type Reply = (outgoing: ServerResponse, received: Received) => void

/** A loopback HTTP server that records what arrives; ends with the test. */
export function startUpstream(reply: Reply = json('{"ok":true}')): Promise<Upstream> {
  const requests: Received[] = []
  const listener: RequestListener = async (incoming: IncomingMessage, outgoing) => {
    const { method = '', url: target = '', headers } = incoming
    const received = { method, target, headers, body: await buffer(incoming).catch(() => Buffer.alloc(0)) }
    requests.push(received)
    reply(outgoing, received)
  }
  return listening(createServer({ keepAliveTimeout: 60_000 }, listener), requests)
}

/** A loopback server that speaks bytes; `onRequest` runs once the head of a request has come. */
export function startRaw(onRequest: (socket: Socket, head: string) => void): Promise<Upstream> {
  const requests: Received[] = []
  const server = createTcpServer((socket) => {
    let head = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      const [line = '', ...rest] = head.split('\r\n')
      const [method = '', target = ''] = line.split(' ')
      requests.push({ method, target, headers: {}, body: Buffer.from(rest.join('\r\n')) })
      const whole = head
      head = ''
      onRequest(socket, whole)
    })
  })
  return listening(server, requests)
}

/** Listens on a free port and closes, sockets and all, when the test ends. */
export async function listening(
  server: Server | ReturnType<typeof createTcpServer>,
  requests: Received[] = [],
  scheme = 'http',
): Promise<Upstream> {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  })
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  return {
    origin: `${scheme}://${host}`,
    host,
    requests,
    sockets,
    get connections() {
      return connections
    },
  }
}

export const json =
  (text: string | Buffer, status = 200, headers: Record<string, string> = {}): Reply =>
  (outgoing) => {
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
  }

export interface Sender {
  outside: HandClock
  send(request?: Partial<Sendable>): Promise<Answer>
  close(): Promise<void>
}

/** The transport as the cloud builds it, over an upstream of the test. */
export function sender(
  upstream: Pick<Upstream, 'origin' | 'host'>,
  settings: ConnectionSettings = {},
  over: 'library' | 'own' = 'library',
): Sender {
  const outside = handClock()
  const connections =
    over === 'own'
      ? readingQuickly(buildConnections(settings, { ...outside, elapsed: () => performance.now() }))
      : buildConnections(settings, outside)
  onTestFinished(() => connections.close())
  const send = buildTransport(connections, outside)
  const endpoint = { origin: upstream.origin, host: upstream.host }
  return {
    outside,
    close: () => connections.close(),
    send: (request = {}) =>
      send({
        operation: read,
        region: 'cn-north-4',
        caller: CALLER,
        endpoint,
        path: '/v1/p0/things',
        projectId: 'p0',
        signal: new AbortController().signal,
        ...request,
      }),
  }
}

/** Connections of our own for whatever they can be used for. */
function readingQuickly(connections: Connections): Connections {
  return {
    ...connections,
    to(origin) {
      const line = connections.to(origin)
      const dispatch: Dispatcher['dispatch'] = (options, handler) =>
        options.method === 'GET'
          ? line.quick.dispatch(
              { ...options, headers: Object.entries(options.headers ?? {}).flat() },
              handler,
            )
          : line.dispatcher.dispatch(options, handler)
      return { ...line, dispatcher: { dispatch } as Dispatcher }
    },
  }
}

/** What a call failed with; checks on the way that nothing secret hangs on it. */
export async function failureOf(call: Promise<unknown>): Promise<UpstreamFailure> {
  const error = await call.then(
    () => expect.fail('the call went well'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(UpstreamFailure)
  expectNoSecrets(error)
  return error as UpstreamFailure
}

export function expectNoSecrets(error: unknown): void {
  const shown = inspect(error, { depth: 10, showHidden: true, getters: true })
  expect(shown).not.toContain(CALLER.secretKey)
  expect(shown).not.toContain(CALLER.securityToken)
  expect(shown).not.toMatch(/Signature=/)
  expect(error).not.toHaveProperty('cause')
}

/** Whether what arrived carries a valid signature over all it must cover. */
export function isWellSigned({ method, target, headers, body }: Received, secretKey: string): boolean {
  const authorization = readAuthorization(headers.authorization ?? '')
  if (!authorization) return false
  const [path = '', search = ''] = target.split('?')
  const query = [...new URLSearchParams(search.replaceAll('+', '%2B'))] as Pair[]
  const signed = authorization.signedHeaders.map((name): Pair => [name, String(headers[name])])
  const date = String(headers['x-sdk-date'])
  const request = { method, path, query, headers: signed, payloadHash: sha256(body) }
  return verify(request, secretKey, date, authorization.signature)
}
