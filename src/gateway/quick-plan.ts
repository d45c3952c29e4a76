import type { IncomingMessage } from 'node:http'
import type { Identify } from '../huaweicloud/caller.ts'
import type { Cloud, QuickRead } from '../huaweicloud/cloud.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import type { Compression, Wish } from './compression.ts'
import { corsHeaders } from './cors.ts'
import { shown } from './credentials.ts'
import { ID_PATTERN } from './fields.ts'
import type { Guard } from './guard.ts'
import { JSON_TYPE } from './headers.ts'
import { type Noticed, type ReadRequest, requestReader } from './intake.ts'
import { languageOf } from './language.ts'
import { readQuery } from './query.ts'
import { mountedPath, pathNames, type Route } from './route.ts'

/** What requests for one route have in common that come with the same headers and query. */
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
  /** Names and values in turn. */
  readonly headers: readonly string[]
  /** Whether what stands in the path may be asked for. */
  isSound(part: string | undefined): boolean
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
  search: string,
  value: string | undefined,
  { cloud, guard, allowedOrigins, compression, identify }: PlanSettings,
): QuickPlan | undefined {
  const noticed: Noticed = { secrets: [] }
  const { headers } = request
  // A token is opened elsewhere.
  if (/^bearer/i.test(headers.authorization ?? '')) return undefined
  try {
    guard(request, 'api')
    const params = part ? { [part]: value ?? '' } : {}
    const intake = read({ headers, params, query: readQuery(search), body: undefined }, noticed)
    const { caller, regionId, projectId, fields, passed } = intake
    if (!caller || !regionId || noticed.keysInUrl || intake.list || intake.wait !== undefined)
      return undefined
    const question = row.asks({ fields: fields as never, passed, cloud: cloud as Cloud, regionId })
    if (!question) return undefined
    const { operation, params: asked = {}, query = [] } = question
    const varies = Object.keys(asked).filter((name) => part && asked[name] === value)
    if (part && varies.length !== 1) return undefined
    const language = languageOf(headers)
    const told = headMade(corsHeaders(request, allowedOrigins))
    const wish = compression.for(row)?.(headers, told)
    return {
      route: mountedPath(row.path),
      operation,
      read: cloud.quick({
        operation,
        caller,
        region: regionId,
        ...(projectId ? { projectId } : {}),
        ...(language ? { language } : {}),
        params: asked,
        ...(varies[0] ? { part: varies[0] } : {}),
        query,
      }),
      identity: identify(caller),
      accessKey: caller.accessKey,
      secrets: noticed.secrets,
      caller: shown({ caller }) ?? '',
      ...(wish ? { wish } : {}),
      headers: Object.entries({ ...told.all, ...JSON_TYPE }).flat(),
      isSound: (one) =>
        part === undefined ||
        (one !== undefined &&
          ID_PATTERN.test(one) &&
          (row.faults?.({ ...fields, [part]: one }, headers).length ?? 0) === 0),
    }
  } catch {
    return undefined
  }
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
