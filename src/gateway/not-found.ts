import type { FastifyInstance, FastifyRequest } from 'fastify'
import { nearest } from '../nearest.ts'
import { GatewayError } from './errors.ts'
import { RAW_METHODS } from './raw-intake.ts'
import { routes } from './routes/index.ts'

const READS = ['GET', 'HEAD']
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const

/** Why nothing answers here: another method would, or nothing is at this path, or nearly. */
export function nothingHere({ raw }: FastifyRequest, app: FastifyInstance): GatewayError {
  const path = raw.url?.split('?', 1)[0] ?? ''
  const allowed =
    isBelowConsole(path, app) && !READS.includes(raw.method ?? '') ? ['GET'] : methodsAt(path, app)
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

const isRoute = (method: string, path: string) =>
  routes.some((route) => route.method === method && route.path === path)

const isMatched = (method: string, path: string) =>
  patterns.some((route) => route.method === method && route.pattern.test(path))

/**
 * Methods that a spelled-out path lacks and one with a name in braces has. They are turned away by routes of their own,
 * since the router would go on to the other path: `…/start` is no instance.
 */
export const strays = [...new Set(routes.map(({ path }) => path))]
  .filter((path) => !path.includes('{'))
  .flatMap((url) =>
    METHODS.filter((method) => isMatched(method, url) && !isRoute(method, url)).map((method) => ({
      method,
      url,
    })),
  )

const isStray = (method: string, path: string) =>
  strays.some((stray) => stray.method === method && stray.url === path)

/** Where one page answers every path, and misses a part of itself. */
const isBelowConsole = (path: string, app: FastifyInstance): boolean =>
  path.startsWith('/console/') && app.hasRoute({ method: 'GET', url: '/console/*' })

/** A path that is spelled out is meant before one with a name in braces. */
function methodsAt(path: string, app: FastifyInstance): readonly string[] {
  if (/^\/api\/raw\/[^/]+\/./.test(path)) return RAW_METHODS
  // The router takes colons, stars and parentheses for the signs of a pattern.
  const isPlain = /^[\w./-]*$/.test(path)
  const isThere = (method: (typeof METHODS)[number]) => isPlain && app.hasRoute({ method, url: path })
  const spelledOut = METHODS.filter((method) => isThere(method) && !isStray(method, path))
  if (spelledOut.length > 0) return spelledOut
  return METHODS.filter((method) => isMatched(method, path))
}
