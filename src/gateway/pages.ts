import type { FastifyInstance } from 'fastify'
import { catalogue } from './catalogue.ts'
import { mountDocs } from './docs-page.ts'
import { languageOf } from './language.ts'
import { mountOpenApi } from './openapi/served.ts'
import { welcomeCss, welcomeHtml, welcomeText } from './welcome.ts'

export interface PageSettings {
  version: string
  sandbox?: { accessKey: string; secretKey: string } | undefined
  state(): 'ready' | 'draining' | 'overloaded'
  /** Takes what can be forgotten when memory runs short. */
  onShortage(forget: () => void): void
}

const CONTENT_POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** What is looked at by people and by those who run the server. */
export function mountPages(
  app: FastifyInstance,
  { version, sandbox, state, onShortage }: PageSettings,
): void {
  app.get('/', { config: { kind: 'page' }, exposeHeadRoute: true }, async (request, reply) => {
    const welcome = { version, sandbox, base: `${request.protocol}://${request.headers.host}` }
    const language = languageOf(request.headers) === 'zh-cn' ? 'zh' : 'en'
    const headers = { vary: 'Accept, Accept-Language', 'content-language': language }
    if (!request.headers.accept?.includes('text/html')) {
      return reply
        .headers({ ...headers, 'content-type': 'text/plain; charset=utf-8' })
        .send(welcomeText(language, welcome))
    }
    return reply
      .headers({
        ...headers,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': CONTENT_POLICY,
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      .send(welcomeHtml(language, welcome))
  })
  app.get('/welcome.css', { config: { kind: 'page' } }, async (_, reply) =>
    reply
      .headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' })
      .send(welcomeCss),
  )
  onShortage(mountOpenApi(app, version))
  mountDocs(app, { version, sandbox })
  app.get('/livez', { config: { kind: 'probe' }, exposeHeadRoute: true }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config: { kind: 'probe' }, exposeHeadRoute: true }, async (_, reply) => {
    const status = state()
    if (status === 'ready') return { status }
    return reply.code(catalogue.SHUTTING_DOWN.code).send({ status })
  })
}
