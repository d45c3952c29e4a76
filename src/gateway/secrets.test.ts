import { describe, expect, test } from 'vitest'
import { hider, secretsIn } from './secrets.ts'

describe('hiding', () => {
  const hide = hider(['longer-secret', 'longer-secret-still', 'short'])

  test.each([
    ['a longer-secret b', 'a *** b'],
    ['longer-secret-still', '***'],
    ['short', 'short'],
    [`Signature=${'0a'.repeat(32)}`, 'Signature=***'],
    [`Signature%3D${'0A'.repeat(32)}.`, 'Signature%3D***.'],
    ['0a'.repeat(32), '***'],
    ['0a'.repeat(33), '0a'.repeat(33)],
  ])('%s → %s', (text, hidden) => expect(hide(text)).toBe(hidden))

  test('reaches names and values at any depth, and leaves the rest as it is', () => {
    const value = { a: [1, null, true, { 'longer-secret': 'x longer-secret' }], b: 'c' }
    expect(hide(value)).toEqual({ a: [1, null, true, { '***': 'x ***' }], b: 'c' })
    expect(value.b).toBe('c')
  })

  test('keeps a name called __proto__ harmless', () => {
    const hidden = hide(JSON.parse('{"__proto__":{"polluted":true}}'))
    expect(Object.getPrototypeOf(hidden)).toBe(Object.prototype)
    expect(JSON.stringify(hidden)).toBe('{"__proto__":{"polluted":true}}')
  })

  test('of half a surrogate pair does not break', () => {
    expect(hider(['broken\ud800secret'])('a broken\ud800secret b')).toBe('a *** b')
  })

  test('of patterns takes them for text', () => {
    expect(hider(['$&.*+?^$()|[]'])('a$&.*+?^$()|[]b')).toBe('a***b')
  })
})

test('secrets are found in our spelling and in Huawei’s', () => {
  const found = secretsIn({
    adminPassword: 'p-1',
    userData: 'text',
    server: { adminPass: 'p-2', user_data: 'dGV4dA==', name: 'n' },
    name: 'n',
  })
  expect(found).toEqual(expect.arrayContaining(['p-1', 'p-2', 'text', 'dGV4dA==']))
  expect(found).not.toContain('n')
})

test.each([undefined, null, 1, 'text', [], { userData: 1 }])('%j holds no secrets', (value) => {
  expect(secretsIn(value)).toEqual([])
})
