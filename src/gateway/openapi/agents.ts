import { decisionFields } from '../approval-calls.ts'
import { pendingApproval } from '../shapes/approval.ts'
import { ABOUT_RATE, headerRefs } from './headers.ts'
import { problemsOf } from './problems.ts'
import { plain, ref } from './schema.ts'
import { anyOfThem } from './security.ts'
import type { Operation, Response, Schema } from './types.ts'

const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
})

const answered = (description: string, value: Schema): Response => ({
  description,
  headers: headerRefs('X-Request-Id', ...ABOUT_RATE),
  content: {
    'application/json': {
      schema: object({
        data: object({ '@type': { const: 'type.googleapis.com/google.protobuf.Struct' }, value }),
      }),
    },
  },
})

/** A token is what agents have. */
const keysAlone = anyOfThem.filter((way) => !Object.hasOwn(way, 'token'))

const approvals = { tags: ['agents'], 'x-scope': 'none', security: keysAlone } as const

const listApprovals: Operation = {
  ...approvals,
  operationId: 'listApprovals',
  summary: 'What agents ask these keys to approve.',
  description:
    'Asked for with gateway tokens behind which are these very keys, and not older than two minutes. No token may call this. Keys are taken from headers only.',
  responses: {
    200: answered('What waits.', object({ approvals: { type: 'array', items: plain(pendingApproval) } })),
    ...problemsOf({ method: 'GET', needs: 'none' }),
  },
}

const decideApproval: Operation = {
  ...approvals,
  operationId: 'decideApproval',
  summary: 'Approves what an agent asked for, once, or declines it.',
  description:
    'No token may call this, nor keys that an agent came with itself. Keys are taken from headers only.',
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: plain(decisionFields),
        example: { id: '0123456789abcdef', decision: 'approve' },
      },
    },
  },
  responses: {
    200: answered('It is decided.', plain(decisionFields)),
    ...problemsOf({ method: 'POST', needs: 'none' }),
    404: ref('responses', 'NotFound'),
    409: ref('responses', 'Conflict'),
  },
}

const message: Schema = { type: 'object', description: 'JSON-RPC 2.0, as MCP has it.' }

const mcp: Operation = {
  operationId: 'mcp',
  tags: ['agents'],
  summary: 'Agents: the Model Context Protocol over Streamable HTTP.',
  description:
    'For programs that speak [MCP](https://modelcontextprotocol.io); the repository’s docs/agents.md says which tools there are. Each message is a request of its own; GET and DELETE are not needed and answer 405. Keys are taken from headers only. Tools write only with `HCA_MCP_WRITES`, within the scope of the token.',
  'x-scope': 'read',
  security: anyOfThem,
  parameters: [
    {
      name: 'Mcp-Session-Id',
      in: 'header',
      description: 'What `initialize` answered; on every other message.',
      schema: { type: 'string' },
    },
  ],
  requestBody: { required: true, content: { 'application/json': { schema: message } } },
  responses: {
    200: {
      description: 'The answer; before it the questions to a person that it takes.',
      headers: headerRefs('X-Request-Id', 'Mcp-Session-Id', ...ABOUT_RATE),
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
    202: {
      description: 'Heard; there is nothing to answer.',
      headers: headerRefs('X-Request-Id', ...ABOUT_RATE),
    },
    ...problemsOf({ method: 'POST', needs: 'none' }),
    400: malformed('Something about the request is wrong, by HTTP or by MCP.'),
    404: ref('responses', 'NotFound'),
    406: malformed('`Accept` must name application/json and text/event-stream.'),
    501: ref('responses', 'NotImplemented'),
  },
}

/** The SDK's own words, or ours. */
function malformed(description: string): Response {
  return {
    description,
    headers: headerRefs('X-Request-Id', ...ABOUT_RATE),
    content: { 'application/json': { schema: { type: 'object' } } },
  }
}

export const agentPaths: Record<string, Record<string, Operation>> = {
  '/api/approvals': { get: listApprovals, post: decideApproval },
  '/mcp': { post: mcp },
}
