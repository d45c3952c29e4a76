import { expect, test } from 'vitest'
import { holdersOf, ipStatus, networkWords, subnetStatus, withSubnets } from './facts.ts'

test('subnets stand with their VPC, told apart by region', () => {
  const vpcs = [
    { id: 'v', regionId: 'cn-east-2' },
    { id: 'v', regionId: 'cn-north-4' },
  ]
  const subnet = { id: 's', vpc_id: 'v', regionId: 'cn-north-4', cidr: '10.0.0.0/24' }
  const networks = withSubnets(vpcs, [subnet])
  expect(networks.map(({ subnets }) => subnets)).toEqual([[], [subnet]])
  expect(networkWords(networks[1] ?? { regionId: '', subnets: [] })).toContain('10.0.0.0/24')
})

test('whom a public address is bound to', () => {
  const server = {
    id: 'i',
    regionId: 'cn-east-2',
    addresses: {
      v: [
        { addr: '192.168.0.9', 'OS-EXT-IPS:type': 'fixed' as const },
        { addr: '1.2.3.4', 'OS-EXT-IPS:type': 'floating' as const },
      ],
    },
  }
  expect([...holdersOf([server])]).toEqual([['cn-east-2/1.2.3.4', server]])
})

test('states in words of the badge', () => {
  expect(['ACTIVE', 'DOWN', 'PENDING_CREATE', 'FREEZED'].map((status) => ipStatus({ status }))).toEqual([
    'in-use',
    'DOWN',
    'creating',
    'FREEZED',
  ])
  expect(subnetStatus({ status: 'UNKNOWN' })).toBe('creating')
})
