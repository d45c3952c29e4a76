import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply } from 'fastify'
import type { Wish } from './compression.ts'
import { enveloped, streamEnveloped } from './envelope.ts'
import { flushWhenIdle } from './flush-when-idle.ts'
import { DEPRECATED, JSON_TYPE, upstreamIdHeader } from './headers.ts'
import { allowSilence } from './patience.ts'
import { problemOf } from './problem-of.ts'
import type { Outcome } from './route.ts'
import { upstreamIdOf } from './secrets.ts'
import { watchReader } from './slow-reader.ts'

/** Sends what came of a call. */
export async function answerWith(
  reply: FastifyReply,
  outcome: Outcome,
  wantsResponseId = false,
  wish?: Wish,
): Promise<void> {
  const { id, notes } = reply.request
  if ('answer' in outcome && outcome.answer.requestId) notes.upstreamRequestId = outcome.answer.requestId
  const headers = () => ({
    ...(notes.keysInUrl ? DEPRECATED : {}),
    ...upstreamIdHeader(upstreamIdOf(reply.request)),
    ...JSON_TYPE,
    ...outcome.headers,
  })
  if ('empty' in outcome) {
    const { 'content-type': _, ...rest } = headers()
    await reply.code(204).headers(rest).send()
    return
  }
  if ('texts' in outcome) return sendTexts(reply, outcome.texts, headers, wish)
  const responseId = wantsResponseId ? id : undefined
  const body = 'answer' in outcome ? outcome.answer.body : Buffer.from(JSON.stringify(outcome.value))
  const whole = Buffer.isBuffer(body) ? enveloped(body, responseId) : undefined
  const compressed = whole && wish ? await wish.whole(whole) : undefined
  if (reply.raw.closed) {
    if (!Buffer.isBuffer(body)) body.destroy()
    await reply.send() // to nobody; but its outcome is logged
    return
  }
  if (compressed) return sendWhole(reply, compressed.body, { ...headers(), ...codedAs(compressed) })
  if (Buffer.isBuffer(body)) return sendWhole(reply, whole ?? body, headers())
  reply.hijack()
  notes.answered = true
  const compressing = wish?.stream(body.readableLength)
  streamEnveloped(reply.raw, body, {
    headers: {
      ...(reply.getHeaders() as Record<string, string>),
      ...headers(),
      ...(compressing ? codedAs(compressing) : {}),
    },
    ...(responseId ? { responseId } : {}),
    ...(compressing ? { through: compressing.through } : {}),
    onBroken: (why) => {
      notes.reason ??= why
    },
  })
}

const codedAs = ({ coding }: { coding: string }) => ({ 'content-encoding': coding })

/** Without the library's own way out, which costs more than all of ours. */
function sendWhole(reply: FastifyReply, body: Buffer, headers: Record<string, string>): void {
  reply.hijack()
  reply.request.notes.answered = true
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    ...headers,
    'content-length': String(body.length),
  })
  reply.raw.end(body)
}

/**
 * Writes texts as they come and as fast as the caller reads. Until the first is there a failure is thrown, and can
 * still be an answer of its own; later the connection is cut, so that a break looks like one.
 */
async function sendTexts(
  reply: FastifyReply,
  texts: AsyncGenerator<string | Buffer>,
  headers: () => Record<string, string>,
  wish?: Wish,
): Promise<void> {
  const { notes } = reply.request
  // A list may be long in coming; the limit on silence is for those who send nothing, and for slow readers.
  const { socket } = reply.request.raw
  const first = await texts.next().finally(allowSilence(socket))
  reply.hijack()
  notes.answered = true
  reply.raw.setMaxListeners(32) // a pipeline brings most of the ten that Node takes for a leak
  // The first is a page, and tells how long pages are.
  const compressing = first.done ? undefined : wish?.stream(Buffer.byteLength(first.value))
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    ...headers(),
    ...(compressing ? codedAs(compressing) : {}),
  })
  // The log line is written when the connection closes, so the reason must be known by then.
  reply.raw.prependOnceListener('close', () => {
    if (!reply.raw.writableFinished) notes.reason ??= 'CLIENT_LEFT'
  })
  const broken = (error: unknown) => {
    notes.reason ??= problemOf(error).reason
  }
  const body = Readable.from(resumed(first, texts, broken))
  watchReader(reply.raw, body, () => reply.raw.destroy())
  if (compressing) {
    reply.raw.flushHeaders()
    flushWhenIdle(compressing.through, body)
  }
  const way = compressing ? [body, compressing.through, reply.raw] : [body, reply.raw]
  await pipeline(way).catch(() => reply.raw.destroy())
}

async function* resumed(
  first: IteratorResult<string | Buffer>,
  others: AsyncGenerator<string | Buffer>,
  onBroken: (error: unknown) => void,
): AsyncGenerator<string | Buffer> {
  try {
    if (first.done) return
    yield first.value
    yield* others
  } catch (error) {
    onBroken(error)
    throw error
  } finally {
    await others.return(undefined)
  }
}
