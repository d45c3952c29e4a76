import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { DispatchFunc } from 'light-my-request'
import type { AgentNote } from './agent-note.ts'
import type { Route } from './route.ts'

/** A call of our API that comes from inside. */
export interface InnerCall {
  readonly method: Route['method']
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
  readonly agent: AgentNote
  readonly signal?: AbortSignal
}

export interface InnerAnswer {
  readonly status: number
  readonly requestId: string
  readonly json: unknown
}

/** With the keys or the token of whoever asks. */
export type AskInside = (call: InnerCall) => Promise<InnerAnswer>

/** Whose keys they are, and from where. */
export interface Sender {
  readonly headers: Readonly<Record<string, string>>
  readonly address?: string | undefined
}

const notes = new WeakMap<IncomingMessage, AgentNote>()

/** Undefined for what came over a socket. Then nobody has looked yet at where it comes from. */
export const agentOf = (request: IncomingMessage): AgentNote | undefined => notes.get(request)

/** Asks our own routes as anybody does, without a connection: what is checked and how errors look exists once. */
export const askerInside =
  (app: FastifyInstance, { headers, address }: Sender): AskInside =>
  async ({ method, path, query = {}, body, headers: more, agent, signal }) => {
    const dispatch: DispatchFunc = (request, response) => {
      const message = request as IncomingMessage
      notes.set(message, agent)
      // What the library's stand-ins lack: a socket's patience, and that an answer is out.
      Reflect.set(message.socket, 'setTimeout', () => message.socket)
      response.once('finish', () => Object.defineProperty(response, 'writableFinished', { value: true }))
      app.routing(message, response)
    }
    const { inject } = await import('light-my-request') // who serves no agents does without
    const answer = await inject(dispatch, {
      method,
      url: `${path}${searchFor(query)}`,
      headers: { host: 'localhost', ...headers, ...more },
      ...(address ? { remoteAddress: address } : {}),
      ...(body ? { payload: body } : {}),
      ...(signal ? { signal } : {}),
    })
    return {
      status: answer.statusCode,
      requestId: String(answer.headers['x-request-id']),
      json: answer.payload === '' ? undefined : answer.json(),
    }
  }

function searchFor(query: NonNullable<InnerCall['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}
