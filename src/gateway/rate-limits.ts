import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, type Identify, identifier } from '../huaweicloud/caller.ts'
import { lastRemembered } from '../huaweicloud/last-remembered.ts'
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
  /** Among which each rate is divided, as each counts for itself; one, if left out. */
  readonly processes?: number
}

export interface RateLimits {
  /** Before anything of a request is read. */
  byAddress(request: FastifyRequest, reply: FastifyReply): void
  /** As soon as it is known who asks, and before Huawei Cloud is asked. */
  byCaller(who: { caller?: Caller; grant?: Grant }, reply: FastifyReply): void
  /** Both at once, for a caller who came with keys: how things stand. Undefined where a limit is reached; then nothing was taken. */
  quick(address: string | undefined, identity: string): Allowance | undefined
  /** Names the caller for {@link quick}. */
  readonly identify: Identify
  readonly guesses: TokenGuesses
}

const UNLIMITED: Allowance = { limit: Number.POSITIVE_INFINITY, remaining: 0, reset: 0, wait: 0 }

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
  const buckets = (perSecond: number) => new Buckets(perSecond / (rates.processes ?? 1), outside)
  const callers = rates.caller > 0 ? buckets(rates.caller) : undefined
  const addresses = buckets(rates.address || USUAL_ADDRESS_RATE)
  const scrapes = buckets(SCRAPE_RATE)
  const holder = lastRemembered(holderOf)

  return {
    byAddress(request, reply) {
      const { config, url } = request.routeOptions
      // Those who run the server ask these, and must not be turned away when somebody else asks too much.
      if (rates.address === 0 || config?.kind === 'probe') return
      const allowance = (url === '/metrics' ? scrapes : addresses).take(
        holder(request.raw.socket.remoteAddress),
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
    identify,
    quick(address, identity) {
      if (rates.address === 0 && !callers) return UNLIMITED
      const from = rates.address === 0 ? undefined : holder(address)
      if (from !== undefined && addresses.look(from).wait > 0) return undefined
      const ofCaller = callers?.take(identity)
      if (ofCaller && ofCaller.wait > 0) return undefined
      const ofAddress = from === undefined ? undefined : addresses.take(from)
      const lesser = ofAddress && ofCaller && ofCaller.remaining < ofAddress.remaining ? ofCaller : ofAddress
      return lesser ?? (ofCaller as Allowance)
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
function tell(allowance: Allowance, reply: FastifyReply): void {
  const told = reply.getHeader('ratelimit-remaining')
  if (told === undefined || Number(told) > allowance.remaining) reply.headers(fieldsOf(allowance))
}

export const fieldsOf = (allowance: Allowance): Record<string, string> =>
  allowance === UNLIMITED
    ? {}
    : {
        'ratelimit-limit': String(allowance.limit),
        'ratelimit-remaining': String(allowance.remaining),
        'ratelimit-reset': String(allowance.reset),
      }

/** The same as lines of a head. */
export const linesOf = (allowance: Allowance): string =>
  allowance === UNLIMITED
    ? ''
    : `ratelimit-limit: ${allowance.limit}\r\nratelimit-remaining: ${allowance.remaining}\r\nratelimit-reset: ${allowance.reset}\r\n`
