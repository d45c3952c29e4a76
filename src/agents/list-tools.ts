import Type from 'typebox'
import { SALE_FIELDS, salesOf } from './sales.ts'
import { contains, type Item, listFields, shortList } from './short-list.ts'
import { id, input, READS, regionId, type Tool, tool } from './tool.ts'

const reads = { scope: 'read', writes: false, annotations: READS } as const
const name = Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'A part of the name.' }))
const regions = Type.Optional(Type.String({ description: 'A region, several with commas, or * for all.' }))
const whole = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }))

const listRegions = tool({
  ...reads,
  name: 'list_regions',
  title: 'Regions',
  description: 'Ids of all regions of Huawei Cloud.',
  input: input({}),
  async run(_, { call }) {
    const { regions: found } = await call({ method: 'GET', path: '/api/regions' })
    const ids = Array.isArray(found) ? found.map((one) => Reflect.get(Object(one), 'Id')) : []
    return { data: { total: ids.length, regions: ids } }
  },
})

const listImages = tool({
  ...reads,
  name: 'list_images',
  title: 'Images',
  description: 'Images that an instance can start from.',
  input: input({
    regionId,
    name,
    os: Type.Optional(Type.Enum(['Linux', 'Windows'])),
    type: Type.Optional(
      Type.Enum(['gold', 'private', 'shared', 'market'], { description: 'gold is public.' }),
    ),
    ...listFields,
  }),
  run: ({ name, os, type, ...more }, use) =>
    shortList(
      {
        path: '/api/images',
        items: 'images',
        facts: ['id', 'name', 'min_disk', '__os_type', '__imagetype', 'status'],
        query: { __os_type: os, __imagetype: type },
        keeps: (image) => contains(image.name, name),
        more,
      },
      use,
    ),
})

const listInstanceTypes = tool({
  ...reads,
  name: 'list_instance_types',
  title: 'Instance types',
  description:
    'Instance types (flavors) that are not sold out, the smallest first; ram is in MiB, zones are those where it is sold (none named: all).',
  input: input({
    regionId,
    name,
    vcpus: whole('At least so many.'),
    ramGiB: whole('At least so much.'),
    availabilityZone: Type.Optional(Type.String({ minLength: 1 })),
    soldOut: Type.Optional(Type.Boolean({ description: 'Those that are sold out or given up, too.' })),
    ...listFields,
  }),
  run: ({ name, vcpus = 0, ramGiB = 0, availabilityZone, soldOut, ...more }, use) =>
    shortList(
      {
        path: '/api/instance-types',
        items: 'flavors',
        facts: ['id', 'vcpus', 'ram', ...SALE_FIELDS],
        query: { availability_zone: availabilityZone, sort: 'vcpus,ram' },
        keeps: (flavor) =>
          contains(flavor.id, name) &&
          Number(flavor.vcpus) >= vcpus &&
          Number(flavor.ram) >= ramGiB * 1_024 &&
          (soldOut === true || salesOf(flavor).onSale),
        brief: ({ id, vcpus, ram, os_extra_specs, ...more }) => ({
          id,
          vcpus,
          ram,
          zones: salesOf({ os_extra_specs }).zones,
          ...more,
        }),
        more,
      },
      use,
    ),
})

/** Huawei's are by network, with all of their ports. */
const addressesIn = (addresses: unknown): unknown[] =>
  Object.values(Object(addresses))
    .flat()
    .map((one) => Reflect.get(Object(one), 'addr'))

const listInstances = tool({
  ...reads,
  name: 'list_instances',
  title: 'Instances',
  description: 'Instances (virtual machines), newest first.',
  input: input({
    regionId: regions,
    name,
    status: Type.Optional(
      Type.String({ minLength: 1, maxLength: 32, description: 'ACTIVE, SHUTOFF, ERROR …' }),
    ),
    ...listFields,
  }),
  run: ({ name, status, ...more }, use) =>
    shortList(
      {
        path: '/api/instances',
        items: 'servers',
        facts: ['id', 'name', 'status', 'created', 'flavor.id', 'addresses'],
        query: { sort: '-created' },
        keeps: (server) => contains(server.name, name) && (status === undefined || server.status === status),
        brief: ({ flavor, addresses, ...server }) => ({
          ...server,
          type: Reflect.get(Object(flavor), 'id'),
          addresses: addressesIn(addresses),
        }),
        more,
      },
      use,
    ),
})

/** What each kind is at, is called, and tells. */
const NETWORKS = {
  vpcs: ['/api/vpcs', 'vpcs', ['id', 'name', 'cidr', 'status']],
  subnets: ['/api/subnets', 'subnets', ['id', 'name', 'cidr', 'vpc_id', 'availability_zone']],
  'security-groups': ['/api/security-groups', 'security_groups', ['id', 'name', 'description']],
  'public-ips': ['/api/public-ips', 'publicips', ['id', 'public_ip_address', 'status', 'bandwidth_size']],
} as const

const listNetworks = tool({
  ...reads,
  name: 'list_networks',
  title: 'Networks',
  description: 'VPCs, subnets, security groups or public addresses.',
  input: input({
    kind: Type.Enum(['vpcs', 'subnets', 'security-groups', 'public-ips']),
    regionId: regions,
    name,
    vpcId: Type.Optional(id('Subnets of this VPC only.')),
    ...listFields,
  }),
  run({ kind, name, vpcId, ...more }, use) {
    const [path, items, facts] = NETWORKS[kind]
    const keeps = (item: Item) =>
      contains(item.name, name) && (vpcId === undefined || item.vpc_id === undefined || item.vpc_id === vpcId)
    return shortList({ path, items, facts, keeps, more }, use)
  },
})

export const listTools: readonly Tool[] = [
  listRegions,
  listImages,
  listInstanceTypes,
  listInstances,
  listNetworks,
]
