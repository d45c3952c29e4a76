import fc from 'fast-check'
import { pathNames, type Route } from '../../src/gateway/route.ts'
import { junkBody, junkQuery, junkText } from '../contract/junk.ts'
import { requestOf, sandboxKeys } from '../helpers/examples.ts'
import type { RawRequest } from '../helpers/house.ts'
import { soundFor } from './fuzz-schema.ts'

type Fields = Record<string, unknown>

const REGIONS = ['cn-east-2', 'cn-south-1', 'cn-north-4', '*', 'cn-east-2,cn-south-1']

const keys = Object.entries(sandboxKeys).map(([name, value]) => `${name}: ${value}`)
const basic = Buffer.from(Object.values(sandboxKeys).join(':')).toString('base64')

/** Who asks: nearly always somebody with keys, or else all requests would end there. */
const callers: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 16, arbitrary: fc.constant(keys) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<string[]>(
      [],
      keys.slice(1),
      [`Authorization: Basic ${basic}`],
      [...keys, `Authorization: Basic ${basic}`],
      ['Authorization: Basic ?'],
      ['Authorization: Bearer hca_x'],
      [...keys, 'X-Security-Token: x'],
      [...keys, ...keys],
    ),
  },
)

const HEADERS = [
  ...['Accept', 'Accept-Encoding', 'Accept-Language', 'Cache-Control', 'Connection', 'Content-Encoding'],
  ...['Content-Language', 'Content-Type', 'Cookie', 'Date', 'Expect', 'Forwarded', 'Idempotency-Key'],
  ...['If-None-Match', 'Last-Event-ID', 'Max-Forwards', 'Origin', 'Prefer', 'Range', 'Referer', 'TE'],
  ...['Trailer', 'Upgrade', 'Via', 'X-Forwarded-For', 'X-HTTP-Method-Override', 'X-Language', 'X-Project-Id'],
  ...['X-Request-Id', 'X-Request-Timeout', 'X-Sdk-Date', '__proto__', 'constructor', 'Sec-Fetch-Mode'],
]

const VALUES = [
  ...['', '*', '0', '1', '-1', '1e9', 'wait=0', 'wait=1', 'wait=x', 'wait="', 'respond-async, wait=1;a=b'],
  ...['application/x-ndjson', 'application/x-ndjson;q=0', 'text/event-stream', 'text/html', 'zh-CN,zh;q=0.9'],
  ...['gzip', 'identity', 'trailers', '100-continue', 'websocket', 'keep-alive', 'close, x-access-key'],
  ...['application/json;charset=utf-16', 'application/json; charset="utf-8"', 'application/jsonx', 'null'],
  ...['http://127.0.0.1', 'no-cors', 'bytes=0-1', 'DELETE', 'a'.repeat(3_000), 'ü', '"', '%00'],
]

/** Whatever may stand in a header line without ending it. */
const odd = fc.string({ unit: 'binary-ascii', maxLength: 30 }).map((text) => text.replaceAll(/[\r\n]/g, ' '))

const oddHeader = fc
  .tuple(fc.constantFrom(...HEADERS), fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...VALUES) }, odd))
  .map(([name, value]) => `${name}: ${value}`)

const oddHeaders = fc.oneof(
  { weight: 2, arbitrary: fc.constant<string[]>([]) },
  { weight: 1, arbitrary: fc.array(oddHeader, { minLength: 1, maxLength: 3 }) },
)

