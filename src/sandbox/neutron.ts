import { baseOf } from './catalog.ts'
import { GatewayRefusal, Refusal } from './refusal.ts'
import type { Answer, Ask, Manner, Method, Row } from './service.ts'
import type { World } from './world.ts'

/** Networks as OpenStack speaks of them: https://support.huaweicloud.com/api-vpc/vpc_network_0001.html */
const manner: Manner = {
  contentType: 'application/json',
  shape: ({ code, message }) => ({ NeutronError: { type: code, message, detail: '' } }),
  otherProject: (id) => neutronRefusal('NotFound', `The project ${id} could not be found.`),
  unreadable: () => neutronRefusal('HTTPBadRequest', 'The request body is not valid JSON.'),
}

const statuses: Record<string, number> = {
  NotFound: 404,
  NetworkNotFound: 404,
  SubnetNotFound: 404,
  PortNotFound: 404,
  RouterNotFound: 404,
  SecurityGroupNotFound: 404,
  SecurityGroupRuleNotFound: 404,
  FloatingIPNotFound: 404,
  ExtensionNotFound: 404,
  OverQuota: 409,
  NetworkInUse: 409,
  SubnetInUse: 409,
  PortInUse: 409,
  RouterInUse: 409,
  RouterInterfaceInUse: 409,
  SecurityGroupInUse: 409,
  SecurityGroupRuleExists: 409,
  SecurityGroupCannotRemoveDefault: 409,
  SecurityGroupDefaultAlreadyExists: 409,
  IpAddressInUse: 409,
  IpAddressGenerationFailure: 409,
  ExternalIpAddressExhausted: 409,
  FloatingIPPortAlreadyAssociated: 409,
  FloatingIpInUse: 409,
}

/** The VPC's codes in Neutron's words, for what both do alike; with the status where that alone tells. */
const words: Record<string, string> = {
  'VPC.0003': 'RouterNotFound',
  'VPC.0104': 'RouterInUse',
  'VPC.0110': 'RouterInUse',
  'VPC.0114': 'OverQuota',
  'VPC.0120': 'RouterInUse',
  'VPC.0202': 'SubnetNotFound',
  'VPC.0208': 'SubnetInUse',
  'VPC.0209': 'SubnetInUse',
  'VPC.0504': 'FloatingIPNotFound',
  'VPC.0510': 'FloatingIPPortAlreadyAssociated',
  'VPC.0511': 'FloatingIPPortAlreadyAssociated',
  'VPC.0521': 'OverQuota',
  'VPC.0522': 'IpAddressInUse',
  'VPC.0525': 'FloatingIpInUse',
  'VPC.0532': 'ExternalIpAddressExhausted',
  'VPC.0603': 'SecurityGroupNotFound',
  'VPC.0604': 'OverQuota',
  'VPC.0612': 'SecurityGroupRuleNotFound',
  'VPC.0701': 'IpAddressInUse',
  'VPC.2500 404': 'PortNotFound',
  'VPC.2502 404': 'NetworkNotFound',
  'VPC.2502 500': 'IpAddressGenerationFailure',
}

export const neutronRefusal = (type: string, message: string): Refusal =>
  new Refusal(statuses[type] ?? 400, type, message)

function translated(refusal: Refusal): Refusal {
  const { code, status, message, details } = refusal
  if (refusal instanceof GatewayRefusal || !code.startsWith('VPC.')) return refusal
  const type = details[0]?.code ?? words[`${code} ${status}`] ?? words[code] ?? 'InvalidInput'
  return neutronRefusal(type, message)
}

export function neutronRow(
  name: string,
  method: Method,
  path: string,
  handle: (ask: Ask, world: World) => Answer,
  partial?: string,
): Row {
  return {
    name,
    method,
    path,
    manner,
    ...(partial ? { partial } : {}),
    handle(ask, world) {
      try {
        return handle(ask, world)
      } catch (thrown) {
        throw thrown instanceof Refusal ? translated(thrown) : thrown
      }
    },
  }
}

/** The one thing the body is about, with nothing in it that is not understood. */
export function readOne(ask: Ask, name: string, known: readonly string[]): Record<string, unknown> {
  const wanted = ask.object()[name]
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted))
    throw neutronRefusal('HTTPBadRequest', `Unable to find '${name}' in request body`)
  const unknown = Object.keys(wanted).filter((key) => !known.includes(key))
  if (unknown.length > 0)
    throw neutronRefusal('HTTPBadRequest', `Unrecognized attribute(s) '${unknown.join(', ')}'`)
  return wanted as Record<string, unknown>
}

