import type { ServerResponse } from 'node:http'
import { headLines } from '../huaweicloud/head-lines.ts'
import { lastRemembered } from '../huaweicloud/last-remembered.ts'
import { CLOSE_ALL, enveloped, OPEN } from './envelope.ts'
import { ALWAYS } from './headers.ts'
import type { QuickPlan } from './quick-plan.ts'
import type { Allowance } from './rate-buckets.ts'
import { linesOf } from './rate-limits.ts'

/** A longer answer costs more to be turned into text and back than it does to be written by itself. */
const LONGEST_TEXT = 15 * 1024

export const isShort = (body: Buffer): boolean => body.length <= LONGEST_TEXT

/** Head and body in one piece where they are short: bytes are Latin-1 letters to Node, which puts both into one string. */
export function sendText(response: ServerResponse, headers: string[], body: Buffer): void {
  if (!isShort(body)) {
    const whole = enveloped(body)
    headers.push('content-length', String(whole.length))
    response.writeHead(200, headers)
    response.end(whole)
    return
  }
  const text = OPEN + body.toString('latin1') + CLOSE_ALL
  headers.push('content-length', String(text.length))
  response.writeHead(200, headers)
  response.end(text, 'latin1')
}

/** What a head tells of one answer. */
export interface Told {
  readonly id: string
  readonly upstreamId: string | undefined
  readonly rates: Allowance
  readonly plan: Pick<QuickPlan, 'lines'>
}

/** Writes short answers whole, as Node writes them, for connections that stay open. */
export function textWriter(keepAliveMs: number): (told: Told, body: Buffer) => string {
  const always = headLines(ALWAYS)
  const kept = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMs / 1_000)}\r\n\r\n${OPEN}`
  const around = OPEN.length + CLOSE_ALL.length
  return ({ id, upstreamId, rates, plan }, body) => {
    const upstream = upstreamId ? `x-upstream-request-id: ${upstreamId}\r\n` : ''
    const lines = `${always}${linesOf(rates)}${upstream}${plan.lines}`
    const length = `content-length: ${around + body.length}\r\nDate: ${httpDate(Math.floor(Date.now() / 1_000))}\r\n`
    return `HTTP/1.1 200 OK\r\nx-request-id: ${id}\r\n${lines}${length}${kept}${body.toString('latin1')}${CLOSE_ALL}`
  }
}

/** Of a time in seconds (RFC 9110, 5.6.7). */
const httpDate = lastRemembered((second: number) => new Date(second * 1_000).toUTCString())
