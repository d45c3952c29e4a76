import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, identifier } from '../huaweicloud/caller.ts'
import type { Outside } from '../outside.ts'
import { GatewayError } from './errors.ts'
import type { Grant } from './grants.ts'
import type { MetricsOfLimits } from './metrics-kept.ts'
import { holderOf } from './rate-address.ts'
import { type Allowance, Buckets } from './rate-buckets.ts'
import { buildTokenGuesses, type TokenGuesses } from './rate-token-guesses.ts'

/** Requests a second; 0 is no limit. */
export interface Rates {
  readonly caller: number
  readonly address: number
}

export interface RateLimits {
  /** Before anything of a request is read. */
  byAddress(request: FastifyRequest, reply: FastifyReply): void
  /** As soon as it is known who asks, and before Huawei Cloud is asked. */
  byCaller(who: { caller?: Caller; grant?: Grant }, reply: FastifyReply): void
  readonly guesses: TokenGuesses
}

/** Where an address is not limited, wrong tokens still are. */
const USUAL_ADDRESS_RATE = 300
/** The numbers are asked for every few seconds, and cost more than most answers. */
const SCRAPE_RATE = 10

/** How much callers, and addresses, may ask. */
export function buildRateLimits(
  rates: Rates,
  outside: Outside,
  count: MetricsOfLimits['limited'],
): RateLimits {
  const identify = identifier()
  const callers = rates.caller > 0 ? new Buckets(rates.caller, outside) : undefined
  const addresses = new Buckets(rates.address || USUAL_ADDRESS_RATE, outside)
  const scrapes = new Buckets(SCRAPE_RATE, outside)

  return {
    byAddress(request, reply) {
      const { config, url } = request.routeOptions
      // Those who run the server ask these, and must not be turned away when somebody else asks too much.
      if (rates.address === 0 || config?.kind === 'probe') return
      const allowance = (url === '/metrics' ? scrapes : addresses).take(
        holderOf(request.raw.socket.remoteAddress),
      )
      if (isApi(request)) tell(allowance, reply)
      if (allowance.wait === 0) return
      count('address')
      throw limited(allowance, 'This address asks more often than this server allows.')
    },
    byCaller({ caller, grant }, reply) {
      if (!callers || !caller) return
      const allowance = callers.take(grant ? `token ${grant.id}` : identify(caller))
      tell(allowance, reply)
      if (allowance.wait === 0) return
      count('caller')
      throw limited(allowance, 'This caller asks more often than this server allows.')
    },
    guesses: buildTokenGuesses(addresses, count),
  }
}

const isApi = ({ raw }: FastifyRequest) => raw.url?.startsWith('/api/') ?? false

export function limited(allowance: Allowance, message: string): GatewayError {
  const { wait } = allowance
  return new GatewayError('RATE_LIMITED', {
    message,
    retryAfter: wait,
    headers: { 'retry-after': String(wait) },
  })
}

/**
 * Says how things stand, as draft-ietf-httpapi-ratelimit-headers-06 has it: the last version with three fields, which
 * are those that clients know. Of two limits the one that leaves less.
 */
function tell({ limit, remaining, reset }: Allowance, reply: FastifyReply): void {
  const told = reply.getHeader('ratelimit-remaining')
  if (told !== undefined && Number(told) <= remaining) return
  reply.header('ratelimit-limit', String(limit))
  reply.header('ratelimit-remaining', String(remaining))
  reply.header('ratelimit-reset', String(reset))
}
