import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { AnswerCache, Found } from './cache.ts'
import type { Wish } from './compression.ts'
import { etagOf, isKnown } from './etag.ts'
import { DEPRECATED, JSON_TYPE, upstreamIdHeader } from './headers.ts'
import { stream } from './raw-answer.ts'
import { upstreamIdOf } from './secrets.ts'

/** Sends an answer that is in memory, or tells that the caller has it already. */
export async function answerKept(
  reply: FastifyReply,
  { kept, age }: Extract<Found, { kept: unknown }>,
  wish: Wish | undefined,
  form: AnswerCache['form'],
): Promise<void> {
  const { notes, headers: asked } = reply.request
  if (kept.requestId) notes.upstreamRequestId = kept.requestId
  const coding = wish?.codingFor(kept.body.length)
  const etag = etagOf(kept.tag, coding)
  const isNews = !isKnown(asked['if-none-match'], etag)
  const body = coding && isNews ? await form(kept, coding) : kept.body
  if (reply.raw.closed) {
    await reply.send() // to nobody; but its outcome is logged
    return
  }
  reply.hijack()
  notes.answered = true
  const headers = {
    ...(reply.getHeaders() as Record<string, string>),
    ...(notes.keysInUrl ? DEPRECATED : {}),
    ...upstreamIdHeader(upstreamIdOf(reply.request)),
    ...(age === undefined ? {} : { age: String(Math.floor(age / 1_000)) }),
    etag,
  }
  if (!isNews) return void reply.raw.writeHead(304, headers).end()
  reply.raw.writeHead(200, {
    ...headers,
    ...JSON_TYPE,
    ...(coding ? { 'content-encoding': coding } : {}),
    'content-length': String(body.length),
  })
  if (body.length <= PIECE) return void reply.raw.end(body)
  stream(inPieces(body), reply.raw, (why) => {
    notes.reason ??= why
  })
}

const PIECE = 64 * 1024

/** A slow reader must not make TLS hold all of it a second time. */
function inPieces(body: Buffer): Readable {
  let at = 0
  return new Readable({
    read() {
      if (at >= body.length) return void this.push(null)
      this.push(body.subarray(at, at + PIECE))
      at += PIECE
    },
  })
}
