import { METHODS } from 'node:http'
import type { Outside } from '../outside.ts'
import { JSON_TYPE, standardHeaders } from './headers.ts'
import type { Handler } from './pressure-gate.ts'
import { ours, render } from './problem.ts'

const known = new Set(METHODS)

/**
 * The parser lets `PRI`, the first word of HTTP/2, pass in a request that names no version of HTTP. No route can be for it,
 * nor the one for what has no route.
 */
export function ofKnownMethod(handle: Handler, { uuid }: Outside, count: (reason: string) => void): Handler {
  const problem = ours('MALFORMED_HTTP')
  return (request, response) => {
    if (known.has(request.method ?? '')) return handle(request, response)
    count(problem.reason)
    response.on('error', () => {}) // a caller that has gone is no bug of ours
    response.writeHead(problem.code, { ...standardHeaders(uuid()), ...JSON_TYPE, connection: 'close' })
    response.end(render(problem))
  }
}
