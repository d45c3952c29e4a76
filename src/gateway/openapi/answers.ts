import { pathNames, type Route } from '../route.ts'
import { job } from '../shapes/job.ts'
import { ABOUT_KEYS, ABOUT_RATE, alwaysWith, headerRefs } from './headers.ts'
import { isCreate } from './parameters.ts'
import { plain, ref } from './schema.ts'
import { nameAfter } from './shared.ts'
import type { Media, Response, Schema } from './types.ts'

const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  required,
  additionalProperties: false,
  properties,
})

/** What a call is answered with when all went well. */
export function answersOf(route: Route): Record<string, Response> {
  if (route.produces) return streamed(route.produces)
  return {
    200: {
      description: says(route),
      headers: {
        ...headerRefs(
          'X-Request-Id',
          ...(route.needs === 'none' ? [] : (['X-Upstream-Request-Id'] as const)),
          ...(route.job ? (['Preference-Applied'] as const) : []),
          ...ABOUT_RATE,
          ...(route.keysIn === 'headers' ? [] : ABOUT_KEYS),
          ...(route.list ? (['Content-Encoding'] as const) : []),
          ...(route.cached ? (['ETag', 'Age'] as const) : []),
        ),
        ...(isCreate(route) ? alwaysWith('X-Client-Token') : {}),
      },
      content: {
        'application/json': { schema: envelope(route) },
        ...(route.list ? { 'application/x-ndjson': lines(route) } : {}),
      },
    },
    ...(route.cached ? { 304: unchanged } : {}),
  }
}

const unchanged: Response = {
  description: 'As you have it already; only where the server keeps answers.',
  headers: {
    ...headerRefs('X-Request-Id', 'X-Upstream-Request-Id', 'Age', ...ABOUT_RATE, ...ABOUT_KEYS),
    ...alwaysWith('ETag'),
  },
}

function says({ list, job, needs }: Route): string {
  if (list)
    return 'The list. With `Accept: application/x-ndjson` one item a line, as they come; a failure after the first is the last line.'
  if (job) return 'It has begun; with `Prefer: wait`, and in time, it has ended.'
  return needs === 'none' ? 'The answer.' : "Huawei Cloud's answer."
}

/** `{"data":{"@type":…,"value":…}}`, closed: only inside `value` may others add something. */
function envelope(route: Route): Schema {
  const data = object({
    '@type': { const: 'type.googleapis.com/google.protobuf.Struct' },
    value: valueSchema(route),
  })
  return isAction(route) ? object({ data, Response: legacyResponse }, ['data']) : object({ data })
}

const isAction = ({ path, fields }: Route) =>
  Object.hasOwn(fields.properties, 'servers') && !pathNames(path).includes('servers')

const legacyResponse: Schema = {
  ...object({ RequestId: { type: 'string' } }),
  description: 'Only where `secretId` or `instance_ids` were used to ask.',
}

function valueSchema(route: Route): Schema {
  const { required, ...known } = plain(route.value)
  // What Huawei answers is passed on, and may be nothing at all.
  const value = route.needs === 'none' ? { ...known, required } : known
  const added = { ...(route.list ? LIST_ADDS : {}), ...(route.job ? JOB_ADDS : {}) }
  const { properties } = value as { properties?: Record<string, Schema> }
  if (properties) return { ...value, title: titleOf(properties), properties: { ...properties, ...added } }
  return Object.keys(added).length > 0 ? { allOf: [value, { type: 'object', properties: added }] } : value
}

/** A name for values that several calls have. */
const titleOf = (properties: Record<string, Schema>): string => {
  const [first = ''] = Object.keys(properties)
  return first === 'job_id' ? 'JobTicket' : `${nameAfter(first)}Value`
}

const LIST_ADDS: Record<string, Schema> = {
  count: { type: 'integer', description: 'How many there are.' },
  errors: {
    type: 'array',
    items: ref('schemas', 'RegionProblem'),
    description: 'Where several regions were asked: those that failed.',
  },
}

const JOB_ADDS: Record<string, Schema> = {
  job: { ...plain(job), title: 'Job', description: 'With `Prefer: wait`: the job as it was seen last.' },
  results: {
    type: 'array',
    description: 'With `Prefer: wait`: what became of each.',
    items: {
      ...object(
        {
          id: { type: 'string' },
          ok: { type: ['boolean', 'null'], description: 'Null while it is not known.' },
          code: { type: 'string' },
          message: { type: 'string' },
        },
        ['id', 'ok'],
      ),
      title: 'Result',
    },
  },
}

/** A line is an item, or the failure that ended the list, or a region's. */
function lines({ list }: Route): Media {
  return {
    schema: {
      anyOf: [plain(list?.item), ref('schemas', 'Problem'), ref('schemas', 'RegionProblem')],
    },
  }
}

const streamed = (type: string): Record<string, Response> => ({
  200: {
    description:
      "Events named `job` with the job as Huawei Cloud tells it, each time it has changed, the last when it has ended; `error` with an error's body. A comment every 15 seconds keeps the line open.",
    headers: headerRefs('X-Request-Id', 'X-Upstream-Request-Id', ...ABOUT_RATE),
    content: { [type]: { schema: { type: 'string' } } },
  },
  204: {
    description: 'The job has ended, and `Last-Event-ID` was its last state: nothing more will come.',
    headers: headerRefs('X-Request-Id', 'X-Upstream-Request-Id', ...ABOUT_RATE),
  },
})
