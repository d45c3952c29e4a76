import { Overloaded } from './bulkhead.ts'
import type { SigningClock } from './clock.ts'
import type { Connections } from './connections.ts'
import { ExchangeError, exchange, type Incoming, type Outgoing } from './exchange.ts'
import { type Circumstances, type Failure, UpstreamFailure } from './failure.ts'
import { type Sendable, signedMessage } from './signed-message.ts'
import { whyFailed } from './why-failed.ts'

/** Fails with {@link UpstreamFailure} when nothing comes back. */
export type Deliver = (request: Sendable) => Promise<Incoming>

/** Takes a place, signs and sends one request, and brings whatever is answered. */
export function buildDelivery(connections: Connections, clock: Pick<SigningClock, 'now'>): Deliver {
  return async (request) => {
    const made = request.made?.take()
    if (made) return made.catch((error) => fail(request, error))
    const { bulkhead, dispatcher } = connections.to(request.endpoint.origin)
    const release =
      bulkhead.enterNow(request.identity) ??
      (await bulkhead.enter(request.signal, request.identity).catch((why) => {
        const failure: Failure =
          why instanceof Overloaded ? { kind: 'overloaded', by: why.by } : whyFailed(why, false)
        throw failed(request, failure, false)
      }))
    let message: Outgoing
    try {
      message = signedMessage(request, clock.now(request.endpoint.origin))
    } catch (error) {
      release()
      throw error
    }
    return exchange(dispatcher, message, request.signal, release).catch((error) => fail(request, error))
  }
}

function fail(request: Sendable, error: unknown): never {
  throw error instanceof ExchangeError
    ? failed(request, whyFailed(error.cause, error.sent, error.answered), error.sent)
    : error
}

/** The failure of a request; `sent` tells whether Huawei may have got any of it. */
export const failed = (request: Sendable, failure: Failure, sent = true): UpstreamFailure =>
  new UpstreamFailure(failure, circumstances(request, sent))

function circumstances(request: Sendable, sent: boolean): Circumstances {
  const { operation, region, endpoint, clientToken } = request
  return { operation, region, host: endpoint.host, sent, ...(clientToken ? { clientToken } : {}) }
}
