import type { Flag } from './cli/flag.ts'
import { TOKEN_SCOPES, type TokenScope } from './gateway/grants.ts'
import { canonicalRegion } from './gateway/names.ts'
import { buildEndpoints } from './huaweicloud/endpoints.ts'
import { nearest } from './nearest.ts'
import type { Overrides } from './settings-overrides.ts'

/** What the token commands take beside settings. */
export const tokenFlags: readonly Flag[] = [
  {
    name: 'profile',
    value: 'name',
    help: () => 'whose keys: environment, metadata, default or a section of the credentials file',
  },
  {
    name: 'scope',
    value: 'scopes',
    help: () => 'what may be done: read, operate or admin; iam or mcp beside it',
  },
  { name: 'regions', value: 'ids', help: () => 'where, separated by commas; everywhere if left out' },
  { name: 'expires', value: 'when', help: () => '30d, 12h, a date in UTC or never; 90 days if left out' },
  { name: 'name', value: 'text', help: () => 'what it is for' },
  { name: 'json', help: () => 'for programs' },
]

/** Takes note of a fault; no value could be of use after it. */
type Complain = (fault: string) => undefined

type Text = string | undefined

const DEFAULT_DAYS = 90
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export function readProfile(text: Text, complain: Complain): string | undefined {
  if (text === undefined)
    return complain(
      '--profile is required: environment, metadata, default or a section of the credentials file',
    )
  return isPlain(text, 64)
    ? text
    : complain('--profile must be 1 to 64 characters that can be seen, without brackets')
}

export function readScopes(text: Text, complain: Complain): TokenScope[] | undefined {
  const choice = TOKEN_SCOPES.join(', ')
  if (text === undefined) return complain(`--scope is required: one or several of ${choice}`)
  const words = new Set(listed(text))
  const scopes = TOKEN_SCOPES.filter((scope) => words.has(scope))
  if (scopes.join() === 'mcp')
    return complain('--scope mcp says where, and needs read, operate or admin beside it')
  return words.size > 0 && scopes.length === words.size
    ? scopes
    : complain(`--scope must be one or several of ${choice}, separated by commas`)
}

/** Undefined: all. A region that any service has will do. */
export function readRegions(text: Text, overrides: Overrides, complain: Complain): string[] | undefined {
  if (text === undefined) return undefined
  const endpoints = buildEndpoints({ one: overrides })
  const regions = [...new Set(listed(text).map(canonicalRegion))]
  if (regions.length === 0) return complain('--regions must be region ids, separated by commas')
  for (const region of regions) {
    if (endpoints.knows('iam', region)) continue
    const similar = nearest(region, endpoints.regions('ecs'))
    complain(
      `--regions names an unknown region${similar.length > 0 ? `; did you mean ${similar.join(', ')}?` : ''}`,
    )
  }
  return regions
}

/** A time from now, a date in UTC, or `never`. Undefined: never, or a fault. */
export function readExpiry(text: Text, now: number, complain: Complain): number | undefined {
  if (text === 'never') return undefined
  if (text === undefined) return now + DEFAULT_DAYS * DAY_MS
  const [, count, unit] = /^(\d{1,5})([dh])$/.exec(text) ?? []
  const expires = count ? now + Number(count) * (unit === 'd' ? DAY_MS : HOUR_MS) : readDate(text)
  if (expires === undefined)
    return complain(
      '--expires must be a time like 30d or 12h, a date like 2030-12-31 or 2030-12-31T12:00:00Z, or never',
    )
  return expires > now ? expires : complain('--expires must be in the future')
}

export function readName(text: Text, complain: Complain): string | undefined {
  if (text === undefined) return undefined
  return isPlain(text, 100) ? text : complain('--name must be 1 to 100 characters that can be seen')
}

function readDate(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/.test(text)) return undefined
  const time = Date.parse(text)
  // A 30th of February is read as a day in March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.replace('Z', ''))
    ? time
    : undefined
}

const isPlain = (text: string, most: number) =>
  text.trim() === text && text.length > 0 && text.length <= most && !/[\p{C}[\]]/u.test(text)

const listed = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')
