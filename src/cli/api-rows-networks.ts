import type { ApiRow, Column, FieldFlag } from './api-row.ts'

const VPC: readonly Column[] = [
  ['ID', 'id'],
  ['NAME', 'name'],
  ['RANGE', 'cidr'],
  ['STATUS', 'status'],
]

const SUBNET: readonly Column[] = [
  ['ID', 'id'],
  ['NAME', 'name'],
  ['RANGE', 'cidr'],
  ['GATEWAY', 'gateway_ip'],
  ['VPC', 'vpc_id'],
  ['STATUS', 'status'],
]

const text = (name: string, field: string, help: FieldFlag['help']): FieldFlag => ({
  name,
  field,
  value: name,
  isRequired: true,
  help,
})

export const networkRows: readonly ApiRow[] = [
  {
    path: ['vpcs', 'list'],
    isUsual: true,
    operation: 'listVpcs',
    summary: (text) => text.commands.vpcs,
    isList: true,
    holds: 'vpcs',
    columns: VPC,
  },
  {
    path: ['vpcs', 'create'],
    operation: 'createVpc',
    isWrite: true,
    summary: (text) => text.commands.vpcCreate,
    holds: 'vpc',
    columns: VPC,
    fields: [
      text('name', 'name', (text) => text.flags.name),
      text('cidr', 'cidr', (text) => text.flags.cidr),
    ],
  },
  {
    path: ['vpcs', 'delete'],
    operation: 'deleteVpc',
    isWrite: true,
    summary: (text) => text.commands.vpcDelete,
    word: { usage: '<id>', field: 'vpcId' },
    columns: [],
    question: (text) => text.confirm.delete,
  },
  {
    path: ['subnets', 'list'],
    isUsual: true,
    operation: 'listSubnets',
    summary: (text) => text.commands.subnets,
    isList: true,
    holds: 'subnets',
    columns: SUBNET,
  },
  {
    path: ['subnets', 'create'],
    operation: 'createSubnet',
    isWrite: true,
    summary: (text) => text.commands.subnetCreate,
    holds: 'subnet',
    columns: SUBNET,
    fields: [
      text('name', 'name', (text) => text.flags.name),
      text('vpc', 'vpcId', (text) => text.flags.vpc),
      text('cidr', 'cidr', (text) => text.flags.cidr),
      text('gateway-ip', 'gatewayIp', (text) => text.flags.gatewayIp),
    ],
  },
  {
    path: ['subnets', 'delete'],
    operation: 'deleteSubnet',
    isWrite: true,
    summary: (text) => text.commands.subnetDelete,
    word: { usage: '<id>', field: 'subnetId' },
    columns: [],
    question: (text) => text.confirm.delete,
  },
  {
    path: ['security-groups'],
    operation: 'listSecurityGroups',
    summary: (text) => text.commands.securityGroups,
    isList: true,
    holds: 'security_groups',
    columns: [
      ['ID', 'id'],
      ['NAME', 'name'],
      ['DESCRIPTION', 'description'],
    ],
  },
]
