import type { IncomingMessage } from 'node:http'
import type { Identify } from '../huaweicloud/caller.ts'
import { type Cloud, GAP, type QuickRead } from '../huaweicloud/cloud.ts'
import { headLines } from '../huaweicloud/head-lines.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import type { Compression, Wish } from './compression.ts'
import { corsHeaders } from './cors.ts'
import { shown } from './credentials.ts'
import { ID_PATTERN } from './fields.ts'
import type { Guard } from './guard.ts'
import { inTurn, JSON_TYPE } from './headers.ts'
import { type Noticed, type ReadRequest, requestReader } from './intake.ts'
import { languageOf } from './language.ts'
import { readQuery } from './query.ts'
import { type Gap, hasGaps, isPlain, withGap } from './quick-gap.ts'
import { mountedPath, pathNames, type Question, type Route } from './route.ts'

/** What requests for one route have in common that come with the same headers, and a URL that differs in one gap at most. */
export interface QuickPlan {
  readonly route: string
  readonly operation: Operation
  readonly read: QuickRead
  /** Names the caller where callers are limited. */
  readonly identity: string
  /** What the answer must not repeat. */
  readonly secrets: readonly string[]
  readonly accessKey: string
  readonly caller: string
  /** How the answer may be compressed. */
  readonly wish?: Wish | undefined
  /** Names and values in turn, and the same as lines of a head. */
  readonly headers: readonly string[]
  readonly lines: string
  /** Whether what stands in the gap may be asked for. */
  isSound(inGap: string | undefined): boolean
}

/** A route that may go the quick way: its path ends with the only name in it, if there is any. */
export interface QuickRoute {
  readonly row: Route & Required<Pick<Route, 'asks'>>
  readonly read: ReadRequest
  readonly part?: string
}

export interface PlanSettings {
  cloud: Pick<Cloud, 'quick' | 'endpoints'>
  identify: Identify
  guard: Guard
  keysInUrl: boolean
  allowedOrigins: readonly string[]
  compression: Compression
}

/** By the path, up to and with the last slash where a part follows. */
export function quickRoutes(
  rows: readonly Route[],
  { cloud, keysInUrl }: PlanSettings,
): Map<string, QuickRoute> {
  const quick = new Map<string, QuickRoute>()
  for (const row of rows) {
    const [part, ...others] = pathNames(row.path)
    const { asks } = row
    if (row.method !== 'GET' || !asks || others.length > 0) continue
    if (
      part &&
      (!row.path.endsWith(`/{${part}}`) || patternOf(row.fields.properties[part]) !== ID_PATTERN.source)
    )
      continue
    const path = part ? row.path.slice(0, -`{${part}}`.length) : row.path
    quick.set(path, {
      row: { ...row, asks },
      read: requestReader(row, cloud.endpoints, keysInUrl),
      ...(part ? { part } : {}),
    })
  }
  return quick
}

/** Undefined for whatever is wrong or unusual about a request: it goes the usual way, which knows what to say. */
export function planOf(
  { row, read, part }: QuickRoute,
  request: IncomingMessage,
  { search, gap }: { search: string; gap?: Gap },
  { cloud, guard, allowedOrigins, compression, identify }: PlanSettings,
): QuickPlan | undefined {
  const noticed: Noticed = { secrets: [] }
  const { headers } = request
  // A token is opened elsewhere.
  if (/^bearer/i.test(headers.authorization ?? '')) return undefined
  try {
    guard(request, 'api')
    const inPath: Record<string, string> = part ? { [part]: gap?.value ?? '' } : {}
    const intake = read({ headers, params: inPath, query: readQuery(search), body: undefined }, noticed)
    const { caller, regionId, projectId, fields, passed } = intake
    if (!caller || !regionId || noticed.keysInUrl || intake.list || intake.wait !== undefined)
      return undefined
    const question = row.asks({ fields: fields as never, passed, cloud: cloud as Cloud, regionId })
    if (!question) return undefined
    const { operation, ...asked } = question
    const alike = gap ? gapped(row, asked, gap) : asked
    if (!alike) return undefined
    const { params = {}, query = [] } = alike
    if (!hasGaps([params, query, projectId, caller.securityToken], gap ? 1 : 0)) return undefined
    const language = languageOf(headers)
    const told = headMade(corsHeaders(request, allowedOrigins))
    const wish = compression.for(row)?.(headers, told)
    const inAnswer = inTurn({ ...told.all, ...JSON_TYPE })
    return {
      route: mountedPath(row.path),
      operation,
      read: cloud.quick({
        operation,
        caller,
        region: regionId,
        ...(projectId ? { projectId } : {}),
        ...(language ? { language } : {}),
        params,
        query,
      }),
      identity: identify(caller),
      accessKey: caller.accessKey,
      secrets: noticed.secrets,
      caller: shown({ caller }) ?? '',
      ...(wish ? { wish } : {}),
      headers: inAnswer,
      lines: headLines(inAnswer),
      isSound(inGap) {
        if (!gap) return inGap === undefined
        if (inGap === undefined || !isPlain(gap.in, inGap)) return false
        return !part || (row.faults?.({ ...fields, [part]: inGap }, headers).length ?? 0) === 0
      },
    }
  } catch {
    return undefined
  }
}

/**
 * What is asked, with a gap where the value stood. Undefined where it went elsewhere. Of parameters, only lists pass those
 * on that they do not know, whatever they are.
 */
function gapped(
  { list }: Pick<Route, 'list'>,
  { params = {}, query = [] }: Pick<Question, 'params' | 'query'>,
  gap: Gap,
): Pick<Question, 'params' | 'query'> | undefined {
  if (gap.in === 'path') {
    const gapOr = (value: string) => (value === gap.value ? GAP : value)
    return {
      params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, gapOr(value)])),
      query: query.map(([name, value]) => [name, gapOr(value)]),
    }
  }
  const differing = list && withGap(query, gap)
  return differing && { params, query: differing }
}

/** Headers of an answer that is not there yet. */
function headMade(all: Record<string, string>) {
  return {
    all,
    getHeader: (name: string) => all[name],
    header(name: string, value: string) {
      all[name] = value
    },
  }
}

const patternOf = (schema: object | undefined): unknown => schema && Reflect.get(schema, 'pattern')
