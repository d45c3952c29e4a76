import { expect, test } from 'vitest'
import type { SecurityGroupRule } from '../../api/schema.ts'
import { networksEn } from '../../text/areas/networks.en.ts'
import { networksZh } from '../../text/areas/networks.zh.ts'
import { isOpenToAll, ruleWords } from './rule-words.ts'

const words = (rule: SecurityGroupRule) =>
  ruleWords({ security_group_id: 'own', ...rule }, networksEn.rule, (id) => `<${id}>`)

test('rules as one would say them', () => {
  expect(words({ direction: 'egress', ethertype: 'IPv4' })).toBe('Everything (IPv4) to anywhere')
  expect(words({ direction: 'ingress', ethertype: 'IPv6', remote_group_id: 'own' })).toBe(
    'Everything (IPv6) from members of this group',
  )
  const ssh = { direction: 'ingress', protocol: 'tcp', port_range_min: 22, port_range_max: 22 }
  expect(words({ ...ssh, remote_ip_prefix: '0.0.0.0/0' })).toBe('TCP, port 22 from anywhere')
  expect(words({ ...ssh, port_range_max: 30, remote_ip_prefix: '10.0.0.0/8' })).toBe(
    'TCP, ports 22 to 30 from 10.0.0.0/8',
  )
  expect(words({ direction: 'ingress', protocol: 'udp', ethertype: 'IPv6', remote_group_id: 'g' })).toBe(
    'UDP, all ports, IPv6 from members of <g>',
  )
  expect(words({ direction: 'ingress', protocol: 'icmp', remote_ip_prefix: '10.0.0.1/32' })).toBe(
    'ICMP from 10.0.0.1/32',
  )
  expect(words({ direction: 'ingress', protocol: '112', remote_address_group_id: 'a' })).toBe(
    'protocol 112, all ports from address group a',
  )
})

test('in Chinese', () => {
  const ssh = { direction: 'ingress', protocol: 'tcp', port_range_min: 22, port_range_max: 22 }
  expect(ruleWords({ ...ssh, remote_ip_prefix: '0.0.0.0/0' }, networksZh.rule, String)).toBe(
    '允许任意地址访问：TCP，端口 22',
  )
})

test('what is open to all', () => {
  const tcp = { direction: 'ingress', protocol: 'tcp' }
  expect(isOpenToAll(tcp)).toBe(true)
  expect(isOpenToAll({ ...tcp, remote_ip_prefix: '::/0' })).toBe(true)
  expect(isOpenToAll({ ...tcp, remote_ip_prefix: '10.0.0.0/8' })).toBe(false)
  expect(isOpenToAll({ ...tcp, remote_group_id: 'g' })).toBe(false)
  expect(isOpenToAll({ direction: 'egress' })).toBe(false)
})
