import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request that came whole. */
export interface Heard {
  readonly method: string
  readonly target: string
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Which connection brought it, the first is 1. */
  readonly connection: number
}

/** What is done with one request, byte by byte. */
export type Step = (socket: Socket, heard: Heard) => void

export interface Script {
  readonly origin: string
  readonly heard: Heard[]
  /** All connections that ever were, the latest last. */
  readonly sockets: Socket[]
}

export interface ScriptSettings {
  /** Makes a server of TLS; left out, one of plain TCP. */
  readonly makeServer?: (onSocket: (socket: Socket) => void) => Server
  readonly scheme?: 'http' | 'https'
  /** Done with a connection as it is accepted, before TLS. */
  readonly onAccept?: (socket: Socket) => void
  /** Any free one, unless told. */
  readonly port?: number
}

/** A Huawei Cloud that does with the n-th request what the n-th step says, and what the last says with all others. */
export async function startScript(
  steps: readonly Step[],
  {
    makeServer = (onSocket) => createServer(onSocket),
    scheme = 'http',
    onAccept,
    port = 0,
  }: ScriptSettings = {},
): Promise<Script> {
  const heard: Heard[] = []
  const sockets: Socket[] = []
  let connections = 0
  const server = makeServer((socket) => {
    const connection = ++connections
    socket.on('error', () => {})
    hear(socket, connection, (request) => {
      heard.push(request)
      steps[Math.min(heard.length, steps.length) - 1]?.(socket, request)
    })
  })
  server.on('tlsClientError', () => {})
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {})
    socket.setNoDelay()
    sockets.push(socket)
    onAccept?.(socket)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  })
  return { origin: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, sockets }
}

function hear(socket: Socket, connection: number, tell: (request: Heard) => void): void {
  let bytes = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) return
    const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
    const headers = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    )
    const body = bytes.subarray(end + 4)
    if (body.length < Number(headers['content-length'] ?? 0)) return
    bytes = Buffer.alloc(0)
    const [method = '', target = ''] = first.split(' ')
    tell({ method, target, headers, body: body.toString(), connection })
  })
}

/** A port at which nobody listens until it is opened. */
export async function portLater(steps: readonly Step[]) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  let opened: Promise<Script> | undefined
  return {
    origin: `http://127.0.0.1:${port}`,
    open: () => {
      opened ??= startScript(steps, { port })
      return opened
    },
  }
}
