import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { openApi } from '../src/gateway/openapi/document.ts'
import { routes } from '../src/gateway/routes/index.ts'

/** The library tells of each name where it stood. */
const CROSS_REFERENCE =
  /\/\*\*\n \* This interface was referenced by [^/]*\*\/\n|\n \*\n \* This interface was referenced by .*\n \* via the .*/g

type Plain = { [key: string]: unknown }

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null
const at = (value: unknown, ...keys: string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isPlain(inner) ? inner[key] : undefined), value)

/** The types of what `/openapi.json` answers: each call's path, query, body and answer, in `Operations`. */
export async function apiTypes(): Promise<string> {
  const document: unknown = JSON.parse(JSON.stringify(openApi('')))
  const calls = routes.map(({ method, path }) => {
    const operation = resolved(at(document, 'paths', path, method.toLowerCase()), document)
    return [String(at(operation, 'operationId')), callSchema(operation)] as const
  })
  const types = await compile(
    plainer({
      ...closed(Object.fromEntries(calls)),
      definitions: at(document, 'components', 'schemas'),
    }) as JSONSchema,
    'Operations',
    {
      additionalProperties: false,
      bannerComment: '/** Made of the OpenAPI document: `npm run docs`. */',
      style: { semi: false, singleQuote: true, printWidth: 110 },
      unreachableDefinitions: true,
      // Lists that may not be empty would be tuples, which what `map` gives does not fit.
      ignoreMinAndMaxItems: true,
    },
  )
  return types.replaceAll(CROSS_REFERENCE, '')
}

/** What a call takes and what its envelope holds. */
function callSchema(operation: unknown): Plain {
  const parameters = at(operation, 'parameters')
  const all: unknown[] = Array.isArray(parameters) ? parameters : []
  const of = (place: string) => all.filter((one) => at(one, 'in') === place)
  const body = at(operation, 'requestBody', 'content', 'application/json', 'schema')
  return {
    ...closed({
      path: members(of('path')),
      query: members(of('query')),
      ...(body === undefined ? {} : { body }),
      answer: answerSchema(at(operation, 'responses')),
    }),
    description: String(at(operation, 'summary')),
  }
}

function members(parameters: unknown[]): Plain {
  const named = parameters.filter((one) => at(one, 'explode') !== true)
  return {
    ...closed(
      Object.fromEntries(
        named.map((one) => [
          String(at(one, 'name')),
          { ...(at(one, 'schema') as Plain), description: at(one, 'description') },
        ]),
      ),
      named.filter((one) => at(one, 'required') === true).map((one) => String(at(one, 'name'))),
    ),
    // Whatever else is given goes to Huawei Cloud.
    ...(named.length < parameters.length
      ? { additionalProperties: { type: ['string', 'number', 'boolean'] } }
      : {}),
  }
}

function answerSchema(responses: unknown): unknown {
  for (const [status, response] of Object.entries(responses ?? {})) {
    const schema = at(response, 'content', 'application/json', 'schema')
    if (/^2/.test(status) && schema !== undefined)
      return at(schema, 'properties', 'data', 'properties', 'value')
  }
  return {}
}

const closed = (properties: Plain, required = Object.keys(properties)): Plain => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
})

/** With parameters and responses that are named elsewhere in their places; schemas keep their names. */
function resolved(value: unknown, document: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, document))
  if (!isPlain(value)) return value
  const { $ref } = value
  if (typeof $ref === 'string' && !$ref.startsWith('#/components/schemas/'))
    return resolved(at(document, ...$ref.slice(2).split('/')), document)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, document)]))
}

/** As the library reads it: a reference alone, names only where the document has them, tuples as they once were. */
function plainer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainer)
  if (!isPlain(value)) return value
  const { $ref } = value
  if (typeof $ref === 'string') return { $ref: $ref.replace('#/components/schemas/', '#/definitions/') }
  const { prefixItems, items, ...rest } = value
  const listed = Array.isArray(prefixItems)
    ? { items: prefixItems, additionalItems: items }
    : items && { items }
  return Object.fromEntries(
    Object.entries({ ...rest, ...Object(listed) })
      .filter(([key, inner]) => key !== 'title' || typeof inner !== 'string')
      .map(([key, inner]) => [key, plainer(inner)]),
  )
}
