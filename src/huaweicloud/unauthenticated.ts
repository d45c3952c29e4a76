/** Why Huawei answered 401, as far as its text tells. */
export type Unauthenticated =
  | 'wrong-secret'
  | 'unknown-key'
  | 'expired'
  | 'clock-skew'
  | 'locked'
  | 'token-invalid'

/**
 * All of these come as the same status and the same code, `APIGW.0301`; only the text differs
 * (seen in the field, not documented, so unknown texts stay unnamed).
 */
export function causeOf(message: string): { cause: Unauthenticated; skewSeconds?: number } | undefined {
  // First: this text goes on with the whole request, in which any of the words below may stand.
  if (/verify aksk signature fail/i.test(message)) return { cause: 'wrong-secret' }
  if (/signature expired/i.test(message)) return { cause: 'clock-skew', ...skew(message) }
  if (/reach the limit|locked/i.test(message)) return { cause: 'locked' }
  if (/ak not exist|ak \S+ not exist/i.test(message)) return { cause: 'unknown-key' }
  if (/token expires|token.*expired|must be updated/i.test(message)) return { cause: 'expired' }
  if (/token/i.test(message)) return { cause: 'token-invalid' }
  return undefined
}

/** Positive when the server's clock is ahead of ours. */
function skew(message: string): { skewSeconds?: number } {
  const times = /signature time:(\d{8}T\d{6}Z),\s*server time:(\d{8}T\d{6}Z)/i.exec(message)
  if (!times) return {}
  const [, signed = '', server = ''] = times
  const skewSeconds = Math.round((millis(server) - millis(signed)) / 1_000)
  return Number.isNaN(skewSeconds) ? {} : { skewSeconds }
}

const millis = (date: string) =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
