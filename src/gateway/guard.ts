import type { IncomingMessage } from 'node:http'
import { GatewayError } from './errors.ts'

export interface GuardSettings {
  /** Names we answer to, each with or without a port. Without one, any port will do. */
  allowedHosts: readonly string[]
  /** Other sites whose pages may call us, as `https://name[:port]`. */
  allowedOrigins: readonly string[]
  /** `https` with a certificate of our own. */
  scheme: 'http' | 'https'
  /** Where we listen, known only after the fact. */
  ports(): readonly number[]
}

/** What a route is, as far as browsers are concerned. */
export type Kind = 'api' | 'raw' | 'page' | 'probe'

export type Guard = (request: IncomingMessage, kind: Kind) => void

const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/
export const LONGEST_URL = 8 * 1024
const MOST_HEADERS = 100
const TAKES_NO_BODY = new Set(['GET', 'HEAD', 'DELETE'])

/**
 * Stands in front of every route. A server on loopback is within reach of every page its user opens: by a
 * name that resolves to 127.0.0.1 (DNS rebinding), by a plain form or image tag (CSRF). So the Host must be
 * ours, the Origin too, and a browser must not say that another site asks; for reads as well, since they
 * carry keys and cost quota.
 */
export function buildGuard(settings: GuardSettings): Guard {
  const isOurs = (host: string) => isAllowedHost(host, settings)
  const isInvited = (origin: string) => settings.allowedOrigins.includes(origin.toLowerCase())
  const mayCall = (origin: string) =>
    isInvited(origin) ||
    (origin.startsWith(`${settings.scheme}://`) && isOurs(origin.slice(settings.scheme.length + 3)))

  return (request, kind) => {
    const { url = '/', headers } = request
    if (url.length > LONGEST_URL) throw new GatewayError('URI_TOO_LONG')
    if (request.rawHeaders.length > 2 * MOST_HEADERS) throw new GatewayError('HEADERS_TOO_LARGE')
    checkFraming(request)
    if (kind !== 'probe') checkHost(request, url, isOurs)
    const { origin } = headers
    if (origin !== undefined && !mayCall(origin)) throw new GatewayError('ORIGIN_NOT_ALLOWED')
    // An invited site is another site, and says so.
    const isGuest = origin !== undefined && isInvited(origin)
    if (!isGuest && !isOwnPage(request, kind)) throw new GatewayError('ORIGIN_NOT_ALLOWED')
    if (kind !== 'raw' && TAKES_NO_BODY.has(request.method ?? '') && hasBody(request))
      throw new GatewayError('BODY_NOT_ALLOWED')
  }
}

/** Where its sender or a proxy in front could take the end of a request for another, or wants more than HTTP/1.1. */
function checkFraming({ headers, httpVersionMajor, httpVersionMinor }: IncomingMessage): void {
  const { 'transfer-encoding': coding, upgrade, expect } = headers
  if (httpVersionMajor > 1) throw new GatewayError('MALFORMED_HTTP', CLOSE)
  if (coding !== undefined && (httpVersionMinor === 0 || coding.toLowerCase() !== 'chunked'))
    throw new GatewayError('MALFORMED_HTTP', CLOSE)
  // Java's own client offers HTTP/2 with its first request, and may be left unheard (RFC 9110, 7.8).
  if (upgrade !== undefined && !/^h2c$/i.test(upgrade)) throw new GatewayError('UPGRADE_NOT_SUPPORTED', CLOSE)
  if (expect !== undefined && !/^100-continue$/i.test(expect))
    throw new GatewayError('EXPECTATION_FAILED', CLOSE)
}

/** Who sends this may mean something else by what follows. */
const CLOSE = { headers: { connection: 'close' } }

function checkHost(request: IncomingMessage, url: string, isOurs: (host: string) => boolean): void {
  const hosts = timesNamed(request.rawHeaders, 'host')
  if (hosts === 0) throw new GatewayError('MISSING_HOST', CLOSE)
  const host = request.headers.host ?? ''
  if (hosts > 1 || !/^(?:[\w.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i.test(host)) {
    throw new GatewayError('INVALID_HOST', CLOSE)
  }
  if (!isOurs(host)) throw new GatewayError('HOST_NOT_ALLOWED')
  const [, target] = /^\w+:\/\/([^/?#]*)/.exec(url) ?? []
  if (target !== undefined && target.toLowerCase() !== host.toLowerCase())
    throw new GatewayError('TARGET_HOST_MISMATCH', CLOSE)
}

function timesNamed(rawHeaders: readonly string[], name: string): number {
  let times = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const each = rawHeaders[at]
    if (each?.length === name.length && each.toLowerCase() === name) times += 1
  }
  return times
}

function isAllowedHost(host: string, { allowedHosts, scheme, ports }: GuardSettings): boolean {
  const [, name = '', port = scheme === 'https' ? '443' : '80'] =
    /^(.*?)(?::(\d+))?$/.exec(host.toLowerCase()) ?? []
  const plain = name.replace(/\.$/, '')
  return (
    allowedHosts.includes(plain) ||
    allowedHosts.includes(`${plain}:${port}`) ||
    (LOOPBACK_NAME.test(plain) && ports().includes(Number(port)))
  )
}

/**
 * Browsers say who asks (https://www.w3.org/TR/fetch-metadata/); programs do not. Another site is refused,
 * but following its link to one of our pages is what links are for, and our pages may load their parts.
 */
function isOwnPage({ headers, method }: IncomingMessage, kind: Kind): boolean {
  const site = headers['sec-fetch-site']
  const mode = headers['sec-fetch-mode']
  if (site === undefined && mode === undefined) return true
  const isVisit = mode === 'navigate' && headers['sec-fetch-dest'] === 'document' && method === 'GET'
  if (kind === 'page' && isVisit) return true
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  return mode !== 'no-cors' || kind === 'page'
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
