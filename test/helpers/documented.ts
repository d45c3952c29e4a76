import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { openApi } from '../../src/gateway/openapi/document.ts'
import { RAW_PATH } from '../../src/gateway/openapi/raw.ts'
import type { Header, OpenApi, Ref, Response } from '../../src/gateway/openapi/types.ts'

export interface Answered {
  status: number
  headers: Headers
  text: string
  json: unknown
}

/** Servers whose answers are held against the document. */
const origins = new Set<string>()

export function holdToDocument(urls: readonly string[]): void {
  for (const url of urls) origins.add(new URL(url).origin)
}

/** Parts of a page, and the doors of the sandbox, which is no part of the API. */
const UNDOCUMENTED = /^\/(?:docs\/|console\/|welcome\.css$|_sandbox\/)/

/** On all answers alike, or of HTTP itself; what else there is must be documented. */
const COMMON_HEADERS = new Set(
  `x-request-id cache-control x-content-type-options referrer-policy vary content-type content-length content-language
   content-encoding transfer-encoding connection keep-alive date content-security-policy content-disposition
   cross-origin-opener-policy cross-origin-resource-policy access-control-allow-origin access-control-expose-headers`.split(
    /\s+/,
  ),
)

/**
 * Every answer that a test gets through the helpers passes here: its status, headers, type and body must be those
 * that the OpenAPI document promises. What no operation answers is held against the general shape of errors.
 */
export function documented<Got extends Answered>(method: string | undefined, url: string, got: Got): Got {
  return checked(method?.toUpperCase() ?? 'GET', url, pathOf(url), got)
}

/** The same for bytes, which may be no request at all. */
export function documentedRaw<Got extends Answered>(url: string, bytes: string | Buffer, got: Got): Got {
  const [, method, target = ''] = /^([A-Z]+) (\S+) HTTP\/1/.exec(Buffer.from(bytes).toString('latin1')) ?? []
  const path = target.startsWith('/') ? target.replace(/[?#].*$/, '') : pathOf(target)
  return checked(method, url, path, got)
}

function checked<Got extends Answered>(method: string | undefined, url: string, path: string, got: Got): Got {
  if (!origins.has(new URL(url).origin) || !Number.isFinite(got.status) || method === 'OPTIONS') return got
  if (UNDOCUMENTED.test(path)) return got
  const faults = faultsOf(method, path, got)
  if (faults.length > 0)
    throw new Error(`${method} ${path} answered ${got.status}, and not as documented: ${faults.join('; ')}`)
  return got
}

function faultsOf(
  method: string | undefined,
  path: string,
  { status, headers, text, json }: Answered,
): string[] {
  const found = method === undefined ? undefined : operationAt(method, path)
  if (method === undefined && status < 400) return [] // a test's own way of writing a good request
  const response = found ? found.response(status) : generalResponse(status)
  if (!response) return ['this status is not documented for it']
  const { at, said } = response
  const names = Object.keys(said.headers ?? {}).map((name) => name.toLowerCase())
  const type = (headers.get('content-type') ?? '').split(';')[0] ?? ''
  return [
    ...headerFaults(said, headers),
    ...[...headers.keys()]
      .filter((name) => !COMMON_HEADERS.has(name) && !names.includes(name) && found?.path !== RAW_PATH)
      .map((name) => `the header ${name} is not documented`),
    ...(text === '' || method === 'HEAD' ? [] : bodyFaults(at, said, type, text, json)),
    ...(isOwnError(json) ? faultsBy('#/components/schemas/Problem', json) : []),
    ...(codeOf(json) === undefined || codeOf(json) === status || !isOwnError(json)
      ? []
      : ['its code is not its status']),
  ]
}

/** Promised ones must be there, and all must look as promised. */
function headerFaults(said: Response, headers: Headers): string[] {
  return Object.entries(said.headers ?? {}).flatMap(([name, one]) => {
    const { required, schema } = '$ref' in one ? headerOf(one) : one
    const value = headers.get(name)
    if (value === null) return required ? [`${name} is missing`] : []
    const { pattern } = schema as { pattern?: string }
    return pattern === undefined || new RegExp(pattern).test(value) ? [] : [`${name} is not as promised`]
  })
}

const headerOf = ({ $ref }: Ref): Header =>
  judge().document.components.headers[$ref.split('/').at(-1) ?? ''] as Header

function bodyFaults(at: string, said: Response, type: string, text: string, json: unknown): string[] {
  const content = said.content ?? {}
  if (content['*/*']) return []
  if (!content[type]) return [`the type ${type} is not documented`]
  const schema = `${at}/content/${escaped(type)}/schema`
  if (type === 'application/json') return faultsBy(schema, json)
  if (type !== 'application/x-ndjson') return faultsBy(schema, text)
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => faultsBy(schema, JSON.parse(line)))
}

const isOwnError = (json: unknown): boolean =>
  domainOf(json) === 'huawei-cloud-api' && Object.keys(Object(json)).join() === 'error'

// biome-ignore lint/suspicious/noExplicitAny: looks into answers of any shape
const domainOf = (json: any): unknown => json?.error?.details?.[0]?.domain
// biome-ignore lint/suspicious/noExplicitAny: as above
const codeOf = (json: any): unknown => json?.error?.code

/** The document and its judge, made when the first answer comes. */
let made: { document: OpenApi; ajv: Ajv2020 } | undefined
const judges = new Map<string, ValidateFunction>()

function judge() {
  if (!made) {
    const document = openApi('0.0.0')
    const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, allErrors: true })
    ajv.addSchema({ $id: 'openapi.json', ...document })
    made = { document, ajv }
  }
  return made
}

