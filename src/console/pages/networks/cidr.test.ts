import { expect, test } from 'vitest'
import { addressOf, addressText, freeRange, gatewayOf, isWithin, rangeOf } from './cidr.ts'

test('an address, there and back', () => {
  expect(addressText(addressOf('192.168.10.255') ?? 0)).toBe('192.168.10.255')
  expect(['1.2.3', '1.2.3.256', '1.2.3.x', ''].map(addressOf)).toEqual(Array(4).fill(undefined))
})

test('a range begins with its first address', () => {
  expect(rangeOf('10.0.0.0/8')).toEqual({ first: 167_772_160, last: 184_549_375, bits: 8 })
  expect(['10.0.0.1/8', '10.0.0.0', '10.0.0.0/33', '300.0.0.0/8'].map(rangeOf)).toEqual(
    Array(4).fill(undefined),
  )
})

test('a range within another', () => {
  const within = (inner: string, outer: string) => {
    const [a, b] = [rangeOf(inner), rangeOf(outer)]
    return a && b && isWithin(a, b)
  }
  expect(within('10.1.0.0/16', '10.0.0.0/8')).toBe(true)
  expect(within('10.0.0.0/8', '10.1.0.0/16')).toBe(false)
})

test('the gateway is the first address of hosts', () => {
  expect(gatewayOf('192.168.16.0/20')).toBe('192.168.16.1')
  expect(gatewayOf('192.168')).toBe('')
})

test('the next free range of a network', () => {
  expect(freeRange('192.168.0.0/16', ['192.168.0.0/20'])).toBe('192.168.16.0/24')
  expect(freeRange('192.168.0.0/16', ['192.168.0.0/24', '192.168.1.0/26'])).toBe('192.168.2.0/24')
  expect(freeRange('192.168.4.0/26', [])).toBe('192.168.4.0/26')
  expect(freeRange('192.168.0.0/24', ['192.168.0.0/25'])).toBe('')
})
