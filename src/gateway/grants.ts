import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import type { Caller } from '../huaweicloud/caller.ts'
import type { Reason } from './catalogue.ts'
import { GatewayError } from './errors.ts'
import { agentOf } from './inside.ts'
import type { TokenGuesses } from './rate-token-guesses.ts'
import type { Scope } from './route.ts'

/** What a token may do. Each holds those before it. */
const LADDER = ['read', 'operate', 'admin'] as const
/** `iam` stands apart, for raw calls to IAM. `mcp` takes away: the token is an agent's, and good for nothing but `/mcp`. */
export const TOKEN_SCOPES = [...LADDER, 'iam', 'mcp'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

/** What a gateway token stands for. */
export interface Grant {
  readonly id: string
  readonly caller: Caller
  readonly scopes: readonly TokenScope[]
  /** Undefined: all. */
  readonly regions?: readonly string[]
  /** The profile's own, where it can only be the one region's that the token is for. */
  readonly projectId?: string
}

/** Why a token opens nothing. Its id is told only once its secret is proven. */
export interface Refused {
  readonly refused: 'unknown' | 'expired' | 'revoked' | 'no-keys' | 'unreadable'
  readonly id?: string
}

/** Keeps keys for those who hold a token. */
export interface Vault {
  open(token: string): Promise<Grant | Refused>
  close(): Promise<void>
}

/** Left out, a route is none of a token's business. A function tells by the request, before anything is read. */
export type RouteScope = Scope | TokenScope | ((request: FastifyRequest) => TokenScope)

declare module 'fastify' {
  interface FastifyContextConfig {
    scope?: RouteScope
    /** Whether tokens that are agents' alone may call it. */
    isForAgents?: true
  }
}

/**
 * The one place where tokens are opened and scopes enforced, for every route: what a route needs stands in
 * its `config.scope`. Undefined where there is no token. Afterwards the grant is in `request.notes.grant`; regions are
 * checked by whoever reads them.
 */
export function buildTokenCheck(
  vault: Vault | undefined,
  guesses: TokenGuesses,
): (request: FastifyRequest) => Promise<void> | undefined {
  return (request) => {
    const { headers, routeOptions, is404 } = request
    const { scope, kind } = routeOptions.config ?? {}
    if (is404 || scope === 'open' || kind === 'page' || kind === 'probe') return undefined
    const token = tokenIn(headers)
    return token === undefined ? undefined : open(request, token, routeOptions.config ?? {})
  }

  async function open(
    request: FastifyRequest,
    token: string,
    { scope, isForAgents }: FastifyContextConfig,
  ): Promise<void> {
    const { notes, headers } = request
    notes.secrets.push(token)
    if (KEY_HEADERS.some((name) => headers[name])) throw keysBeside()
    guesses.before(request, token)
    const opened: Grant | Refused = vault ? await vault.open(token) : { refused: 'unknown' }
    if (opened.id) notes.tokenId = opened.id
    if ('refused' in opened) {
      if (opened.refused === 'unknown') guesses.wrong(request)
      throw new GatewayError(REASON_OF[opened.refused])
    }
    guesses.right(token)
    const { caller } = opened
    notes.secrets.push(caller.secretKey, ...(caller.securityToken ? [caller.securityToken] : []))
    notes.caller = caller
    notes.grant = opened
    requireScope(opened, typeof scope === 'function' ? scope(request) : scope)
    if (opened.scopes.includes('mcp') && !isForAgents && !agentOf(request.raw)) throw agentsOnly()
  }
}

const KEY_HEADERS = ['x-access-key', 'x-secret-key', 'x-security-token']

const REASON_OF: Record<Refused['refused'], Reason> = {
  unknown: 'TOKEN_UNKNOWN',
  expired: 'TOKEN_EXPIRED',
  revoked: 'TOKEN_REVOKED',
  'no-keys': 'TOKEN_HAS_NO_KEYS',
  unreadable: 'TOKENS_UNREADABLE',
}

/** One of ours. A bearer of another form is somebody else's, for example of a proxy in front. */
export function tokenIn({ authorization }: IncomingHttpHeaders): string | undefined {
  const bearer = bearerIn(authorization)
  return bearer?.startsWith('hca_') ? bearer : undefined
}

export const hasForeignBearer = ({ authorization }: IncomingHttpHeaders): boolean => {
  const bearer = bearerIn(authorization)
  return bearer !== undefined && !bearer.startsWith('hca_')
}

const bearerIn = (authorization = '') => /^bearer +(\S.*)$/i.exec(authorization)?.[1]?.trim()

const agentsOnly = () =>
  new GatewayError('SCOPE_TOO_SMALL', {
    message: 'This token is an agent’s: it may call /mcp and nothing else.',
    metadata: { only: '/mcp' },
  })

export const keysBeside = () =>
  new GatewayError('CREDENTIALS_CONFLICT', {
    message: 'A token stands for keys kept by this server: send it without keys beside it.',
  })

/** Whether a grant reaches as far as a scope. */
export function allows({ scopes }: Pick<Grant, 'scopes'>, needed: Scope | TokenScope): boolean {
  if (needed === 'open') return true
  if (needed === 'iam' || needed === 'mcp') return scopes.includes(needed)
  return LADDER.slice(LADDER.indexOf(needed)).some((scope) => scopes.includes(scope))
}

export function requireScope(grant: Pick<Grant, 'scopes'>, needed: Scope | TokenScope | undefined): void {
  if (needed === undefined)
    throw new GatewayError('SCOPE_TOO_SMALL', { message: 'No token may call this, whatever its scope.' })
  if (allows(grant, needed)) return
  throw new GatewayError('SCOPE_TOO_SMALL', {
    message: `This call needs a token of scope ${needed}; this one has ${grant.scopes.join(', ')}.`,
    metadata: { scope: needed },
  })
}

/** No region at all means the whole account, which a token for some regions does not reach. */
export function requireRegions({ regions }: Pick<Grant, 'regions'>, asked: readonly string[]): void {
  if (regions === undefined) return
  if (asked.length > 0 && asked.every((id) => regions.includes(id))) return
  const what = asked.length > 0 ? 'another region' : 'the whole account; send one as regionId'
  throw new GatewayError('SCOPE_TOO_SMALL', {
    message: `This token is for ${regions.join(', ')}, and the call is for ${what}.`,
    metadata: { regions: regions.join(',') },
  })
}