/** A request of one route: as its schema has it, or with something broken. */
export function requestsOf(route: Route): fc.Arbitrary<RawRequest> {
  const { method, path } = route
  const withBody = method === 'POST' || method === 'PUT'
  const fields = soundFields(route)
  const inPath = new Map(pathNames(path).map((name) => [name, oneInPath(route, name)]))
  const target = fc.record(Object.fromEntries(inPath)).map((values) => filled(path, values))
  const query = fc.oneof(
    { weight: 4, arbitrary: withBody ? fc.constant('') : fields.map(asQuery) },
    { weight: 1, arbitrary: fc.tuple(fields, junkQuery).map(([sound, junk]) => asQuery(sound, junk)) },
    { weight: 1, arbitrary: fields.map((sound) => asQuery(sound, Object.entries(sound))) },
    { weight: 1, arbitrary: odd.map((text) => text.replaceAll(/[\s#]/g, '&')) },
  )
  const body = withBody ? bodies(route, fields) : fc.constant('')
  return fc
    .record({ target, query, body, callers, oddHeaders, method: methods(method) })
    .map(({ target, query, body, callers, oddHeaders, method }) => ({
      method,
      target: query === '' ? target : `${target}?${query}`,
      headers: [
        ...callers,
        ...oddHeaders,
        ...(body.length > 0 && !oddHeaders.some((line) => line.startsWith('Content-Type'))
          ? ['Content-Type: application/json']
          : []),
      ],
      body,
    }))
}

/** Those of the example are there on a fresh sandbox; those of the schema are what may be sent. */
function soundFields(route: Route): fc.Arbitrary<Fields> {
  const inPath = pathNames(route.path)
  const { body, path } = requestOf(route)
  const example = body ?? Object.fromEntries(new URLSearchParams(path.split('?')[1] ?? ''))
  const region = route.needs === 'none' ? {} : { regionId: fc.constantFrom(...REGIONS) }
  const made = fc
    .tuple(soundFor(route.fields), fc.record(region))
    .map(([fields, where]) => Object.fromEntries(Object.entries({ ...(fields as Fields), ...where })))
    .map((fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => !inPath.includes(name))))
  return fc.oneof(fc.constant(example), made)
}

function oneInPath({ fields, example }: Route, name: string): fc.Arbitrary<string> {
  const known = example.fields?.[name]
  const schema = fields.properties[name]
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(encodeURIComponent(String(known ?? 'ins-r8hr2upy'))) },
    {
      weight: 2,
      arbitrary: schema
        ? soundFor(schema).map((value) => encodeURIComponent(asText(value)))
        : fc.constant(''),
    },
    { weight: 1, arbitrary: junkText.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 4_000)) },
    { weight: 1, arbitrary: odd.map((text) => text.replaceAll(/[\s?#]/g, '/')) },
  )
}

const filled = (path: string, values: Record<string, string>) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

const asText = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed()

const asQuery = (fields: Fields, more: readonly (readonly [string, unknown])[] = []): string =>
  [...Object.entries(fields), ...more]
    .map((pair) => pair.map((part) => encodeURIComponent(asText(part))).join('='))
    .join('&')
    .slice(0, 7_000)

function bodies(route: Route, fields: fc.Arbitrary<Fields>): fc.Arbitrary<string | Buffer> {
  const asBytes = (body: unknown): string | Buffer =>
    typeof body === 'string' || Buffer.isBuffer(body) ? body : (JSON.stringify(body) ?? '')
  return fc.oneof(
    { weight: 3, arbitrary: fields.map(asBytes) },
    { weight: 4, arbitrary: junkBody([requestOf(route).body ?? {}]).map(asBytes) },
    { weight: 2, arbitrary: fields.chain((sound) => junkBody([sound])).map(asBytes) },
    { weight: 1, arbitrary: fc.tuple(fields.map(asBytes), fc.constantFrom(...ODD_JSON)).map(spliced) },
  )
}

/** What a JSON text may hold that no value has. */
const ODD_JSON = [
  '1e999',
  '-0',
  '123456789012345678901234567890',
  '0.1e-400',
  '"\\ud800"',
  '"\\u0000"',
  '\ufeff{}',
  '{"a":1,"a":2}',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{}}}',
  `${'['.repeat(40)}${']'.repeat(40)}`,
  '// x',
  'NaN',
]

const spliced = ([text, odd]: [string | Buffer, string]) => {
  const at = text.toString().indexOf(':') + 1
  return at === 0 ? odd : `${text.toString().slice(0, at)}${odd},"x":${text.toString().slice(at)}`
}

const methods = (own: string) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(own) },
    { weight: 1, arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS') },
    { weight: 1, arbitrary: fc.constantFrom('QUERY', 'TRACE', 'PROPFIND', 'LOCK', 'SEARCH', 'M-SEARCH') },
  )
