import { header, MOST_REFUSAL_BYTES, type Refused, refused } from './answer-fault.ts'
import type { SigningClock } from './clock.ts'
import type { Connections } from './connections.ts'
import { buildDelivery, failed } from './delivery.ts'
import type { Incoming } from './exchange.ts'
import { readRefusal } from './refusal.ts'
import type { Sendable } from './signed-message.ts'

/** Whatever Huawei answered, untouched; its body is whole up to 256 KiB and a stream beyond. */
export interface RawAnswer extends Incoming {
  readonly requestId?: string
  /** What a 4xx or 5xx says, as far as that shows; its bytes are in the body all the same. */
  readonly refusal?: Refused
}

export type SendRaw = (request: Sendable) => Promise<RawAnswer>

/** Signs and sends one request, and takes every answer for one. */
export function buildRawTransport(connections: Connections, clock: Pick<SigningClock, 'now'>): SendRaw {
  const deliver = buildDelivery(connections, clock)
  return async (request) => {
    const incoming = await deliver(request)
    const { status, body } = incoming
    if (status < 200 || status > 599) {
      if (!Buffer.isBuffer(body)) body.destroy()
      throw failed(request, { kind: 'nonsense', why: 'protocol' })
    }
    const requestId = header(incoming, 'x-request-id')
    return {
      ...incoming,
      ...(status < 400 ? {} : { refusal: refused(incoming, readRefusal(beginningOf(incoming))) }),
      ...(requestId ? { requestId } : {}),
    }
  }
}

/** What has come of a stream is looked at and put back. */
function beginningOf({ body }: Incoming): string {
  if (Buffer.isBuffer(body)) return body.subarray(0, MOST_REFUSAL_BYTES).toString()
  const start: Buffer | null = body.read(Math.min(MOST_REFUSAL_BYTES, body.readableLength))
  if (start) body.unshift(start)
  return start?.toString() ?? ''
}
