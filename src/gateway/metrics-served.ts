import type { FastifyInstance } from 'fastify'
import type { Metrics } from './metrics-kept.ts'

/** For those who run the server: no keys, but only under a name of ours, and not for pages of other sites. */
export function mountMetrics(
  app: FastifyInstance,
  { contentType, text }: Pick<Metrics, 'contentType' | 'text'>,
): void {
  app.get('/metrics', { config: { scope: 'open' }, exposeHeadRoute: true }, async (_, reply) =>
    reply.header('content-type', contentType).send(await text()),
  )
}
