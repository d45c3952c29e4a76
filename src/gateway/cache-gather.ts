import type { Readable } from 'node:stream'
import { UpstreamFailure } from '../huaweicloud/failure.ts'
import { isObjectText } from '../huaweicloud/json-bytes.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import type { Answer } from '../huaweicloud/transport.ts'
import { whyFailed } from '../huaweicloud/why-failed.ts'

/**
 * All of an answer's body. Undefined where it is longer than `most` bytes or as many as may be are being gathered; then
 * the body is as it came. Fails with {@link UpstreamFailure} when it breaks off, is no JSON object, or is stopped.
 */
export function gatherer(most: number, atOnce: number) {
  let underWay = 0
  return async (
    { body, host }: Answer,
    asked: { operation: Operation; region: string },
    signal: AbortSignal,
  ): Promise<Buffer | undefined> => {
    if (Buffer.isBuffer(body)) return body.length <= most ? body : undefined
    if (underWay >= atOnce) return undefined
    underWay += 1
    const fail = (failure: UpstreamFailure['failure']) =>
      new UpstreamFailure(failure, { ...asked, host, sent: true })
    try {
      const whole = await gathered(body, most, signal)
      if (whole && !isObjectText(whole)) throw fail({ kind: 'nonsense', why: 'protocol' })
      return whole
    } catch (error) {
      if (error instanceof UpstreamFailure) throw error
      throw fail(signal.aborted ? whyFailed(signal.reason, true, true) : { kind: 'truncated' })
    } finally {
      underWay -= 1
    }
  }
}

function gathered(body: Readable, most: number, signal: AbortSignal): Promise<Buffer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>()
  const chunks: Buffer[] = []
  let size = 0
  const take = (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    if (size <= most) return
    leave()
    body.pause()
    body.unshift(Buffer.concat(chunks, size))
    resolve(undefined)
  }
  const end = () => resolve(Buffer.concat(chunks, size))
  const fail = (error?: Error) => reject(error ?? new Error('broke off'))
  const stop = () => body.destroy(signal.reason)
  const leave = () => {
    body.off('data', take).off('end', end).off('error', fail).off('close', fail)
    signal.removeEventListener('abort', stop)
  }
  body.on('data', take).on('end', end).on('error', fail).on('close', fail)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  return promise.finally(leave)
}
