import type { IncomingHttpHeaders } from 'node:http'
import { HEADER_VALUE } from '../huaweicloud/cloud.ts'
import type { Violation } from './errors.ts'

/** Those of one connection only: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const HOP_BY_HOP = 'connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade'

/** Ours to say, or between the caller and us. */
const STAYS_HERE = new RegExp(
  `^(?:${HOP_BY_HOP}|host|content-length|expect|authorization|cookie|origin|referer|sec-.*|forwarded|via` +
    '|x-access-key|x-secret-key|x-security-token|x-auth-token|x-project-id|x-sdk-.*|x-forwarded.*|x-real-ip' +
    '|x-request-timeout|prefer|idempotency-key)$',
)

/** Those said anew by us, and those that would tell a browser something about this server. */
const STAYS_THERE = new RegExp(
  `^(?:${HOP_BY_HOP}|set-cookie|www-authenticate|strict-transport-security|server|date|x-request-id` +
    '|x-upstream-request-id|access-control-.*|content-security-policy.*|content-disposition|clear-site-data' +
    '|alt-svc|nel|report-to|reporting-endpoints|cache-control|referrer-policy|x-content-type-options)$',
)

export interface PassedHeaders {
  signed: Record<string, string>
  unsigned: Record<string, string>
  violations: Violation[]
}

/** Which of a caller's headers go to Huawei Cloud, and whether the signature covers them. */
export function passedHeaders(headers: IncomingHttpHeaders): PassedHeaders {
  const named = namedIn(headers.connection)
  const passed: PassedHeaders = { signed: {}, unsigned: { 'accept-encoding': 'identity' }, violations: [] }
  for (const [name, given] of Object.entries(headers)) {
    if (given === undefined || STAYS_HERE.test(name) || named.has(name)) continue
    const value = String(given)
    if (!HEADER_VALUE.test(value))
      passed.violations.push({ field: name, description: 'must be ASCII without control characters' })
    const isSigned = name.startsWith('x-') || name === 'content-type'
    passed[isSigned ? 'signed' : 'unsigned'][name] = value
  }
  return passed
}

export type AnsweredHeaders = Record<string, string | string[]>

/** Which of Huawei's headers go to the caller. */
export function answeredHeaders(headers: Readonly<Record<string, string | string[] | undefined>>) {
  const named = namedIn(headers.connection)
  const answered: AnsweredHeaders = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !STAYS_THERE.test(name) && !named.has(name)) answered[name] = value
  }
  return answered
}

const namedIn = (connection: string | string[] | undefined) =>
  new Set(
    String(connection ?? '')
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  )