function faultsBy(pointer: string, value: unknown): string[] {
  const { ajv } = judge()
  const validate = judges.get(pointer) ?? ajv.compile({ $ref: `openapi.json${pointer}` })
  judges.set(pointer, validate)
  if (validate(value)) return []
  return (validate.errors ?? []).slice(0, 5).map(({ instancePath, message, params }) => {
    return `${instancePath || 'body'} ${message} ${JSON.stringify(params)}`
  })
}

interface Found {
  path: string
  response(status: number): { at: string; said: Response } | undefined
}

function operationAt(method: string, path: string): Found | undefined {
  const { paths } = judge().document
  const template = Object.hasOwn(paths, path)
    ? path
    : Object.keys(paths).find((one) => formOf(one).test(path))
  const verb = method.toLowerCase()
  const operations = template === undefined ? undefined : paths[template]
  const used = operations?.[verb] ? verb : verb === 'head' && operations?.get ? 'get' : undefined
  if (template === undefined || operations === undefined || used === undefined) return undefined
  const responses = operations[used]?.responses ?? {}
  return {
    path: template,
    response(status) {
      const name = [String(status), `${Math.floor(status / 100)}XX`].find((key) =>
        Object.hasOwn(responses, key),
      )
      const said = name === undefined ? undefined : responses[name]
      return said && resolved(said, `#/paths/${escaped(template)}/${used}/responses/${name}`)
    },
  }
}

/** What a request is answered with that is for no operation. */
function generalResponse(status: number): { at: string; said: Response } | undefined {
  const said = judge().document.paths['/api/instances']?.post?.responses[String(status)]
  return said && status >= 400 ? resolved(said, '') : undefined
}

function resolved(said: Response | Ref, at: string): { at: string; said: Response } | undefined {
  if (!('$ref' in said)) return { at, said }
  const name = said.$ref.split('/').at(-1) ?? ''
  const found = judge().document.components.responses[name]
  return found && { at: said.$ref, said: found }
}

const forms = new Map<string, RegExp>()

function formOf(template: string): RegExp {
  const known = forms.get(template)
  if (known) return known
  const inside = template === RAW_PATH ? '/api/raw/[^/]+/.+' : template.replaceAll(/\{\w+\}/g, '[^/]+')
  const form = new RegExp(`^${inside}$`)
  forms.set(template, form)
  return form
}

/** As it was sent: parsing would resolve dots. */
const pathOf = (url: string): string => /^\w+:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] || '/'

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')
