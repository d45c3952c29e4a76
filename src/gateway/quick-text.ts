import type { ServerResponse } from 'node:http'
import { CLOSE_ALL, enveloped, OPEN } from './envelope.ts'

/** A longer answer costs more to be turned into text and back than it does to be written by itself. */
const LONGEST_TEXT = 15 * 1024

/** Head and body in one piece where they are short: bytes are Latin-1 letters to Node, which puts both into one string. */
export function sendText(response: ServerResponse, headers: string[], body: Buffer): void {
  if (body.length > LONGEST_TEXT) {
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
