import type { IncomingHttpHeaders } from 'node:http'
import type { Language } from '../huaweicloud/cloud.ts'

const SPOKEN: Record<string, Language> = { zh: 'zh-cn', en: 'en-us' }
const RANGE = /^\s*([a-z]{1,8})(?:-[a-z0-9-]+)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i

/**
 * Of the languages Huawei Cloud has, the one the caller likes best (RFC 9110, 12.5.4); of equals the first.
 * Undefined when it names none.
 */
export function languageOf({ 'accept-language': header }: IncomingHttpHeaders): Language | undefined {
  const liked = (header ?? '').split(',').flatMap((range) => {
    const [, word = '', weight = '1'] = RANGE.exec(range) ?? []
    const language = SPOKEN[word.toLowerCase()]
    return language && Number(weight) > 0 ? [{ language, weight: Number(weight) }] : []
  })
  return liked.toSorted((a, b) => b.weight - a.weight)[0]?.language
}
