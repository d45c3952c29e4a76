import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { JSON_TYPE } from '../headers.ts'
import { openApi } from './document.ts'

/** The document, made when it is first asked for: most servers never are. */
export function mountOpenApi(app: FastifyInstance, version: string): void {
  let made: { body: Buffer; etag: string } | undefined
  const document = () => {
    made ??= withTag(Buffer.from(JSON.stringify(openApi(version))))
    return made
  }
  app.get('/openapi.json', { config: { kind: 'page' }, exposeHeadRoute: true }, async (request, reply) => {
    const { body, etag } = document()
    reply.headers({ etag, 'cache-control': 'no-cache' })
    if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
    return reply.headers(JSON_TYPE).send(body)
  })
}

const withTag = (body: Buffer) => ({
  body,
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
})

/** https://www.rfc-editor.org/rfc/rfc9110#field.if-none-match: a list, compared weakly, or `*`. */
export const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')))
