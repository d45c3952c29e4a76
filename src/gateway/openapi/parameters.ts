import type { Service } from '../../huaweicloud/endpoints.ts'
import { listOptions } from '../list-options.ts'
import { LONGEST_WAIT } from '../prefer.ts'
import { pathNames, type Route } from '../route.ts'
import { exampleOf } from './example.ts'
import { plain, ref } from './schema.ts'
import type { Parameter, Ref, Schema } from './types.ts'

/** Headers that many calls take. */
export const commonParameters = {
  Timeout: {
    name: 'X-Request-Timeout',
    in: 'header',
    description: 'Seconds that this call may take, such as 5 or 0.5; the server has a limit of its own.',
    schema: { type: 'string', pattern: '^(?![0.]+$)[0-9]{1,6}(\\.[0-9]{1,3})?$' },
  },
  Language: {
    name: 'Accept-Language',
    in: 'header',
    description: "The language of Huawei Cloud's texts: zh-cn or en-us.",
    schema: { type: 'string' },
  },
  Prefer: {
    name: 'Prefer',
    in: 'header',
    description: `\`wait=SECONDS\` (0 to ${LONGEST_WAIT}): the answer comes when the job has ended, or then as it is (RFC 7240).`,
    schema: { type: 'string' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Your name for this create. Repeated with the same body within eight hours it creates nothing further.',
    schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description:
      'The `ETag` of an earlier answer, several or `*`: 304 without a body where it would be the same. Where the server keeps answers.',
    schema: { type: 'string' },
  },
  CacheControl: {
    name: 'Cache-Control',
    in: 'header',
    description:
      '`no-cache` asks Huawei Cloud anew, where the server keeps answers; beside `If-None-Match`, to which browsers add it by themselves, `max-age=0` does.',
    schema: { type: 'string' },
  },
  LastEventId: {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'The last event that came before the line was lost.',
    schema: { type: 'string' },
  },
} as const satisfies Record<string, Parameter>

type CommonName = keyof typeof commonParameters

const common = (...names: CommonName[]): Ref[] => names.map((name) => ref('parameters', name))

export const takesBody = ({ method }: Route): boolean => method === 'POST' || method === 'PUT'

/** The one call that buys something. */
export const isCreate = ({ name }: Route): boolean => name === 'createInstances'

export function parametersOf(route: Route): (Parameter | Ref)[] {
  const inPath = pathNames(route.path)
  const { properties, required = [] } = plain(route.fields) as {
    properties: Record<string, Schema>
    required?: string[]
  }
  const { shown } = exampleOf(route)
  const own = (name: string, schema: Schema, place: 'path' | 'query'): Parameter => {
    const { description, ...rest } = schema as { description?: string }
    return {
      name,
      in: place,
      ...(place === 'path' || required.includes(name) ? { required: true } : {}),
      ...(description ? { description } : {}),
      schema: rest,
      ...(Object.hasOwn(shown, name) ? { example: shown[name] } : {}),
    }
  }
  const fields = Object.entries(properties).filter(([name]) => !inPath.includes(name))
  return [
    ...inPath.map((name) => own(name, properties[name] ?? ref('schemas', 'Id'), 'path')),
    ...(takesBody(route) ? [] : placeParameters(route)),
    ...(takesBody(route) ? [] : fields.map(([name, schema]) => own(name, schema, 'query'))),
    ...(route.list ? listParameters(route) : []),
    ...common(
      ...(route.job ? (['Prefer'] as const) : []),
      ...(isCreate(route) ? (['IdempotencyKey'] as const) : []),
      ...(route.produces ? (['LastEventId'] as const) : []),
      ...(route.cached ? (['IfNoneMatch', 'CacheControl'] as const) : []),
      ...(route.needs === 'none' ? [] : (['Timeout', 'Language'] as const)),
    ),
  ]
}

/** Region and project, where they stand beside a call's own fields. */
export function placeSchemas({ needs, list, service }: Route): Record<string, Schema> {
  if (needs === 'none') return {}
  const several = list && needs === 'regional'
  const where = regionsCall(service)
  return {
    regionId: {
      type: 'string',
      ...(needs === 'global' ? {} : { minLength: 1 }), // there, an empty one is none
      description: [
        needs === 'global'
          ? 'Not needed; one given is asked for its own answer.'
          : `A region's id, see ${where}.`,
        several
          ? 'Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed.'
          : '',
        'Also spelled `region`.',
      ]
        .filter(Boolean)
        .join(' '),
    },
    projectId: {
      ...ref('schemas', 'Id'),
      description: `The project in that region; looked up if left out.${several ? ' Not with several regions.' : ''} Also spelled \`project_id\`.`,
    },
  }
}

const regionsCall = (service: Service = 'ecs') =>
  ['ecs', 'ims', 'vpc'].includes(service)
    ? `\`GET /api/regions?regionType=${service}\``
    : '`GET /api/regions`'

function placeParameters(route: Route): Parameter[] {
  const { shown } = exampleOf(route)
  return Object.entries(placeSchemas(route)).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(name === 'regionId' && route.needs === 'regional' ? { required: true } : {}),
    description: String(description),
    schema,
    ...(Object.hasOwn(shown, name) ? { example: shown[name] } : {}),
  }))
}

function listParameters({ list }: Route): Parameter[] {
  const options = Object.entries(listOptions).map(([name, option]): Parameter => {
    const { description, ...schema } = plain(option)
    return { name, in: 'query', description: String(description), schema }
  })
  const { name, manual } = list?.operation ?? { name: '', manual: '' }
  return [
    ...options,
    {
      name: 'parameters',
      in: 'query',
      style: 'form',
      explode: true,
      description: `Any other parameter goes to Huawei Cloud as it is: [${name}](${manual}) takes filters and pages.`,
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      example: {}, // or viewers make some up, and send it
    },
  ]
}
