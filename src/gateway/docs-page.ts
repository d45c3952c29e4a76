import type { FastifyInstance } from 'fastify'
import { type ViewerFile, viewerFile, viewerFiles, viewerFolder } from './docs-page-files.ts'
import { type DocsPage, docsCss, docsHtml, docsScript } from './docs-page-parts.ts'
import { isKnown } from './etag.ts'
import { htmlAnswer, pageLanguage } from './html-answer.ts'

/** Nothing inline, nothing from elsewhere; the viewer's own icons are `data:` images. */
const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `/docs`: the OpenAPI document to read and try, served without any other site. */
export function mountDocs(app: FastifyInstance, page: Pick<DocsPage, 'version' | 'sandbox'>): void {
  const folder = viewerFolder()
  const config = { kind: 'page' } as const
  app.get('/docs', { config, exposeHeadRoute: true }, async (request, reply) => {
    const language = pageLanguage(request.headers)
    return htmlAnswer(reply, language, CONTENT_POLICY).send(
      docsHtml({ ...page, language, hasViewer: folder !== undefined }),
    )
  })
  const own = { 'start.js': ['text/javascript', docsScript], 'page.css': ['text/css', docsCss] } as const
  for (const [name, [type, text]] of Object.entries(own)) {
    app.get(`/docs/${name}`, { config }, async (_, reply) =>
      reply.headers({ 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' }).send(text),
    )
  }
  if (folder === undefined) return
  const etag = `"${page.version}"`
  for (const [name, type] of Object.entries(viewerFiles)) {
    app.get(`/docs/${name}`, { config }, async (request, reply) => {
      reply.headers({ etag, 'cache-control': 'no-cache' })
      if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
      return reply.header('content-type', type).send(viewerFile(folder, name as ViewerFile))
    })
  }
}
