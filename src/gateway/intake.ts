import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from '../huaweicloud/caller.ts'
import type { Pair } from '../huaweicloud/cloud.ts'
import type { Endpoints, Service } from '../huaweicloud/endpoints.ts'
import { findKeys, type GivenKeys } from './credentials.ts'
import { timeoutViolations } from './deadline.ts'
import { GatewayError, type Violation } from './errors.ts'
import { projectViolations, strict } from './fields.ts'
import { type Grant, hasForeignBearer, requireRegions } from './grants.ts'
import { isJsonType } from './json-body.ts'
import { type ListIntake, narrowed, readList } from './list-intake.ts'
import { listAskOf, listOptions } from './list-options.ts'
import { CREDENTIAL_NAMES, spellingsOf } from './names.ts'
import { waitOf, waitViolations } from './prefer.ts'
import { coerced } from './query.ts'
import { refuseFaults } from './refuse-faults.ts'
import { regionOf } from './region-of.ts'
import { pathNames, type Route } from './route.ts'
import { nothing, sortBody, sortQuery } from './sort-names.ts'
import { type Check, checkOf } from './violations.ts'
import { whoseKeys } from './whose-keys.ts'

/** A request that passed every check. */
export interface Intake {
  fields: Record<string, unknown>
  passed: Pair[]
  caller?: Caller
  regionId?: string
  projectId?: string
  /** A list that is not passed on as it comes. */
  list?: ListIntake
  /** Seconds to wait for the job that this call begins. */
  wait?: number
  /** An action asked in the spelling whose documented answer also carries `Response.RequestId`. */
  wantsResponseId: boolean
}

export interface Raw {
  headers: IncomingHttpHeaders
  /** What stands for the braces of the route's path, decoded. */
  params: Readonly<Record<string, string>>
  query: readonly Pair[]
  body: unknown
}

/** Filled while reading, so that an error on the way already knows what it must not repeat. */
export interface Noticed {
  secrets: string[]
  caller?: Caller
  keysInUrl?: boolean
  /** What the request's gateway token stands for. */
  grant?: Grant
}

export type ReadRequest = (raw: Raw, noticed: Noticed) => Intake

const SHARED_NAMES = [...CREDENTIAL_NAMES, 'regionId', 'projectId']

/**
 * Builds the reader of one route's requests: folds spellings, takes the keys out, checks the rest against
 * the route's schema, and complains about everything at once, before anything is sent.
 */
