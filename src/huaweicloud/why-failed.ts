import type { Failure } from './failure.ts'
import { ADDRESS_FORBIDDEN } from './lookup.ts'

/** The caller's own reasons for stopping, given as the reason of an abort. */
export class DeadlineExceeded extends Error {}
export class CallerLeft extends Error {}

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'])
const TIMEOUT = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
])
const TLS =
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|EPROTO|HOSTNAME_MISMATCH|UND_ERR_PRX_TLS)/
/** No HTTP, in the head or in the chunks of a body; where it only ends too early, it was cut. */
const MALFORMED = /^HPE_(?!INVALID_EOF_STATE)/
const PROTOCOL = /^(HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_INVALID|UND_ERR_RESPONSE|UND_ERR_RES_)/

/**
 * Reads the library's error as one of our failures. `sent` and `answered` tell in which phase it came:
 * the same reset means "never asked" before the first byte, and "broke off" after the head.
 */
export function whyFailed(error: unknown, sent: boolean, answered = false): Failure {
  if (error instanceof CallerLeft) return { kind: 'cancelled' }
  if (error instanceof DeadlineExceeded) return { kind: 'timeout' }
  const code = codeOf(error)
  if (code === ADDRESS_FORBIDDEN) return { kind: 'unreachable', why: 'address' }
  if (DNS.has(code)) return { kind: 'unreachable', why: 'dns' }
  if (TLS.test(code)) return { kind: 'unreachable', why: 'tls' }
  if (TIMEOUT.has(code)) return { kind: 'timeout' }
  if (answered && !MALFORMED.test(code)) return { kind: 'truncated' }
  if (sent && PROTOCOL.test(code)) return { kind: 'nonsense', why: 'protocol' }
  return { kind: 'unreachable', why: 'connection' }
}

/** Of several addresses that failed each its own way (`AggregateError`), the first speaks for all. */
function codeOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 4) return ''
  const { code, name, message, cause, errors } = error as Partial<
    Record<'code' | 'name' | 'message' | 'cause', unknown>
  > & { errors?: unknown[] }
  // A change of protocols and a 100 that nobody asked for come as if a socket had broken.
  if (code === 'UND_ERR_SOCKET' && /^bad (?:response|upgrade)$/.test(String(message))) return 'HPE_UNEXPECTED'
  if (typeof code === 'string' && code) return code
  // undici looks its parser's codes up in the wrong direction, so this error comes without one.
  if (name === 'HTTPParserError') return 'HPE_UNKNOWN'
  return codeOf(errors?.[0] ?? cause, depth + 1)
}