export const invalidInput = (message: string) => neutronRefusal('InvalidInput', message)

const asked = ['limit', 'marker', 'page_reverse', 'fields', 'sort_key', 'sort_dir']

type View = Record<string, unknown>

/** A list as Neutron gives one: filtered by anything it shows, sorted, in pages, with only the fields asked for. */
export function listOf<Thing>(
  ask: Ask,
  name: string,
  things: Iterable<Thing>,
  viewOf: (thing: Thing) => View,
): View {
  const { query } = ask
  const filters = [...new Set(query.pairs.map(([key]) => key))].filter((key) => !asked.includes(key))
  const views = [...things].map(viewOf)
  const found = views.filter((view) => filters.every((key) => passes(view, key, query.all(key))))
  const { page, links } = pageOf(ask, sorted(found, query.all('sort_key'), query.all('sort_dir')))
  const fields = query.all('fields')
  const rows = fields.length === 0 ? page : page.map((view) => only(view, fields))
  return { [name]: rows, ...(links.length > 0 ? { [`${name}_links`]: links } : {}) }
}

/** What nobody has, nobody is found by. */
function passes(view: View, key: string, values: readonly string[]): boolean {
  if (key === 'fixed_ips') return passesFixedIps(view.fixed_ips, values)
  if (!Object.hasOwn(view, key))
    return ['tags', 'not-tags', 'description'].includes(key) && values.includes('')
  const has = view[key]
  const own = Array.isArray(has)
    ? has.map(String)
    : [typeof has === 'boolean' ? String(has) : String(has ?? '')]
  return values.some((value) => own.includes(typeof has === 'boolean' ? value.toLowerCase() : value))
}

function passesFixedIps(fixedIps: unknown, values: readonly string[]): boolean {
  return (
    Array.isArray(fixedIps) &&
    fixedIps.some((fixed) =>
      values.every((value) => {
        const [name = '', ...rest] = value.split('=')
        return fixed[name] === rest.join('=')
      }),
    )
  )
}

function sorted(views: View[], keys: readonly string[], directions: readonly string[]): View[] {
  return views.toSorted((a, b) => {
    for (const [index, key] of keys.entries()) {
      const [left, right] = [String(a[key] ?? ''), String(b[key] ?? '')]
      if (left !== right) return left < right === (directions[index] !== 'desc') ? -1 : 1
    }
    return 0
  })
}

const only = (view: View, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(view).filter(([name]) => fields.includes(name)))

function pageOf(ask: Ask, rows: View[]): { page: View[]; links: View[] } {
  const { query } = ask
  const limit = query.whole('limit', rows.length)
  if (limit === undefined) throw invalidInput("Invalid value for 'limit'.")
  const isReverse = query.get('page_reverse')?.toLowerCase() === 'true'
  const marker = query.get('marker')
  const at = marker === undefined ? undefined : rows.findIndex(({ id }) => id === marker)
  if (at === -1) throw invalidInput(`The marker ${marker} could not be found.`)
  const end = isReverse ? (at ?? rows.length) : rows.length
  const begin = isReverse ? Math.max(0, end - limit) : (at ?? -1) + 1
  const page = rows.slice(begin, isReverse ? end : begin + limit)
  const [first] = page
  const last = page.at(-1)
  if (query.get('limit') === undefined || !first || !last) return { page, links: [] }
  const links = [
    ...(last === rows.at(-1) ? [] : [{ rel: 'next', href: hrefOf(ask, last.id, false) }]),
    ...(first === rows[0] ? [] : [{ rel: 'previous', href: hrefOf(ask, first.id, true) }]),
  ]
  return { page, links }
}

function hrefOf(ask: Ask, marker: unknown, isReverse: boolean): string {
  const kept = ask.query.pairs.filter(([name]) => name !== 'marker' && name !== 'page_reverse')
  const pairs = [
    ...kept,
    ['marker', String(marker)] as const,
    ...(isReverse ? [['page_reverse', 'True'] as const] : []),
  ]
  const text = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  return `${baseOf(ask, 'vpc', ask.region.id)}${ask.path}?${text.join('&')}`
}
