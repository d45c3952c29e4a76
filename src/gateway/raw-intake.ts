import type { FastifyRequest } from 'fastify'
import type { Caller } from '../huaweicloud/caller.ts'
import { GLOBAL, type Pair } from '../huaweicloud/cloud.ts'
import type { Endpoints } from '../huaweicloud/endpoints.ts'
import { type Operation, PROJECT } from '../huaweicloud/operation.ts'
import { nearest } from '../nearest.ts'
import { findKeys } from './credentials.ts'
import { timeoutViolations } from './deadline.ts'
import { GatewayError, type Violation } from './errors.ts'
import { projectViolations } from './fields.ts'
import { type Grant, hasForeignBearer, requireRegions } from './grants.ts'
import { CREDENTIAL_NAMES, spellingsOf } from './names.ts'
import { readQuery, searchOf } from './query.ts'
import { type PassedHeaders, passedHeaders } from './raw-headers.ts'
import { type RawPath, readRawPath } from './raw-path.ts'
import { refuseFaults } from './refuse-faults.ts'
import { regionOf } from './region-of.ts'
import { whoseKeys } from './whose-keys.ts'

export interface RawIntake {
  operation: Operation
  caller: Caller
  region: string
  projectId?: string
  query: Pair[]
  headers: PassedHeaders
}

export const RAW_METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Methods that change nothing (RFC 9110, 9.2.1). */
export const isSafe = (method: string): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method)

const OURS = ['regionId', 'projectId']
const IN_HEADERS_ONLY = spellingsOf(CREDENTIAL_NAMES)

/** Everything of a raw request but its body, checked; complains about all of it at once. */
export function readRawRequest({ raw, method, notes }: FastifyRequest, endpoints: Endpoints): RawIntake {
  const { headers, url = '' } = raw
  const asked = readRawPath(url)
  refuseService(asked, endpoints)
  const pairs = readQuery(searchOf(url))
  if (pairs.some(([name]) => IN_HEADERS_ONLY.includes(name))) throw new GatewayError('CREDENTIALS_IN_URL')
  const keys = findKeys({ headers, query: {}, body: {} })
  const { grant } = notes
  const caller = whoseKeys(keys, notes)

  const query = pairs.filter(([name]) => !OURS.includes(name))
  const given = (name: string) => pairs.find(([each]) => each === name)?.[1]
  const projectId = given('projectId')
  const { service } = asked
  const isGlobal = endpoints.isGlobal(service)
  const fillsProject = asked.path.includes(PROJECT)
  const needs = isGlobal && (!fillsProject || projectId !== undefined) ? 'global' : 'regional'
  const region = regionOf({ needs, service }, given('regionId'), endpoints, query)
  const passed = passedHeaders(headers)
  refuseFaults({
    violations: [
      ...keys.violations,
      ...repeated(pairs),
      ...region.violations,
      ...projectViolations(projectId),
      ...passed.violations,
      ...timeoutViolations(headers),
    ],
    conflict: keys.conflict,
    missing: grant ? [] : keys.missing,
    hasForeignBearer: hasForeignBearer(headers),
  })
  if (!caller) throw new TypeError('a request without keys was not refused')
  if (grant) requireReach(grant, isGlobal, region.id)
  const isPlaced = !isGlobal || fillsProject || projectId !== undefined
  const project = projectId ?? (isPlaced ? grant?.projectId : undefined)
  return {
    operation: {
      name: 'raw',
      service,
      method: method as Operation['method'],
      path: asked.path,
      manual: 'https://support.huaweicloud.com/',
      ...(isSafe(method) ? {} : { write: true }),
      ...(isPlaced ? {} : { projectless: true }),
    },
    caller,
    region: region.id ?? GLOBAL,
    ...(project === undefined ? {} : { projectId: project }),
    query,
    headers: passed,
  }
}

function refuseService({ service }: RawPath, endpoints: Endpoints): void {
  const known = endpoints.services()
  if (known.includes(service)) return
  const near = nearest(service, known)
  const description =
    service === 'obs'
      ? 'obs is not reached this way: OBS signs its requests differently'
      : near.length > 0
        ? `is unknown; did you mean ${near.join(', ')}?`
        : 'is unknown'
  throw new GatewayError('INVALID_ARGUMENT', {
    message: `service ${description}${description.endsWith('?') ? '' : '.'}`,
    violations: [{ field: 'service', description }],
    metadata: { services: known.join(',') },
  })
}

const repeated = (pairs: readonly Pair[]): Violation[] =>
  OURS.filter((ours) => pairs.filter(([name]) => name === ours).length > 1).map((field) => ({
    field,
    description: 'is given more than once',
  }))

/** One of all regions acts on the whole account, whichever region it is asked in. */
function requireReach(grant: Grant, isGlobal: boolean, region: string | undefined): void {
  if (isGlobal && grant.regions)
    throw new GatewayError('SCOPE_TOO_SMALL', {
      message: `This token is for ${grant.regions.join(', ')}, and the service is one of the whole account.`,
      metadata: { regions: grant.regions.join(',') },
    })
  requireRegions(grant, region ? [region] : [])
}
