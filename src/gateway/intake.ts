import type { IncomingHttpHeaders } from 'node:http'
import Value from 'typebox/value'
import type { Caller } from '../huaweicloud/caller.ts'
import type { Pair } from '../huaweicloud/cloud.ts'
import type { Endpoints } from '../huaweicloud/endpoints.ts'
import { findKeys, type GivenKeys, isBearer } from './credentials.ts'
import { timeoutViolations } from './deadline.ts'
import { GatewayError, type Violation } from './errors.ts'
import { ID_FORM, ID_PATTERN } from './fields.ts'
import { CREDENTIAL_NAMES, spellingsOf } from './names.ts'
import { refuseFaults } from './refuse-faults.ts'
import { regionOf } from './region-of.ts'
import { pathNames, type Route } from './route.ts'
import { nothing, sortBody, sortQuery } from './sort-names.ts'
import { type Check, checkOf } from './violations.ts'

/** A request that passed every check. */
export interface Intake {
  fields: Record<string, unknown>
  passed: Pair[]
  caller?: Caller
  regionId?: string
  projectId?: string
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
}

export type ReadRequest = (raw: Raw, noticed: Noticed) => Intake

const SHARED_NAMES = [...CREDENTIAL_NAMES, 'regionId', 'projectId']

/**
 * Builds the reader of one route's requests: folds spellings, takes the keys out, checks the rest against
 * the route's schema, and complains about everything at once, before anything is sent.
 */
export function requestReader(route: Route, endpoints: Endpoints, keysInUrl: boolean): ReadRequest {
  const inPath = pathNames(route.path)
  const own = Object.keys(route.fields.properties).filter((name) => !inPath.includes(name))
  const check = checkFor(route, spellingsOf(SHARED_NAMES))
  const takesBody = route.method === 'POST' || route.method === 'PUT'
  const isAction = own.includes('servers')
  // Where nothing of the body is required, a request may do without one.
  const whenEmpty = own.some((name) => route.fields.required?.includes(name)) ? undefined : {}

  return (raw, noticed) => {
    const query = sortQuery(
      raw.query,
      takesBody ? SHARED_NAMES : [...SHARED_NAMES, ...own],
      route.list !== undefined,
    )
    const body = takesBody ? sortBody(raw.body) : nothing()
    const keys = findKeys({
      headers: raw.headers,
      query: keysOf(query.ours, (key) => key.replace(/^=/, '')), // the user's document once writes `accessKey=={{key}}`
      body: keysOf(body.ours),
    })
    const mistyped = mistypedKeys(body.ours)
    const missing = keys.missing.filter((name) => !mistyped.some(({ field }) => field === name))
    noticed.secrets.push(...keys.secrets)
    noticed.keysInUrl = keys.inUrl
    if (keys.caller) noticed.caller = keys.caller
    if (keys.inUrl && !keysInUrl) throw new GatewayError('CREDENTIALS_IN_URL')

    const named = takesBody
      ? without(body.ours, SHARED_NAMES)
      : coerced(route, without(query.ours, SHARED_NAMES))
    const fields = { ...named, ...raw.params }
    const region = regionOf(route, query.ours.regionId ?? body.ours.regionId, endpoints, query.passed)
    const projectId = query.ours.projectId ?? body.ours.projectId
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
      ...(route.faults?.(fields, raw.headers) ?? []),
      ...timeoutViolations(raw.headers),
    ]
    const conflict =
      keys.conflict ||
      [...query.conflicts, ...body.conflicts].some((name) => CREDENTIAL_NAMES.some((key) => key === name))
    refuseFaults({
      violations,
      conflict,
      missing: route.needs === 'none' ? [] : missing,
      isBearer: isBearer(raw.headers),
    })
    return {
      fields,
      passed: query.passed,
      ...(keys.caller ? { caller: keys.caller } : {}),
      ...(region.id ? { regionId: region.id } : {}),
      ...(typeof projectId === 'string' ? { projectId } : {}),
      wantsResponseId: isAction && (query.legacy || body.legacy),
    }
  }
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

const projectViolations = (projectId: unknown): Violation[] =>
  projectId === undefined || (typeof projectId === 'string' && ID_PATTERN.test(projectId))
    ? []
    : [{ field: 'projectId', description: `must be ${ID_FORM}` }]

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

/** Query values are text; what the schema wants as a number or boolean is read as one. */
const coerced = (route: Route, fields: Record<string, unknown>) =>
  Value.Convert(route.fields, fields) as Record<string, unknown>

function without(values: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
}
