import Type, { type Static } from 'typebox'
import {
  createSubnet as create,
  listSubnets as list,
  deleteSubnet as remove,
  showSubnet,
} from '../../huaweicloud/vpc.ts'
import { id, nonEmpty, optionalFlag, optionalId, optionalText, strict } from '../fields.ts'
import { given } from '../given.ts'
import { idIn, lookUp } from '../look-up.ts'
import { route } from '../route.ts'
import { shape } from '../shapes/shape.ts'
import { subnet } from '../shapes/subnet.ts'
import { listRoute } from './list-route.ts'

export const listSubnets = listRoute({
  path: '/api/subnets',
  name: 'listSubnets',
  tag: 'networks',
  operation: list,
  summary: 'Subnets: a create wants the id of one for each network card.',
  item: subnet,
})

const change = { tag: 'networks', scope: 'admin', needs: 'regional', service: 'vpc' } as const

const createFields = strict({
  name: nonEmpty('1 to 64 letters, digits, `_`, `-`, `.`'),
  vpcId: id('VPC'),
  cidr: nonEmpty('A range within that of the VPC, for example 10.1.1.0/24.'),
  gatewayIp: nonEmpty('An address of the range, usually its first.'),
  description: Type.Optional(Type.String()),
  dhcpEnable: optionalFlag('True if left out; without it new instances get no address.'),
  ipv6Enable: optionalFlag('Also an IPv6 range.'),
  primaryDns: optionalText('IPv4 address of a name server.'),
  secondaryDns: optionalText('IPv4 address of a name server.'),
  dnsServers: Type.Optional(
    Type.Array(nonEmpty('IPv4 address'), { description: 'All name servers, the two above among them.' }),
  ),
  availabilityZone: optionalText('Any if left out.'),
  dhcpOptions: Type.Optional(
    Type.Array(
      strict({
        name: nonEmpty('ntp, addresstime …'),
        value: Type.Optional(Type.String({ description: 'For example 24h for addresstime.' })),
      }),
    ),
  ),
})

export const createSubnet = route({
  ...change,
  method: 'POST',
  path: '/api/subnets',
  name: 'createSubnet',
  summary: 'Makes a subnet in a VPC.',
  fields: createFields,
  value: shape({ subnet }),
  example: {
    fields: {
      name: 'shop-a',
      vpcId: 'dd7bac93-90f9-4fd3-8d4e-335e178f7aa5',
      cidr: '192.168.32.0/24',
      gatewayIp: '192.168.32.1',
    },
  },
  run: async ({ ask, fields }) => ({ answer: await ask(create, { body: { subnet: toSubnet(fields) } }) }),
})

export const deleteSubnet = route({
  ...change,
  method: 'DELETE',
  path: '/api/subnets/{subnetId}',
  name: 'deleteSubnet',
  summary: 'Deletes a subnet that nothing uses any more.',
  fields: strict({
    subnetId: id('Subnet, its `id` of GET /api/subnets'),
    vpcId: optionalId('VPC of the subnet; looked up if left out'),
  }),
  value: shape({}),
  example: { after: [{ call: 'createSubnet', take: { subnetId: 'subnet.id' } }] },
  async run(call) {
    const { subnetId, vpcId } = call.fields
    const params = { subnet_id: subnetId }
    const vpc_id = vpcId ?? (await lookUp(call, showSubnet, params, vpcOf))
    return { answer: await call.ask(remove, { params: { ...params, vpc_id } }) }
  },
})

const vpcOf = (body: unknown) => idIn((body as { subnet: Static<typeof subnet> }).subnet.vpc_id)

const toSubnet = (ask: Static<typeof createFields>) =>
  given({
    name: ask.name,
    vpc_id: ask.vpcId,
    cidr: ask.cidr,
    gateway_ip: ask.gatewayIp,
    description: ask.description,
    dhcp_enable: ask.dhcpEnable,
    ipv6_enable: ask.ipv6Enable,
    primary_dns: ask.primaryDns,
    secondary_dns: ask.secondaryDns,
    dnsList: ask.dnsServers,
    availability_zone: ask.availabilityZone,
    extra_dhcp_opts: ask.dhcpOptions?.map(({ name, value }) => given({ opt_name: name, opt_value: value })),
  })
