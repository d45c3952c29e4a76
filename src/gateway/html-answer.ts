import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply } from 'fastify'
import { languageOf } from './language.ts'
import type { Language } from './welcome.ts'

/** The language of a page; one who names none is spoken to in English. */
export const pageLanguage = (headers: IncomingHttpHeaders): Language =>
  languageOf(headers) === 'zh-cn' ? 'zh' : 'en'

/** With what every page comes, beside the standard headers: no other site may open it and look into it. */
export const htmlAnswer = (reply: FastifyReply, language: Language, contentPolicy: string): FastifyReply =>
  reply.headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentPolicy,
    'content-language': language,
    vary: 'Accept-Language',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
