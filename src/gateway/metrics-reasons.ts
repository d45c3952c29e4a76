import { catalogue } from './catalogue.ts'

/** Huawei has some thousand codes, of which an ordinary day shows a few dozen. */
const MOST_CODES = 200
const CODE = /^[A-Za-z]{2,10}\.\d{4}$/

/**
 * A reason as a label. Ours come from the catalogue. Huawei's are whatever its answer says, so only those that look like
 * a code of its own are taken, and not for ever: a label must have few values, and none that somebody could choose.
 */
export function reasonLabels(): (reason: string | undefined) => string {
  const met = new Set<string>()
  return (reason) => {
    if (reason === undefined) return ''
    if (Object.hasOwn(catalogue, reason) || /^HTTP_\d{3}$/.test(reason) || met.has(reason)) return reason
    if (met.size === MOST_CODES || !CODE.test(reason)) return 'huawei'
    met.add(reason)
    return reason
  }
}
