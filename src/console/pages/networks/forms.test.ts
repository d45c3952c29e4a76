import { expect, test } from 'vitest'
import { wrongInSubnet, wrongInVpc } from './forms.ts'

test('a VPC lies in a private range', () => {
  const wrong = (cidr: string) => wrongInVpc({ name: 'net-1', cidr }).cidr
  expect(['10.0.0.0/8', '172.16.0.0/12', '172.20.0.0/16', '192.168.4.0/24'].map(wrong)).toEqual(
    Array(4).fill(undefined),
  )
  expect(wrong('172.40.0.0/16')).toBe('notPrivate')
  expect(wrong('8.0.0.0/8')).toBe('notPrivate')
  expect(wrong('10.0.0.0/29')).toBe('tooNarrow')
  expect(wrong('10.0.0.1/8')).toBe('range')
})

test('names', () => {
  const wrong = (name: string) => wrongInVpc({ name, cidr: '10.0.0.0/8' }).name
  expect(['a', '网络-1', 'a_b.c'].map(wrong)).toEqual(Array(3).fill(undefined))
  expect(['', 'a b', '<b>', 'x'.repeat(65)].map(wrong)).toEqual(Array(4).fill('name'))
})

test('a subnet lies in its VPC, beside the others, with its gateway inside', () => {
  const wrong = (cidr: string, gatewayIp: string) =>
    wrongInSubnet({ name: 's', cidr, gatewayIp }, '192.168.0.0/16', ['192.168.0.0/20'])
  expect(wrong('192.168.16.0/24', '192.168.16.1')).toEqual({})
  expect(wrong('10.0.0.0/24', '10.0.0.1')).toEqual({ cidr: 'outside' })
  expect(wrong('192.168.1.0/24', '192.168.1.1')).toEqual({ cidr: 'overlap' })
  expect(wrong('192.168.16.0/30', '192.168.16.1')).toEqual({ cidr: 'tooNarrow' })
  expect(wrong('192.168.16.0/24', '192.168.17.1')).toEqual({ gatewayIp: 'gateway' })
  expect(wrong('192.168.16.0/24', '192.168.16.255')).toEqual({ gatewayIp: 'gateway' })
  expect(wrong('x', '')).toEqual({ cidr: 'range', gatewayIp: 'gateway' })
})
