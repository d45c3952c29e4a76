import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Identify } from '../huaweicloud/caller.ts'
import type { Approvals } from './approvals.ts'
import { GatewayError } from './errors.ts'
import type { Grant } from './grants.ts'
import { callerByHeaders } from './header-keys.ts'
import { type AskInside, askerInside } from './inside.ts'
import type { MetricsOfAgents, MetricsOfLimits } from './metrics-kept.ts'
import type { RateLimits } from './rate-limits.ts'
import type { WorkUnderWay } from './work-under-way.ts'

/** A message of an agent's program, and all that its answer may need. */
export interface AgentMessage {
  readonly headers: IncomingHttpHeaders
  readonly url: string
  /** Read and parsed. */
  readonly body: unknown
  /** Names the caller's key pair. */
  readonly account: string
  readonly grant?: Grant
  /** Asks our own routes with the caller's credentials. */
  readonly ask: AskInside
  /** Aborted when the caller leaves, with its answer or without. */
  readonly left: AbortSignal
  /** Aborted when the server begins to end: nobody is waited for any more. */
  readonly drained: AbortSignal
  readonly called: MetricsOfAgents['toolCalled']
  readonly rests: MetricsOfLimits['rests']
}

/** Speaks MCP. Fails with {@link GatewayError} where it refuses before it speaks. */
export interface AgentDoor {
  answer(message: AgentMessage): Promise<Response>
}

/** What serving agents takes. */
export interface Agents {
  /** Loads it; undefined where what it needs is not installed. */
  door(): Promise<AgentDoor | undefined>
  readonly approvals: Approvals
  readonly identify: Identify
}

export interface AgentDoorSettings {
  agents: Agents
  limits: RateLimits
  metrics: MetricsOfAgents & MetricsOfLimits
  drained: AbortSignal
  work: WorkUnderWay
}

/** What stands for the caller in the calls that a tool makes. */
const CREDENTIALS = ['authorization', 'x-access-key', 'x-secret-key', 'x-security-token'] as const

/** The rest is as with every answer of ours. */
const TOLD = ['content-type', 'mcp-session-id']

/** `/mcp`: each message is an HTTP request of its own, since no worker keeps anything of a session. */
export function mountAgents(app: FastifyInstance, settings: AgentDoorSettings): void {
  const { agents, limits, metrics, drained, work } = settings

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { notes, raw, body } = request
    const account = agents.identify(callerByHeaders(request))
    limits.byCaller(notes, reply)
    const door = await agents.door()
    if (!door) throw new GatewayError('MCP_NOT_INSTALLED')
    const left = new AbortController()
    reply.raw.once('close', () => left.abort())
    const {
      status,
      headers,
      body: answered,
    } = await door.answer({
      headers: raw.headers,
      url: `http://${raw.headers.host}${raw.url}`,
      body,
      account,
      ...(notes.grant ? { grant: notes.grant } : {}),
      ask: askerInside(app, { headers: credentialsIn(raw.headers), address: request.socket.remoteAddress }),
      left: left.signal,
      drained,
      called: metrics.toolCalled,
      rests: metrics.rests,
    })
    const own = TOLD.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    })
    await reply
      .code(status)
      .headers(Object.fromEntries(own))
      .send(answered ? Readable.fromWeb(answered as never) : undefined)
  }

  app.route({
    method: 'POST',
    url: '/mcp',
    config: { scope: 'read', isForAgents: true },
    handler: work.counted(answer),
  })
}

const credentialsIn = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    CREDENTIALS.flatMap((name) => {
      const value = headers[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
