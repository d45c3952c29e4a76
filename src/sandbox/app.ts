import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Outside } from '../outside.ts'
import { control } from './control.ts'
import { refuse } from './control-replies.ts'
import { sendDamaged } from './damage.ts'
import { newHex } from './ids.ts'
import { byClock, type Pace } from './jobs.ts'
import type { Journal } from './journal.ts'
import { buildKeeper, isForControl } from './keeper.ts'
import { readPace } from './pace.ts'
import { OtherShape, packed, type Story, shapeOf, storyIn } from './pack.ts'
import { BodyTooLarge, readBody } from './read-body.ts'
import { type GatewayRefusal, malformed } from './refusal.ts'
import { type Reply, send } from './reply.ts'
import { buildSnapshots } from './snapshots.ts'
import { buildWorld, type World } from './world.ts'

export interface SandboxOptions {
  outside: Outside
  /** By the clock when nothing is said, or as the seed or the state file have it. */
  pace?: Pace | undefined
  /** Hears of bugs of ours; the caller gets a plain 500. */
  report?: (thrown: unknown) => void
  /** What the world begins with; nothing of it counts when the journal holds a world. */
  story?: Story
  journal?: Journal | undefined
}

export interface Sandbox {
  listen(port?: number, host?: string): Promise<{ url: string; port: number }>
  close(): Promise<void>
  /** Back to the seed; the pace stays. */
  reset(): void
  /** What `/_sandbox/` is asked over HTTP, asked from within. */
  ask(method: string, path: string, body?: unknown): { status: number; body: unknown }
  readonly world: World
}

/** A Huawei Cloud in one process: IAM, ECS, IMS and VPC behind one port, on the real wire. */
export function buildSandbox(options: SandboxOptions): Sandbox {
  const { outside, journal, report = () => {} } = options
  const found = journal?.packed === undefined ? undefined : storyIn(journal.packed)
  const story = found?.story ?? options.story ?? {}
  const world = buildWorld({
    outside,
    random: story.seed?.random ?? outside.uuid(),
    pace: options.pace ?? readPace(story.seed?.pace ?? '') ?? byClock,
    story,
  })
  const snapshots = buildSnapshots(world, found?.snapshots)
  if (found) {
    if (shapeOf(found.state) !== shapeOf(world.state)) throw new OtherShape()
    world.replace(found.state)
  }
  const keeper = buildKeeper({
    world,
    report,
    journal,
    control: (request, body) => control(request, body, world, snapshots),
    pack: () => packed({ story, state: world.state, snapshots: snapshots.all() }),
  })
  keeper.begin()
  const ask: Sandbox['ask'] = (method, path, body) => {
    const request = { method, url: `/_sandbox/${path}`, headers: { host: 'localhost' }, rawHeaders: [] }
    const { reply } = keeper.answer(request, Buffer.from(body === undefined ? '' : JSON.stringify(body)))
    return { status: reply.status, body: reply.body === undefined ? undefined : JSON.parse(reply.body) }
  }
  // Said aloud, a pace counts for a world that was kept as well.
  if (found && options.pace) ask('PUT', 'pace', options.pace)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await readBody(request)
      if (isForControl(request) && !isLocal(request.socket))
        return void send(response, notLocal, newHex(outside))
      const { reply, requestId, damage } = keeper.answer(request, body)
      sendDamaged(response, reply, requestId, damage)
    } catch (thrown) {
      if (!(thrown instanceof BodyTooLarge)) return void response.destroy()
      const requestId = newHex(outside)
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
    ask,
    reset: () => void ask('POST', 'reset'),
    listen: (port = 0, host = '127.0.0.1') =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          const { port: bound } = server.address() as AddressInfo
          resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound })
        })
      }),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      keeper.close()
    },
  }
}

/** A name in Host can be had by anybody; what is kept and replayed has no socket, so it is looked at here. */
const isLocal = ({ remoteAddress = '' }: Socket) => /^(?:::ffff:)?127\.|^::1$/.test(remoteAddress)

const notLocal = refuse(403, 'SANDBOX.FORBIDDEN', 'Only programs on this machine may ask this.')

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
