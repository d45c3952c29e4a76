import { createHmac } from 'node:crypto'
import { canonicalRequest, type Signable, sha256, signature, signedHeaders } from './signature.ts'

/**
 * V11-HMAC-SHA256, the signature whose key is derived for one day, region and service; the canonical request
 * is that of SDK-HMAC-SHA256. Opt-in in the official SDKs, whose stock rule picks it for every host that is not
 * `<service>.<region>.myhuaweicloud.com`: the `.eu` hosts and regions numbered in three digits.
 */
export const DERIVED_ALGORITHM = 'V11-HMAC-SHA256'

/** `20260101/cn-north-4/ecs`: what the key is derived for, sent along in place of a scope. */
export const derivedInfo = (date: string, region: string, service: string): string =>
  `${date.slice(0, 8)}/${region}/${service}`

/**
 * HKDF-SHA256 (RFC 5869) of the secret key, salted with the access key: one round, 32 bytes.
 * The key is those bytes written as lower-case hex, 64 characters, not the bytes themselves.
 */
export function derivedKey(accessKey: string, secretKey: string, info: string): string {
  const extracted = createHmac('sha256', accessKey).update(secretKey).digest()
  return createHmac('sha256', extracted).update(`${info}\u0001`).digest('hex')
}

export const derivedStringToSign = (canonical: string, date: string, info: string): string =>
  `${DERIVED_ALGORITHM}\n${date}\n${info}\n${sha256(canonical)}`

/** The value of the `Authorization` header for a request that carries `date` as its `X-Sdk-Date`. */
export function signDerived(
  request: Signable,
  accessKey: string,
  secretKey: string,
  date: string,
  info: string,
): string {
  const text = derivedStringToSign(canonicalRequest(request), date, info)
  const signed = signature(derivedKey(accessKey, secretKey, info), text)
  return `${DERIVED_ALGORITHM} Credential=${accessKey}/${info}, SignedHeaders=${signedHeaders(request.headers)}, Signature=${signed}`
}
