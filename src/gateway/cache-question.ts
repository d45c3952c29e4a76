import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { GLOBAL } from '../huaweicloud/cloud.ts'
import type { Asker } from './asker.ts'
import type { Sought } from './cache.ts'
import type { Limit } from './deadline.ts'
import type { Intake } from './intake.ts'
import { languageOf } from './language.ts'
import type { Askable, Route } from './route.ts'

/** https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1, as far as it is about what was kept earlier. */
const ANEW = /(?:^|,)\s*(?:no-store|max-age=0)\s*(?:,|$)/i
const NO_CACHE = /(?:^|,)\s*no-cache\s*(?:,|$)/i

/** Fetch puts `no-cache` beside every If-None-Match (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, 8.16). */
function wantsAnew({ 'cache-control': said = '', 'if-none-match': known }: IncomingHttpHeaders): boolean {
  return ANEW.test(said) || (known === undefined && NO_CACHE.test(said))
}

/** What a request asks, where an answer that is kept would do; undefined where it asks for more than Huawei's own page. */
export function soughtBy(
  { headers, notes }: FastifyRequest,
  route: Route,
  intake: Intake,
  call: Askable<never>,
  asker: Asker,
  limit: Limit,
): Sought | undefined {
  const { caller, regionId: region = GLOBAL, projectId } = intake
  const question = intake.list ? undefined : route.asks?.(call)
  if (!caller || !question) return undefined
  const { operation, ...asked } = question
  return {
    caller,
    operation,
    region,
    projectId,
    language: languageOf(headers),
    query: asked.query ?? [],
    anew: wantsAnew(headers),
    limit,
    send: (signal, until) => asker(operation, asked, { region, projectId, signal, until }),
    time: (act) => notes.upstream.time(act),
  }
}
