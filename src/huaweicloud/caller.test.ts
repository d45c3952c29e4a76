import { expect, test } from 'vitest'
import { type Caller, identifier, masked } from './caller.ts'

test.each([
  ['HPUA1234567890ABCDEF', 'HPUA***EF'],
  ['ABCDEFGH', 'ABCD***GH'],
  ['ABCDEFG', '***'],
  ['A', '***'],
  ['', '***'],
])('%j is shown as %j', (key, shown) => expect(masked(key)).toBe(shown))

const caller: Caller = { accessKey: 'AK', secretKey: 'SK', securityToken: 'TOKEN' }

test('the same keys and words have the same name', () => {
  const identify = identifier()
  expect(identify({ ...caller }, 'cn-north-4')).toBe(identify(caller, 'cn-north-4'))
})

test.each<[what: string, other: Caller, more: string[]]>([
  ['another access key', { ...caller, accessKey: 'AK2' }, ['r']],
  ['another secret', { ...caller, secretKey: 'SK2' }, ['r']],
  ['another token', { ...caller, securityToken: 'TOKEN2' }, ['r']],
  ['no token', { accessKey: 'AK', secretKey: 'SK' }, ['r']],
  ['another region', caller, ['r2']],
  ['no region', caller, []],
  ['two words for one', caller, ['r', '']],
  ['the bounds elsewhere', { accessKey: 'AKS', secretKey: 'K', securityToken: 'TOKEN' }, ['r']],
  ['quotes that look like bounds', { accessKey: 'AK","SK', secretKey: '', securityToken: 'TOKEN' }, ['r']],
])('%s is another name', (_, other, more) => {
  const identify = identifier()
  expect(identify(other, ...more)).not.toBe(identify(caller, 'r'))
})

test('a name tells nothing about the keys and differs in every process', () => {
  const name = identifier()(caller, 'r')
  expect(name).toMatch(/^\["[0-9a-f]{64}","r"\]$/)
  expect(identifier()(caller, 'r')).not.toBe(name)
  expect(identifier('key')(caller)).toBe(identifier('key')(caller))
})
