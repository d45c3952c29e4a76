import type { FastifyInstance } from 'fastify'
import { etagOf, isKnown, tagOf } from '../etag.ts'
import { JSON_TYPE } from '../headers.ts'

interface Served {
  body: Buffer
  etag: string
}

/** The document, loaded and made when it is first asked for: most servers never are. Returns what forgets it. */
export function mountOpenApi(app: FastifyInstance, version: string): () => void {
  let made: Promise<Served> | undefined
  app.get('/openapi.json', { config: { kind: 'page' }, exposeHeadRoute: true }, async (request, reply) => {
    made ??= make(version)
    const { body, etag } = await made
    reply.headers({ etag, 'cache-control': 'no-cache' })
    if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
    return reply.headers(JSON_TYPE).send(body)
  })
  return () => {
    made = undefined
  }
}

async function make(version: string): Promise<Served> {
  const { openApi } = await import('./document.ts')
  const body = Buffer.from(JSON.stringify(openApi(version)))
  return { body, etag: etagOf(tagOf(body)) }
}
