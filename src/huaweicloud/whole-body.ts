import type { Readable } from 'node:stream'
import { type Circumstances, type Failure, UpstreamFailure } from './failure.ts'
import type { Operation } from './operation.ts'
import type { Answer } from './transport.ts'
import { whyFailed } from './why-failed.ts'

/** What is read into memory at most, unless said otherwise. */
const MOST_BYTES = 32 * 1024 * 1024

/** What was asked, and how long its answer may be waited for and how long it may be. */
export interface Reading {
  operation: Operation
  region: string
  signal?: AbortSignal
  most?: number
}

/**
 * What `read` finds in all of an answer's body. Fails with {@link UpstreamFailure}: as {@link wholeBody} does, and where
 * `read` throws, since what cannot be read is nonsense of Huawei's.
 */
export async function readAnswer<Found>(
  answer: Answer,
  { operation, region, signal, most }: Reading,
  read: (body: Buffer) => Found,
): Promise<Found> {
  const circumstances: Circumstances = { operation, region, host: answer.host, sent: true }
  const body = await wholeBody(answer, circumstances, signal, most)
  try {
    return read(body)
  } catch {
    throw new UpstreamFailure({ kind: 'nonsense', why: 'protocol' }, circumstances)
  }
}

/** All of an answer's body. Fails with {@link UpstreamFailure} when it breaks off, has no end, or is stopped. */
async function wholeBody(
  { body }: Answer,
  circumstances: Circumstances,
  signal?: AbortSignal,
  most = MOST_BYTES,
): Promise<Buffer> {
  if (Buffer.isBuffer(body)) return body
  // The exchange lets go of the deadline when a long body begins.
  const stop = () => body.destroy(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body as Readable & AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > most) break // leaving the loop destroys the stream
    }
  } catch {
    const failure: Failure = signal?.aborted ? whyFailed(signal.reason, true, true) : { kind: 'truncated' }
    throw new UpstreamFailure(failure, circumstances)
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  if (size > most) throw new UpstreamFailure({ kind: 'nonsense', why: 'too-large' }, circumstances)
  return Buffer.concat(chunks, size)
}
