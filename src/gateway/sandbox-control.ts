import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { request as send } from 'undici'
import { GatewayError } from './errors.ts'

export interface SandboxControl {
  /** Where the embedded sandbox listens. */
  origin: string
  accessKey: string
  secretKey: string
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
const CONTROL_PATH = /^\/_sandbox(?:\/[\w-]+)+(?:\?[^#]*)?$/

/** The tester's doors of the embedded sandbox, on our port: from this machine only, with the sandbox keys. */
export function mountSandboxControl(
  app: FastifyInstance,
  { origin, accessKey, secretKey }: SandboxControl,
): void {
  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: '/_sandbox/*',
    async handler(request, reply) {
      if (!LOOPBACK.has(request.socket.remoteAddress ?? '')) throw new GatewayError('LOOPBACK_ONLY')
      const { 'x-access-key': access, 'x-secret-key': secret } = request.headers
      if (!same(access, accessKey) || !same(secret, secretKey)) {
        throw new GatewayError('CREDENTIALS_MISSING', {
          message: 'Send the sandbox keys as X-Access-Key and X-Secret-Key.',
        })
      }
      // A path with dots would be resolved on the way and leave the prefix.
      if (!CONTROL_PATH.test(request.raw.url ?? '')) throw new GatewayError('ROUTE_NOT_FOUND')
      const answer = await send(`${origin}${request.raw.url}`, {
        method: request.method as 'GET',
        ...(request.body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.body) }),
      })
      const body = Buffer.from(await answer.body.arrayBuffer())
      const type = answer.headers['content-type']
      return reply
        .code(answer.statusCode)
        .headers(type ? { 'content-type': String(type) } : {})
        .send(body)
    },
  })
}

/** Hashes are of one length, which the comparison needs. */
function same(given: string | string[] | undefined, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return typeof given === 'string' && timingSafeEqual(hash(given), hash(expected))
}
