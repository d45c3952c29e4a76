import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Outside } from '../outside.ts'
import { corsHeaders } from './cors.ts'
import { ALWAYS, inTurn, JSON_TYPE } from './headers.ts'
import { ours, render } from './problem.ts'

export type Refuse = (request: IncomingMessage, response: ServerResponse) => void

/**
 * The answer to what is not taken, made once: it must cost next to nothing, so nothing of the request is read, and its
 * connection is kept, because the next one would cost more.
 */
export function overloadedAnswer({ uuid }: Outside, allowedOrigins: readonly string[]): Refuse {
  const problem = ours('OVERLOADED', {
    message: 'This server has more to do than it can. Nothing was done; try again.',
    retryAfter: 1,
  })
  const body = render(problem) // plain ASCII, so that head and body go out in one piece
  const always = [
    ...ALWAYS,
    ...inTurn({ ...JSON_TYPE, 'content-length': String(body.length), 'retry-after': '1' }),
  ]
  return (request, response) => {
    response.on('error', ignored) // a caller that has gone is no bug of ours
    const cors = allowedOrigins.length === 0 ? [] : inTurn(corsHeaders(request, allowedOrigins))
    response.writeHead(problem.code, ['x-request-id', uuid(), ...always, ...cors])
    response.end(body, 'latin1')
  }
}

const ignored = () => {}
