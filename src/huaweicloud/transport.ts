import type { Readable } from 'node:stream'
import { faultOf, header } from './answer-fault.ts'
import type { SigningClock } from './clock.ts'
import type { Connections } from './connections.ts'
import { buildDelivery, failed } from './delivery.ts'
import type { Sendable } from './signed-message.ts'

export type { Sendable }

/** Huawei's good answer, untouched. */
export interface Answer {
  readonly status: number
  readonly host: string
  readonly requestId?: string
  /** Whole up to 256 KiB, a stream beyond. */
  readonly body: Buffer | Readable
}

export type Send = (request: Sendable) => Promise<Answer>

/** Signs and sends one request, and tells a good answer from every way of not getting one. */
export function buildTransport(connections: Connections, clock: Pick<SigningClock, 'now'>): Send {
  const deliver = buildDelivery(connections, clock)
  return async (request) => {
    const incoming = await deliver(request)
    const found = faultOf(incoming, request.operation)
    const failure = found instanceof Promise ? await found : found
    if (failure) throw failed(request, failure)
    const requestId = header(incoming, 'x-request-id')
    return {
      status: incoming.status,
      host: request.endpoint.host,
      body: incoming.body,
      ...(requestId ? { requestId } : {}),
    }
  }
}
