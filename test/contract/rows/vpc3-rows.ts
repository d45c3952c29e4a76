import { expect } from 'vitest'
import { answers, type Row, refuses, type Table } from './row.ts'

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

const vpcs: Row[] = [
  answers(
    'CreateVpc',
    { body: { dry_run: true, vpc: { name: 'v', cidr: '10.0.0.0/8' } } },
    { when: 'dry run' },
    202,
  ),
  answers(
    'CreateVpc',
    { body: { vpc: { name: 'judged', cidr: '172.16.0.0/12' } } },
    ({ vpc }, kept) => {
      kept.vpc = vpc.id
    },
    201,
  ),
  answers(
    'ShowVpc',
    (kept) => ({ vpc_id: kept.vpc }),
    ({ vpc }) => expect(vpc.status).toBe('ACTIVE'),
  ),
  answers(
    'UpdateVpc',
    (kept) => ({ vpc_id: kept.vpc, body: { vpc: { description: 'y' } } }),
    ({ vpc }) => expect(vpc.description).toBe('y'),
  ),
  answers('ListVpcs', { limit: 1 }, ({ vpcs, page_info }, kept) => {
    expect(page_info.current_count).toBe(1)
    kept.first = vpcs[0].id
    kept.marker = page_info.next_marker
  }),
  answers('ListVpcs', (kept) => ({ limit: 1, marker: kept.marker }), {
    when: 'the last page',
    look: ({ page_info }) => expect(page_info.next_marker).toBeUndefined(),
  }),
  answers('ListVpcs', (kept) => ({ id: [kept.vpc, kept.first] }), {
    when: 'by two ids',
    look: ({ vpcs }) => expect(vpcs).toHaveLength(2),
  }),
  refuses('ShowVpc', 404, 'VPC.0003', { vpc_id: UNKNOWN }, { when: 'unknown' }),
]

const parts: Row[] = [
  answers(
    'AddVpcExtendCidr',
    (kept) => ({ vpc_id: kept.vpc, body: { vpc: { extend_cidrs: ['10.9.0.0/16'] } } }),
    ({ vpc }) => expect(vpc.extend_cidrs).toEqual(['10.9.0.0/16']),
  ),
  answers('RemoveVpcExtendCidr', (kept) => ({
    vpc_id: kept.vpc,
    body: { vpc: { extend_cidrs: ['10.9.0.0/16'] } },
  })),
  // The Node SDK of npm is older and does not know these.
  answers(
    'ListVirsubnets',
    {},
    {
      only: 'python',
      look: ({ virsubnets }, kept) => {
        kept.virsubnet = virsubnets[0].id
      },
    },
  ),
  answers('ShowVirsubnet', (kept) => ({ virsubnet_id: kept.virsubnet }), { only: 'python' }),
  answers(
    'ListPorts',
    {},
    {
      only: 'python',
      look: ({ ports }, kept) => {
        kept.port = ports[0].id
      },
    },
  ),
  answers('ShowPort', (kept) => ({ port_id: kept.port }), { only: 'python' }),
]

const groups: Row[] = [
  answers(
    'CreateSecurityGroup',
    { body: { security_group: { name: 'g', description: 'd' } } },
    (body, kept) => {
      expect(body.security_group.security_group_rules).toHaveLength(4)
      kept.group = body.security_group.id
    },
    201,
  ),
  answers('ShowSecurityGroup', (kept) => ({ security_group_id: kept.group })),
  answers('ListSecurityGroups', { name: ['g'] }, ({ security_groups }) =>
    expect(security_groups).toHaveLength(1),
  ),
  answers(
    'UpdateSecurityGroup',
    (kept) => ({ security_group_id: kept.group, body: { security_group: { name: 'h' } } }),
    ({ security_group }) => expect(security_group.name).toBe('h'),
  ),
  answers(
    'CreateSecurityGroupRule',
    (kept) => ({
      body: {
        security_group_rule: {
          security_group_id: kept.group,
          direction: 'ingress',
          protocol: 'tcp',
          multiport: '22,80,1000-2000',
          remote_ip_prefix: '0.0.0.0/0',
          action: 'allow',
          priority: 1,
        },
      },
    }),
    ({ security_group_rule }, kept) => {
      kept.rule = security_group_rule.id
    },
    201,
  ),
  answers('ShowSecurityGroupRule', (kept) => ({ security_group_rule_id: kept.rule })),
  answers(
    'ListSecurityGroupRules',
    (kept) => ({ security_group_id: [kept.group] }),
    ({ security_group_rules }) => expect(security_group_rules).toHaveLength(5),
  ),
  answers(
    'BatchCreateSecurityGroupRules',
    (kept) => ({
      security_group_id: kept.group,
      body: { security_group_rules: [{ direction: 'egress', protocol: 'udp', multiport: '53' }] },
    }),
    {},
    201,
  ),
  answers('DeleteSecurityGroupRule', (kept) => ({ security_group_rule_id: kept.rule }), {}, 204),
  refuses('ShowSecurityGroupRule', 404, 'VPC.0612', (kept) => ({ security_group_rule_id: kept.rule }), {
    when: 'deleted',
  }),
  refuses('ShowSecurityGroup', 404, 'VPC.0603', { security_group_id: UNKNOWN }, { when: 'unknown' }),
  answers('DeleteSecurityGroup', (kept) => ({ security_group_id: kept.group }), {}, 204),
  answers('DeleteVpc', (kept) => ({ vpc_id: kept.vpc }), {}, 204),
]

export const vpc3Rows: Table = { sdk: 'vpc/v3', rows: [...vpcs, ...parts, ...groups] }
