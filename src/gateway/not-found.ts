import type { FastifyInstance, FastifyRequest } from 'fastify'
import { nearest } from '../nearest.ts'
import { GatewayError } from './errors.ts'
import { routes } from './routes/index.ts'

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const

/** Why nothing answers here: another method would, or nothing is at this path, or nearly. */
export function nothingHere({ raw }: FastifyRequest, app: FastifyInstance): GatewayError {
  const path = raw.url?.split('?', 1)[0] ?? ''
  const allowed = methodsAt(path, app)
  if (allowed.length > 0) {
    return new GatewayError('METHOD_NOT_ALLOWED', {
      message: `This path is called with ${allowed.join(' or ')}.`,
      headers: { allow: allowed.join(', ') },
    })
  }
  const [near] = nearest(path, new Set(routes.map((route) => route.path)), 1)
  return new GatewayError(
    'ROUTE_NOT_FOUND',
    near ? { message: `There is nothing at this path; did you mean ${near}?` } : {},
  )
}

const patterns = routes.map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
}))

/** A path that is spelled out is meant before one with a name in braces: `…/start` is no instance. */
function methodsAt(path: string, app: FastifyInstance): string[] {
  const spelledOut = METHODS.filter((method) => app.hasRoute({ method, url: path }))
  if (spelledOut.length > 0) return spelledOut
  return METHODS.filter((method) =>
    patterns.some((route) => route.method === method && route.pattern.test(path)),
  )
}
