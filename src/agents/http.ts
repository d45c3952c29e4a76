import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import type { AgentDoor, AgentMessage } from '../gateway/agent-door.ts'
import type { Approvals } from '../gateway/approvals.ts'
import { GatewayError } from '../gateway/errors.ts'
import type { Outside } from '../outside.ts'
import { questionOf, saysYes } from './elicitation.ts'
import { loadSdk } from './sdk.ts'
import { buildServer } from './server.ts'
import { clientNamed, type Session } from './session.ts'
import { newSessionId, SESSION_MS, type SessionFacts, sessionIds } from './session-id.ts'
import type { Manners } from './tool.ts'

export interface AgentHttpSettings {
  readonly manners: Manners
  /** Whether the program may ask the person. */
  readonly elicits: boolean
  readonly approvals: Approvals
  readonly outside: Pick<Outside, 'now'>
  readonly version: string
  /** The same for all who serve together. */
  readonly signingKey: string
  readonly report: (error: unknown) => void
}

/** Begins the id of a question to a person. What follows is the approval's id and its secret. */
const ASKING = 'approve'

/** MCP over HTTP: for each message a server of its own, as nothing is kept between two. */
export async function agentHttp(settings: AgentHttpSettings): Promise<AgentDoor> {
  const { approvals, elicits, manners, outside, report, version } = settings
  const sdk = await loadSdk()
  const ids = sessionIds(settings.signingKey)

  /** Whose sessions are theirs alone. */
  const ownerOf = ({ account, grant }: AgentMessage) => JSON.stringify([account, grant?.id])

  function factsOf(message: AgentMessage): SessionFacts | undefined {
    const given = message.headers['mcp-session-id']
    if (typeof given !== 'string')
      throw new GatewayError('INVALID_ARGUMENT', {
        message: 'Mcp-Session-Id is missing: initialize first, and send what that answered.',
        violations: [{ field: 'Mcp-Session-Id', description: 'is required' }],
      })
    return ids.read(given, ownerOf(message), outside.now())
  }

  async function answerTo(body: object): Promise<Response> {
    const [, id = '', secret = ''] = String(Reflect.get(body, 'id')).split('.')
    const approves = saysYes(Reflect.get(body, 'result'))
    await approvals.decide({ id, approves, by: 'elicitation', proof: { secret } })
    return new Response(null, { status: 202 })
  }

  return {
    async answer(message) {
      const { body, left, drained } = message
      if (!isObject(body)) throw notOne()
      const begins = Reflect.get(body, 'method') === 'initialize'
      const facts = begins ? beginning(body, outside.now()) : factsOf(message)
      if (!facts) throw new GatewayError('MCP_SESSION_UNKNOWN')
      // No request of ours but the question to a person is ever answered.
      if (!Reflect.has(body, 'method')) return answerTo(body)
      const transport = new WebStandardStreamableHTTPServerTransport(
        begins ? { sessionIdGenerator: () => ids.written(facts, ownerOf(message)) } : {},
      )
      const related = Reflect.get(body, 'id')
      const elicit: Session['elicit'] = async ({ id, secret, shown }, signal) => {
        const asking = {
          jsonrpc: '2.0',
          id: `${ASKING}.${id}.${secret}`,
          method: 'elicitation/create',
        } as const
        await transport.send({ ...asking, params: questionOf({ id, shown }) }, { relatedRequestId: related })
        const goesOn = message.rests()
        await approvals.ended({ id }, AbortSignal.any([signal, left, drained])).finally(goesOn)
      }
      const { id, client, canElicit } = facts
      const server = buildServer(sdk, version, () => ({
        manners,
        approvals,
        report,
        account: message.account,
        ask: message.ask,
        called: message.called,
        session: { id, client, ...(canElicit && elicits ? { elicit } : {}) },
        ...(message.grant ? { grant: message.grant } : {}),
      }))
      await server.connect(transport)
      left.addEventListener('abort', () => void server.close(), { once: true })
      return transport.handleRequest(requestOf(message), { parsedBody: body })
    },
  }
}

/** MCP had lists of messages once, and has given them up. */
const notOne = () =>
  new GatewayError('INVALID_ARGUMENT', {
    message: 'The body must be one message, a JSON object.',
    violations: [{ field: 'body', description: 'must be a JSON object' }],
  })

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function beginning(body: object, now: number): SessionFacts {
  const { clientInfo, capabilities } = Object(Reflect.get(body, 'params'))
  const { elicitation } = Object(capabilities)
  return {
    id: newSessionId(),
    client: clientNamed(Object(clientInfo)),
    // Before there were two kinds, an empty object meant a form.
    canElicit:
      isObject(elicitation) && (Reflect.has(elicitation, 'form') || Object.keys(elicitation).length === 0),
    expires: now + SESSION_MS,
  }
}

/** As the SDK wants it; the body was read already. */
const requestOf = ({ url, headers }: AgentMessage): Request =>
  new Request(url, {
    method: 'POST',
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && /^(?:accept|content-type|mcp-.*)$/.test(name) ? [[name, value]] : [],
    ),
  })
