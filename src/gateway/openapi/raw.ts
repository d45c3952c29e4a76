import { ABOUT_KEYS, ABOUT_RATE, headerRefs } from './headers.ts'
import { ref } from './schema.ts'
import { anyOfThem } from './security.ts'
import type { Operation, Parameter, Response, Schema } from './types.ts'

export const RAW_PATH = '/api/raw/{service}/{path}'

const anything: Schema = {}

const asItCame = (description: string): Response => ({
  description,
  headers: headerRefs('X-Request-Id', 'X-Upstream-Request-Id', ...ABOUT_RATE),
  content: { '*/*': { schema: anything } },
})

const parameters: Parameter[] = [
  {
    name: 'service',
    in: 'path',
    required: true,
    description:
      'As the official SDKs call it: ecs, evs, elb, rds … OBS signs in another way and is refused.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$' },
    example: 'ecs',
  },
  {
    name: 'path',
    in: 'path',
    required: true,
    description:
      "Huawei Cloud's own path, its slashes as they are (OpenAPI has no way to say so). `{project_id}` in it is filled in.",
    schema: { type: 'string', minLength: 1 },
    example: 'v1/{project_id}/cloudservers/detail',
  },
  {
    name: 'regionId',
    in: 'query',
    required: true,
    description: "A region's id.",
    schema: { type: 'string', minLength: 1 },
    example: 'cn-east-2',
  },
  {
    name: 'projectId',
    in: 'query',
    description: 'The project in that region; looked up if left out.',
    schema: ref('schemas', 'Id'),
  },
  {
    name: 'parameters',
    in: 'query',
    style: 'form',
    explode: true,
    description: 'All other parameters are passed on.',
    schema: { type: 'object', additionalProperties: { type: 'string' } },
    example: {}, // or viewers make some up, and send it
  },
]

const operation = (method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'): Operation => ({
  operationId: `raw${method.charAt(0)}${method.slice(1).toLowerCase()}`,
  tags: ['raw'],
  summary: 'Any operation of any service of Huawei Cloud, signed for you.',
  description:
    'Status and bytes pass untouched, without envelope. An error of ours has the usual shape and `domain` `huawei-cloud-api`. Keys are taken from headers only. To `iam` a token needs a scope of its own.',
  'x-scope': 'admin',
  security: anyOfThem,
  parameters: [...parameters, ref('parameters', 'Timeout'), ref('parameters', 'Language')],
  ...(method === 'GET' || method === 'HEAD'
    ? {}
    : { requestBody: { required: false, content: { '*/*': { schema: anything } } } }),
  responses: {
    '2XX': asItCame("Huawei Cloud's answer."),
    '3XX': asItCame("Huawei Cloud's redirect, which is not followed."),
    '4XX': refused('Refused by Huawei Cloud, or by us.'),
    '5XX': refused('Failed at Huawei Cloud, or on the way.'),
  },
})

const refused = (description: string): Response => ({
  ...asItCame(description),
  headers: headerRefs('X-Request-Id', 'X-Upstream-Request-Id', 'Retry-After', ...ABOUT_RATE, ...ABOUT_KEYS),
})

export const rawPath: Record<string, Operation> = {
  get: operation('GET'),
  head: operation('HEAD'),
  post: operation('POST'),
  put: operation('PUT'),
  patch: operation('PATCH'),
  delete: operation('DELETE'),
}
