import { STATUS_CODES } from 'node:http'
import { catalogue } from '../catalogue.ts'
import type { Route } from '../route.ts'
import { ABOUT_KEYS, ABOUT_RATE, alwaysWith, type HeaderName, headerRefs } from './headers.ts'
import { ref } from './schema.ts'
import type { Ref, Response } from './types.ts'

interface Kind {
  means: string
  /** Which routes can be answered so. */
  of: (route: Pick<Route, 'method' | 'needs'>) => boolean
  /** Headers beside those of all errors. */
  also?: readonly HeaderName[]
  /** Headers that are never missing. */
  always?: HeaderName
}

const any = () => true
const asksHuawei: Kind['of'] = ({ needs }) => needs !== 'none'
const takesBody: Kind['of'] = ({ method }) => method === 'POST' || method === 'PUT'

/** Huawei Cloud's refusals may have any status, and so any status what it was asked with. */
const ALL = ['X-Request-Id', 'X-Upstream-Request-Id', 'X-Client-Token', ...ABOUT_RATE, ...ABOUT_KEYS] as const

/** What each status of an error means. Reasons of ours are listed under it by themselves. */
const kinds: Record<string, Kind> = {
  400: { means: 'Something about the request is wrong.', of: any },
  401: {
    means: 'No keys, or Huawei Cloud does not take them.',
    of: any,
    also: ['Retry-After'],
  },
  403: { means: 'This caller may not do that.', of: any },
  404: { means: 'Huawei Cloud knows no such thing.', of: asksHuawei },
  405: { means: 'The path is there, and is called with another method.', of: any, also: ['Allow'] },
  408: { means: 'The request was too slow.', of: any },
  409: {
    means: 'It collides with something, or what it is for is in another state.',
    of: asksHuawei,
  },
  413: { means: 'The body is too long.', of: takesBody },
  414: { means: 'The URL is too long.', of: any },
  415: { means: 'The body is of another type.', of: takesBody },
  417: { means: 'The `Expect` header asks for something else than 100-continue.', of: any },
  429: { means: 'Throttled, by Huawei Cloud or by us.', of: any, always: 'Retry-After' },
  431: { means: 'The headers are too long.', of: any },
  '4XX': {
    means: 'Another refusal of Huawei Cloud, with its own status.',
    of: asksHuawei,
  },
  500: { means: 'A bug of ours.', of: any },
  501: { means: 'Huawei Cloud, or the sandbox, does not do this.', of: asksHuawei },
  502: { means: 'Huawei Cloud failed, or could not be reached.', of: asksHuawei, also: ['Retry-After'] },
  503: { means: 'Not now.', of: any, also: ['Retry-After'] },
  504: { means: 'Huawei Cloud took too long.', of: asksHuawei },
}

/** Nobody is left to be told. */
const UNHEARD = 499

const statuses = [
  ...new Set([...Object.keys(kinds), ...Object.values(catalogue).map(({ code }) => String(code))]),
]
  .filter((status) => Number(status) !== UNHEARD)
  .sort((a, b) => (a < b ? -1 : 1))

const nameOf = (status: string) => (STATUS_CODES[status] ?? 'OtherRefusal').replace(/\W/g, '')

/** The answers under `components`, one for each status. */
export function problemResponses(): Record<string, Response> {
  return Object.fromEntries(
    statuses.map((status) => [
      nameOf(status),
      {
        description: [kinds[status]?.means ?? `${STATUS_CODES[status]}.`, ...reasonsOf(status)].join('\n'),
        headers: headersOf(kinds[status]),
        content: { 'application/json': { schema: ref('schemas', 'Problem') } },
      },
    ]),
  )
}

const headersOf = ({ also = [], always }: Partial<Kind> = {}) => ({
  ...headerRefs(...ALL, ...also),
  ...(always ? alwaysWith(always) : {}),
})

function reasonsOf(status: string): string[] {
  const rows = Object.entries(catalogue).filter(([, { code }]) => String(code) === status)
  return rows.length === 0 ? [] : ['', ...rows.map(([reason, { text }]) => `- \`${reason}\`: ${text}`)]
}

/** Every error that one route can be answered with. */
export const problemsOf = (route: Pick<Route, 'method' | 'needs'>): Record<string, Ref> =>
  Object.fromEntries(
    statuses
      .filter((status) => kinds[status]?.of(route) ?? true)
      .map((status) => [status, ref('responses', nameOf(status))]),
  )
