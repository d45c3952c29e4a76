import type { Status } from '../catalogue.ts'
import { OUR_DOMAIN } from '../problem.ts'
import type { Schema } from './types.ts'

const strict = (properties: Record<string, Schema>, optional: readonly string[] = []): Schema => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
  properties,
})

const typed = (name: string, properties: Record<string, Schema>) =>
  strict({ '@type': { const: `type.googleapis.com/google.${name}` }, ...properties })

const text: Schema = { type: 'string' }
const words = {
  INVALID_ARGUMENT: true,
  UNAUTHENTICATED: true,
  PERMISSION_DENIED: true,
  NOT_FOUND: true,
  ABORTED: true,
  FAILED_PRECONDITION: true,
  RESOURCE_EXHAUSTED: true,
  CANCELLED: true,
  UNIMPLEMENTED: true,
  INTERNAL: true,
  UNAVAILABLE: true,
  UNKNOWN: true,
  DEADLINE_EXCEEDED: true,
} satisfies Record<Status, true>

const error: Schema = strict({
  code: { type: 'integer', minimum: 400, maximum: 599, description: 'The HTTP status.' },
  status: { type: 'string', enum: Object.keys(words), description: 'The name of a google.rpc.Code.' },
  message: { type: 'string', description: 'For people; it may improve.' },
  details: {
    type: 'array',
    minItems: 1,
    prefixItems: [{ $ref: '#/components/schemas/ErrorInfo' }],
    items: {
      anyOf: ['BadRequest', 'RetryInfo', 'Original'].map((name) => ({
        $ref: `#/components/schemas/${name}`,
      })),
    },
  },
})

/** The one shape of all errors; ours to the last field, so nothing else may stand in it. */
export const problemSchemas: Record<string, Schema> = {
  Problem: {
    ...strict({ error: { $ref: '#/components/schemas/Refusal' } }),
    description: 'Every error, whoever refused.',
  },
  RegionProblem: {
    ...strict({ error: { $ref: '#/components/schemas/Refusal' }, regionId: text }),
    description: 'A region that failed, beside those that did not.',
  },
  Refusal: error,
  ErrorInfo: typed('rpc.ErrorInfo', {
    reason: {
      type: 'string',
      minLength: 1,
      description:
        "Switch on this. Huawei Cloud's code as it writes it, or one of ours, which the statuses list.",
    },
    domain: {
      type: 'string',
      pattern: '^\\S+$',
      description: `Who refused: \`${OUR_DOMAIN}\` is us, a host name is Huawei Cloud.`,
    },
    metadata: { type: 'object', additionalProperties: text },
  }),
  BadRequest: {
    ...typed('rpc.BadRequest', {
      fieldViolations: {
        type: 'array',
        minItems: 1,
        items: strict({
          field: { type: 'string', minLength: 1 },
          description: { type: 'string', minLength: 1 },
        }),
      },
    }),
    description: 'Every fault of the request at once.',
  },
  RetryInfo: {
    ...typed('rpc.RetryInfo', { retryDelay: { type: 'string', pattern: '^\\d+s$' } }),
    description: 'Only where repeating is safe.',
  },
  Original: {
    ...typed('protobuf.Struct', { value: { type: 'object' } }),
    description: "Huawei Cloud's own body, whole.",
  },
}