export function requestReader(route: Route, endpoints: Endpoints, keysInUrl: boolean): ReadRequest {
  const inPath = pathNames(route.path)
  const schema = route.list ? strict({ ...route.fields.properties, ...listOptions }) : route.fields
  const own = Object.keys(schema.properties).filter((name) => !inPath.includes(name))
  const check = checkFor({ ...route, fields: schema }, spellingsOf(SHARED_NAMES))
  const takesBody = route.method === 'POST' || route.method === 'PUT'
  const inQuery = spellingsOf(takesBody ? SHARED_NAMES : [...SHARED_NAMES, ...own])
  const isAction = own.includes('servers')
  // Where nothing of the body is required, a request may do without one.
  const whenEmpty = own.some((name) => schema.required?.includes(name)) ? undefined : {}

  return (raw, noticed) => {
    if (takesBody && raw.body === undefined && !whenEmpty && isJsonType(raw.headers['content-type']))
      throw new GatewayError('MALFORMED_JSON', { message: 'The body is empty.' })
    const query = sortQuery(raw.query, inQuery, route.list !== undefined)
    const body = takesBody ? sortBody(raw.body) : nothing()
    const keys = findKeys({
      headers: raw.headers,
      query: keysOf(query.ours, (key) => key.replace(/^=/, '')), // the user's document once writes `accessKey=={{key}}`
      body: keysOf(body.ours),
    })
    const mistyped = mistypedKeys(body.ours)
    const missing = keys.missing.filter((name) => !mistyped.some(({ field }) => field === name))
    noticed.keysInUrl = keys.inUrl
    const { grant } = noticed
    const caller = whoseKeys({ ...keys, given: keys.given || mistyped.length > 0 }, noticed)
    if (keys.inUrl && (!keysInUrl || route.keysIn === 'headers'))
      throw new GatewayError(
        'CREDENTIALS_IN_URL',
        keysInUrl ? { message: 'This call takes keys as headers only: X-Access-Key and X-Secret-Key.' } : {},
      )

    const named = takesBody ? withoutShared(body.ours) : coerced(schema, withoutShared(query.ours))
    const fields = { ...named, ...raw.params }
    const service = serviceOf(route, fields, endpoints)
    const region = regionOf(
      { ...route, service },
      query.ours.regionId ?? body.ours.regionId,
      endpoints,
      query.passed,
    )
    const projectId = query.ours.projectId ?? body.ours.projectId
    const { regions, violations: listViolations } = readList(route, fields, region, projectId, grant)
    const violations = [
      ...query.violations,
      ...body.violations,
      ...disagreeing(query.ours, body.ours),
      ...keys.violations,
      ...region.violations,
      ...(route.needs === 'none' ? [] : projectViolations(projectId)),
      ...mistyped,
      ...inPath
        .filter((name) => Object.hasOwn(named, name))
        .map((name) => ({ field: name, description: 'stands in the path already' })),
      ...bodyViolations(raw.body ?? whenEmpty, takesBody, check, fields),
      ...listViolations,
      ...(route.faults?.(fields, raw.headers) ?? []),
      ...(route.job ? waitViolations(raw.headers) : []),
      ...timeoutViolations(raw.headers),
    ]
    const conflict =
      keys.conflict ||
      [...query.conflicts, ...body.conflicts].some((name) => CREDENTIAL_NAMES.some((key) => key === name))
    refuseFaults({
      violations,
      conflict,
      missing: route.needs === 'none' || grant ? [] : missing,
      hasForeignBearer: hasForeignBearer(raw.headers),
    })
    if (grant) requireRegions(grant, regions?.ids ?? (region.id ? [region.id] : []))
    const project = projectId ?? grant?.projectId
    const ask = route.list && listAskOf(fields, raw.headers, regions !== undefined)
    const wait = route.job && waitOf(raw.headers)
    return {
      fields,
      passed: narrowed(route, query.passed, region.id, grant),
      ...(ask ? { list: { ask, ...(regions ? { regions } : {}) } } : {}),
      ...(wait === undefined ? {} : { wait }),
      ...(caller ? { caller } : {}),
      ...(region.id ? { regionId: region.id } : {}),
      ...(typeof project === 'string' ? { projectId: project } : {}),
      wantsResponseId: isAction && (query.legacy || body.legacy),
    }
  }
}

/** Whose regions count. Where the named one is none, that is a fault of its own. */
function serviceOf(
  { service = 'ecs', serviceIn = '' }: Route,
  fields: Record<string, unknown>,
  endpoints: Endpoints,
): Service {
  const named = fields[serviceIn]
  return typeof named === 'string' && endpoints.services().includes(named) ? named : service
}

function keysOf(ours: Record<string, unknown>, read = (key: string) => key): GivenKeys {
  return Object.fromEntries(
    CREDENTIAL_NAMES.flatMap((name) => {
      const value = ours[name]
      return typeof value === 'string' && value ? [[name, read(value)]] : []
    }),
  )
}

const mistypedKeys = (ours: Record<string, unknown>): Violation[] =>
  CREDENTIAL_NAMES.filter((name) => ours[name] !== undefined && typeof ours[name] !== 'string').map(
    (name) => ({
      field: name,
      description: 'must be a string',
    }),
  )

function disagreeing(query: Record<string, unknown>, body: Record<string, unknown>): Violation[] {
  return ['regionId', 'projectId']
    .filter((name) => query[name] !== undefined && body[name] !== undefined && query[name] !== body[name])
    .map((name) => ({ field: name, description: 'is given in query and body with different values' }))
}

function bodyViolations(
  body: unknown,
  takesBody: boolean,
  check: Check,
  fields: Record<string, unknown>,
): Violation[] {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  return takesBody && !isObject ? [{ field: 'body', description: 'must be a JSON object' }] : check(fields)
}

function checkFor({ fields, instead }: Route, alsoKnown: string[]): Check {
  const usual = checkOf(fields, alsoKnown)
  if (!instead) return usual
  const other = checkOf(instead.fields, alsoKnown)
  return (value) => {
    if (!Object.hasOwn(value as object, instead.field)) return usual(value)
    return other(value).map((violation) =>
      Object.hasOwn(fields.properties, violation.field)
        ? { field: violation.field, description: `cannot stand beside ${instead.field}` }
        : violation,
    )
  }
}

/** No prototype, as with {@link nothing}. */
function withoutShared(values: Record<string, unknown>): Record<string, unknown> {
  const others: Record<string, unknown> = Object.create(null)
  for (const name of Object.keys(values)) if (!SHARED_NAMES.includes(name)) others[name] = values[name]
  return others
}
