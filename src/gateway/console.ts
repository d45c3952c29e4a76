import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { codingFor } from './coding-choice.ts'
import { type ConsoleFiles, FORMS } from './console-files.ts'
import { consoleMissingHtml } from './console-missing.ts'
import { htmlAnswer, pageLanguage } from './html-answer.ts'
import { nothingHere } from './not-found.ts'

export interface ConsolePage {
  version: string
  /** The sandbox keys, where there is one: they are no secret. */
  sandbox?: { accessKey: string; secretKey: string } | undefined
}

const A_YEAR = 'public, max-age=31536000, immutable'

/** Styles that the page writes itself carry the nonce of this one answer; nothing else inline is heard. */
const contentPolicy = (nonce: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; ` +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'"

/** `/console`: one page for every path below it, which shows what the path says, and its parts. */
export function mountConsole(app: FastifyInstance, files: ConsoleFiles | undefined, page: ConsolePage): void {
  const config = { kind: 'page' } as const
  const options = { config, exposeHeadRoute: true }
  const index = files ? pageOf(files.index, page) : missing
  app.get('/console', options, async (request, reply) => index(request, reply))
  app.get('/console/*', options, async (request, reply) => index(request, reply))
  if (!files) return

  app.get('/console/LICENSES.txt', options, async (_, reply) =>
    reply
      .headers({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' })
      .send(files.licences),
  )
  app.get<{ Params: { '*': string } }>('/console/assets/*', options, async (request, reply) => {
    const name = request.params['*']
    const asset = files.assets.get(name)
    const { coding } = codingFor(request.headers['accept-encoding'], asset?.forms)
    const bytes =
      asset &&
      (await files.read(
        name,
        FORMS.find((form) => form === coding),
      ))
    if (!bytes) throw nothingHere(request, app)
    if (coding) reply.header('content-encoding', coding)
    if (asset.forms.length > 0) reply.header('vary', 'Accept-Encoding')
    return reply
      .headers({
        'content-type': asset.type,
        'cache-control': A_YEAR,
        'cross-origin-resource-policy': 'same-origin',
      })
      .send(bytes)
  })
}

type Answering = (request: FastifyRequest, reply: FastifyReply) => FastifyReply

/** Fills the places of the page; a nonce is good for one answer, so this one is kept by nobody. */
function pageOf(text: string, { version, sandbox }: ConsolePage): Answering {
  const values = {
    version,
    sandboxAccessKey: sandbox?.accessKey ?? '',
    sandboxSecretKey: sandbox?.secretKey ?? '',
  }
  return (request, reply) => {
    const nonce = randomBytes(18).toString('base64')
    const lang = pageLanguage(request.headers)
    return htmlAnswer(reply, lang, contentPolicy(nonce)).send(filled(text, { ...values, lang, nonce }))
  }
}

const filled = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')

const missing: Answering = (request, reply) => {
  const language = pageLanguage(request.headers)
  const policy =
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  return htmlAnswer(reply, language, policy).send(consoleMissingHtml(language))
}
