import { createHmac, randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { BoundedMap } from '../huaweicloud/bounded-map.ts'
import { GatewayError } from './errors.ts'
import type { MetricsOfLimits } from './metrics-kept.ts'
import { holderOf } from './rate-address.ts'
import type { Buckets } from './rate-buckets.ts'

/** Keeps tokens from being guessed at speed. */
export interface TokenGuesses {
  /** Refuses a token unread, after too many wrong ones from the same address. */
  before(request: FastifyRequest, token: string): void
  wrong(request: FastifyRequest): void
  right(token: string): void
}

/** Requests that a wrong token counts for, beside the one it came with. */
const COST = 10
/** Tokens that are remembered as good, so that nobody behind the same proxy can shut out those who hold them. */
const MOST_GOOD = 1_000

export function buildTokenGuesses(addresses: Buckets, count: MetricsOfLimits['limited']): TokenGuesses {
  const key = randomBytes(32)
  const nameOf = (token: string) => createHmac('sha256', key).update(token).digest('base64url')
  const good = new BoundedMap<true>(MOST_GOOD)
  // More than a bucket holds would never be there, and no token taken.
  const cost = Math.min(COST, addresses.limit)
  return {
    before({ raw }, token) {
      const { wait } = addresses.look(holderOf(raw.socket.remoteAddress), cost)
      if (wait === 0 || good.get(nameOf(token))) return
      count('wrong-tokens')
      throw new GatewayError('RATE_LIMITED', {
        message: 'Too many wrong tokens came from this address.',
        retryAfter: wait,
        headers: { 'retry-after': String(wait) },
      })
    },
    wrong: ({ raw }) => addresses.charge(holderOf(raw.socket.remoteAddress), cost),
    right: (token) => good.set(nameOf(token), true),
  }
}
