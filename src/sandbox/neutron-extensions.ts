import { baseOf } from './catalog.ts'
import { neutronRefusal, neutronRow } from './neutron.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'

/** What clients ask for before they dare to ask for anything. */
export const neutronExtensionRows: readonly Row[] = [
  neutronRow('NeutronListResources', 'GET', '/v2.0', listResources),
  neutronRow('NeutronListResources', 'GET', '/v2.0/', listResources),
  neutronRow('NeutronListExtensions', 'GET', '/v2.0/extensions', listExtensions),
  neutronRow('NeutronShowExtension', 'GET', '/v2.0/extensions/{alias}', showExtension),
  neutronRow('NeutronListAvailabilityZones', 'GET', '/v2.0/availability_zones', listZones),
]

const collections = [
  'network',
  'subnet',
  'port',
  'router',
  'security-group',
  'security-group-rule',
  'floatingip',
]

function listResources(ask: Ask): Answer {
  const base = `${baseOf(ask, 'vpc', ask.region.id)}/v2.0`
  const resources = collections.map((name) => ({
    name: name.replaceAll('-', '_'),
    collection: `${name.replaceAll('-', '_')}s`,
    links: [{ rel: 'self', href: `${base}/${name}s` }],
  }))
  return ok({ resources })
}

const extensions = [
  ['availability_zone', 'Availability Zone'],
  ['network_availability_zone', 'Network Availability Zone'],
  ['router', 'Neutron L3 Router'],
  ['dvr', 'Distributed Virtual Router'],
  ['external-net', 'Neutron external network'],
  ['security-group', 'security-group'],
  ['port-security', 'Port Security'],
  ['allowed-address-pairs', 'Allowed Address Pairs'],
  ['extra_dhcp_opt', 'Neutron Extra DHCP options'],
  ['binding', 'Port Binding'],
  ['provider', 'Provider Network'],
  ['pagination', 'Pagination support'],
  ['sorting', 'Sorting support'],
  ['project-id', 'project_id field enabled'],
].map(([alias = '', name = '']) => ({
  alias,
  name,
  description: name,
  updated: '2016-01-01T00:00:00-00:00',
  links: [],
}))

function listExtensions(): Answer {
  return ok({ extensions })
}

function showExtension({ params }: Ask): Answer {
  const extension = extensions.find(({ alias }) => alias === params.alias)
  if (!extension)
    throw neutronRefusal('ExtensionNotFound', `Extension with alias ${params.alias} does not exist`)
  return ok({ extension })
}

function listZones({ region }: Ask): Answer {
  const zones = region.zones.flatMap((name) =>
    ['network', 'router'].map((resource) => ({ name, resource, state: 'available' })),
  )
  return ok({ availability_zones: zones })
}
