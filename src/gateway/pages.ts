import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { catalogue } from './catalogue.ts'
import { mountConsole } from './console.ts'
import { consoleFiles } from './console-files.ts'
import { mountDocs } from './docs-page.ts'
import { htmlAnswer, pageLanguage } from './html-answer.ts'
import { mountOpenApi } from './openapi/served.ts'
import { welcomeCss, welcomeHtml, welcomeText } from './welcome.ts'

export interface PageSettings {
  version: string
  sandbox?: { accessKey: string; secretKey: string } | undefined
  /** Whether it is served, or the folder it is in. */
  console: boolean | string
  state(): 'ready' | 'draining' | 'overloaded'
  /** Takes what can be forgotten when memory runs short. */
  onShortage(forget: () => void): void
}

const CONTENT_POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const wantsHtml = ({ headers }: FastifyRequest) => headers.accept?.includes('text/html') === true

/** What is looked at by people and by those who run the server. */
export function mountPages(
  app: FastifyInstance,
  { version, sandbox, console, state, onShortage }: PageSettings,
): void {
  const files = console === false ? undefined : consoleFiles(console === true ? undefined : console)
  const options = { config: { kind: 'page' }, exposeHeadRoute: true } as const
  const welcome = async (request: FastifyRequest, reply: FastifyReply) => {
    const base = `${request.protocol}://${request.headers.host}`
    const values = { version, sandbox, base, hasConsole: files !== undefined }
    const language = pageLanguage(request.headers)
    const vary = 'Accept, Accept-Language'
    return wantsHtml(request)
      ? htmlAnswer(reply, language, CONTENT_POLICY).headers({ vary }).send(welcomeHtml(language, values))
      : reply
          .headers({ vary, 'content-language': language, 'content-type': 'text/plain; charset=utf-8' })
          .send(welcomeText(language, values))
  }
  app.get('/welcome', options, welcome)
  app.get('/', options, async (request, reply) =>
    files && wantsHtml(request)
      ? reply.header('vary', 'Accept').redirect('/console/', 302)
      : welcome(request, reply),
  )
  app.get('/welcome.css', { config: { kind: 'page' } }, async (_, reply) =>
    reply
      .headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' })
      .send(welcomeCss),
  )
  if (console !== false) mountConsole(app, files, { version, sandbox })
  if (files) onShortage(files.clear)
  onShortage(mountOpenApi(app, version))
  mountDocs(app, { version, sandbox })
  app.get('/livez', { config: { kind: 'probe' }, exposeHeadRoute: true }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config: { kind: 'probe' }, exposeHeadRoute: true }, async (_, reply) => {
    const status = state()
    if (status === 'ready') return { status }
    return reply.code(catalogue.SHUTTING_DOWN.code).send({ status })
  })
}
