import type { FastifyInstance } from 'fastify'
import { GatewayError } from './errors.ts'
import { isJsonType, readJson } from './json-body.ts'

/** The only kind of body there is: JSON, in UTF-8, not compressed. */
export function mountJsonParser(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    const { 'content-type': type, 'content-encoding': encoding } = request.headers
    if (!isJsonType(type) || (encoding && encoding !== 'identity'))
      return done(new GatewayError('UNSUPPORTED_CONTENT_TYPE'))
    // Many clients name the type of a body they do not send.
    if (body.length === 0) return done(null)
    try {
      done(null, readJson(body as Buffer))
    } catch (error) {
      done(error as Error)
    }
  })
}
