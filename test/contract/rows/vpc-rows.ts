import { expect } from 'vitest'
import { neutron, neutronNetworks } from './neutron-rows.ts'
import { answers, type Kept, type Row, refuses, type Table } from './row.ts'
import { tagRows } from './tag-rows.ts'
import { addresses, ports } from './vpc-port-rows.ts'

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

const vpcs: Row[] = [
  answers(
    'CreateVpc',
    { body: { vpc: { name: 'judged', cidr: '10.8.0.0/16', description: 'x' } } },
    ({ vpc }, kept) => {
      expect(vpc).toMatchObject({ name: 'judged', cidr: '10.8.0.0/16' })
      kept.vpc = vpc.id
    },
  ),
  answers(
    'ShowVpc',
    (kept) => ({ vpc_id: kept.vpc }),
    ({ vpc }) => expect(vpc.status).toBe('OK'),
  ),
  answers(
    'UpdateVpc',
    (kept) => ({ vpc_id: kept.vpc, body: { vpc: { name: 'anew' } } }),
    ({ vpc }) => expect(vpc.name).toBe('anew'),
  ),
  answers('ListVpcs', {}, ({ vpcs }) => expect(vpcs).toHaveLength(2)),
  answers(
    'ListVpcs',
    { limit: 1 },
    {
      when: 'a page',
      look: ({ vpcs }, kept) => {
        kept.marker = vpcs[0].id
      },
    },
  ),
  answers('ListVpcs', (kept) => ({ limit: 1, marker: kept.marker }), {
    when: 'the next',
    look: ({ vpcs }, kept) => expect(vpcs[0].id).not.toBe(kept.marker),
  }),
  refuses(
    'CreateVpc',
    400,
    'VPC.0101',
    { body: { vpc: { name: 'x', cidr: '300.0.0.0/8' } } },
    { when: 'nowhere' },
  ),
  refuses('ShowVpc', 404, 'VPC.0003', { vpc_id: UNKNOWN }, { when: 'unknown' }),
]

const subnets: Row[] = [
  answers(
    'CreateSubnet',
    (kept) => ({
      body: {
        subnet: {
          name: 's',
          cidr: '10.8.1.0/24',
          gateway_ip: '10.8.1.1',
          vpc_id: kept.vpc,
          dhcp_enable: true,
        },
      },
    }),
    ({ subnet }, kept) => {
      kept.subnet = subnet.id
    },
  ),
  answers(
    'ShowSubnet',
    (kept) => ({ subnet_id: kept.subnet }),
    ({ subnet }, kept) => {
      expect(subnet).toMatchObject({ status: 'ACTIVE', neutron_network_id: kept.subnet })
      kept.neutronSubnet = subnet.neutron_subnet_id
    },
  ),
  answers(
    'ListSubnets',
    (kept) => ({ vpc_id: kept.vpc }),
    ({ subnets }) => expect(subnets).toHaveLength(1),
  ),
  answers(
    'UpdateSubnet',
    (kept) => ({ vpc_id: kept.vpc, subnet_id: kept.subnet, body: { subnet: { name: 't' } } }),
    ({ subnet }, kept) => expect(subnet.id).toBe(kept.subnet),
  ),
  refuses(
    'CreateSubnet',
    400,
    'VPC.0203',
    (kept) => ({
      body: { subnet: { name: 's', cidr: '10.9.1.0/24', gateway_ip: '10.9.1.1', vpc_id: kept.vpc } },
    }),
    { when: 'outside the VPC' },
  ),
  refuses(
    'CreateSubnet',
    400,
    'VPC.0204',
    (kept) => ({
      body: { subnet: { name: 's', cidr: '10.8.1.0/25', gateway_ip: '10.8.1.1', vpc_id: kept.vpc } },
    }),
    { when: 'overlapping' },
  ),
  refuses('ShowSubnet', 404, 'VPC.0202', { subnet_id: UNKNOWN }, { when: 'unknown' }),
  refuses('DeleteVpc', 409, 'VPC.0104', (kept) => ({ vpc_id: kept.vpc }), { when: 'with a subnet' }),
]

const groups: Row[] = [
  answers('CreateSecurityGroup', { body: { security_group: { name: 'g' } } }, ({ security_group }, kept) => {
    expect(security_group.security_group_rules.length).toBeGreaterThanOrEqual(2)
    kept.group = security_group.id
  }),
  answers('ListSecurityGroups', {}, ({ security_groups }) => expect(security_groups).toHaveLength(2)),
  answers('ShowSecurityGroup', (kept) => ({ security_group_id: kept.group })),
  refuses('ShowSecurityGroup', 404, 'VPC.0603', { security_group_id: UNKNOWN }, { when: 'unknown' }),
  answers(
    'CreateSecurityGroupRule',
    (kept) => ({ body: { security_group_rule: ssh(kept) } }),
    (body, kept) => {
      expect(body.security_group_rule).toMatchObject({ port_range_min: 22, port_range_max: 22 })
      kept.rule = body.security_group_rule.id
    },
  ),
  refuses(
    'CreateSecurityGroupRule',
    409,
    'VPC.0602',
    (kept) => ({ body: { security_group_rule: ssh(kept) } }),
    { when: 'again' },
  ),
  refuses(
    'CreateSecurityGroupRule',
    400,
    'VPC.0601',
    (kept) => ({ body: { security_group_rule: { ...ssh(kept), direction: 'sideways' } } }),
    { when: 'sideways' },
  ),
  answers('ShowSecurityGroupRule', (kept) => ({ security_group_rule_id: kept.rule })),
  answers(
    'ListSecurityGroupRules',
    (kept) => ({ security_group_id: kept.group }),
    ({ security_group_rules }) => expect(security_group_rules.length).toBeGreaterThanOrEqual(3),
  ),
  answers('DeleteSecurityGroupRule', (kept) => ({ security_group_rule_id: kept.rule }), {}, 204),
]

const ssh = (kept: Kept) => ({
  security_group_id: kept.group,
  direction: 'ingress',
  ethertype: 'IPv4',
  protocol: 'tcp',
  port_range_min: 22,
  port_range_max: 22,
  remote_ip_prefix: '10.0.0.0/8',
})

const tags: Row[] = [
  ...tagRows('Vpc', 'VpcResource', 'vpc_id', 'vpc', 'Vpcs'),
  ...tagRows('Subnet', 'Subnet', 'subnet_id', 'subnet', 'Subnets'),
  ...tagRows('SecurityGroup', 'SecurityGroup', 'security_group_id', 'group', 'SecurityGroups'),
]

const ends: Row[] = [
  answers('DeleteSubnet', (kept) => ({ vpc_id: kept.vpc, subnet_id: kept.subnet }), {}, 204),
  answers('DeleteSecurityGroup', (kept) => ({ security_group_id: kept.group }), {}, 204),
  answers('DeleteVpc', (kept) => ({ vpc_id: kept.vpc }), {}, 204),
  refuses('DeleteVpc', 404, 'VPC.0003', (kept) => ({ vpc_id: kept.vpc }), { when: 'deleted' }),
]

export const vpcRows: Table = {
  sdk: 'vpc/v2',
  rows: [
    ...vpcs,
    ...subnets,
    ...groups,
    ...ports,
    ...neutron,
    ...addresses,
    ...neutronNetworks,
    ...tags,
    ...ends,
  ],
}
