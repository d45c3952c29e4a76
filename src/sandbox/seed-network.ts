import type { Holdings } from './holdings.ts'
import { stableHex, stableUuid } from './ids.ts'
import { resolvers, type Subnet, takeAddress } from './networks.ts'
import type { Port } from './ports.ts'
import { bornRules } from './security-groups.ts'

const FIRST_DAY = Date.parse('2022-05-01T00:00:00Z')

/** What every account finds: one VPC with one subnet, and the group called default. */
export function seedNetwork(holdings: Holdings): void {
  const { name } = holdings.project
  const vpcId = stableUuid(`${name} vpc-default`)
  const subnetId = stableUuid(`${name} subnet-default`)
  const groupId = stableUuid(`${name} default group`)
  const dated = { created: FIRST_DAY, updated: FIRST_DAY }
  holdings.vpcs.set(vpcId, {
    id: vpcId,
    ...dated,
    name: 'vpc-default',
    description: '',
    cidr: '192.168.0.0/16',
    extendCidrs: [],
    enterpriseProjectId: '0',
    routes: [],
  })
  holdings.networks.set(subnetId, {
    id: subnetId,
    ...dated,
    name: vpcId,
    adminStateUp: true,
    portSecurity: true,
  })
  holdings.subnets.set(subnetId, {
    id: subnetId,
    ...dated,
    neutronSubnetId: stableUuid(`${name} subnet-default in Neutron`),
    vpcId,
    // Room for as many servers as the quota allows.
    cidr: '192.168.0.0/20',
    gatewayIp: '192.168.0.1',
    name: 'subnet-default',
    description: '',
    dhcp: true,
    dns: [...resolvers],
    zone: '',
    extraDhcpOpts: [],
    taken: new Map(),
  })
  holdings.securityGroups.set(groupId, {
    id: groupId,
    ...dated,
    name: 'default',
    description: 'Default security group',
    enterpriseProjectId: '0',
    rules: bornRules(groupId, FIRST_DAY),
  })
}

/** The NIC of a documented server, always the same for the same `known`. */
export function seedPort(
  known: string,
  subnet: Subnet,
  server: { id: string; zone: string; created: number },
  holdings: Holdings,
): Port {
  const id = stableUuid(`${known} port`)
  const address = takeAddress(subnet, id)
  if (address === undefined) throw new Error('the seed needs its network')
  const port: Port = {
    id,
    mac: `fa:16:3e:${(stableHex(known).match(/../g) ?? []).slice(0, 3).join(':')}`,
    created: server.created,
    updated: server.created,
    name: '',
    subnetId: subnet.id,
    address,
    securityGroups: [...holdings.securityGroups.keys()].slice(0, 1),
    deviceId: server.id,
    deviceOwner: `compute:${server.zone}`,
    adminStateUp: true,
    portSecurity: true,
    deleteWithServer: true,
    allowedAddressPairs: [],
    extraDhcpOpts: [],
  }
  holdings.ports.set(id, port)
  holdings.macs.add(port.mac)
  return port
}
