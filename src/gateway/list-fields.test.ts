import { describe, expect, test } from 'vitest'
import { picked, valueAt } from './list-fields.ts'

const SERVER = {
  id: 's1',
  name: null,
  flavor: { id: 'f1', vcpus: '16' },
  metadata: { 'metering.order_id': 'o1', metering: { order_id: 'o2', size: 3 }, 'a.b.c': 1, 'a.b': { d: 2 } },
  addresses: { 'vpc-1': [{ addr: '10.0.0.1', version: 4 }, { addr: '10.0.0.2' }] },
  'OS-EXT-STS:vm_state': 'active',
  tags: ['a=b'],
  nested: [[{ x: 1 }]],
  empty: [],
}

describe('a path', () => {
  test.each<[path: string, value: unknown]>([
    ['id', 's1'],
    ['name', null],
    ['flavor.vcpus', '16'],
    ['OS-EXT-STS:vm_state', 'active'],
    ['metadata.metering.order_id', 'o1'],
    ['metadata.metering.size', 3],
    ['metadata.a.b.c', 1],
    ['metadata.a.b.d', 2],
    ['addresses.vpc-1.addr', ['10.0.0.1', '10.0.0.2']],
    ['addresses.vpc-1.version', [4]],
    ['nested.x', [[1]]],
    ['tags', ['a=b']],
    ['tags.a', undefined],
    ['empty.x', undefined],
    ['flavor.ram', undefined],
    ['id.length', undefined],
    ['tags.length', undefined],
    ['tags.0', undefined],
    ['name.x', undefined],
    ['nothing', undefined],
    ['', undefined],
    ['.id', undefined],
    ['id.', undefined],
    ['toString', undefined],
    ['constructor.name', undefined],
    ['__proto__', undefined],
    ['__proto__.toString', undefined],
    ['flavor.__proto__', undefined],
  ])('%s leads to %j', (path, value) => expect(valueAt(SERVER, path)).toEqual(value))

  test.each([null, undefined, 7, 'text', true])('leads nowhere in %j', (value) => {
    expect(valueAt(value, 'id')).toBeUndefined()
    expect(picked(value, ['id'])).toEqual({})
  })
})

describe('what is picked', () => {
  const written = (...paths: string[]) => JSON.stringify(picked(SERVER, paths))
  test.each<[paths: string[], kept: object]>([
    [['id'], { id: 's1' }],
    [['name', 'id'], { name: null, id: 's1' }],
    [['nothing'], {}],
    [['flavor.id', 'flavor.vcpus'], { flavor: { id: 'f1', vcpus: '16' } }],
    [['flavor.ram'], { flavor: {} }],
    [['metadata.metering.order_id'], { metadata: { 'metering.order_id': 'o1' } }],
    [['metadata.metering.size'], { metadata: { metering: { size: 3 } } }],
    [['addresses.vpc-1.addr'], { addresses: { 'vpc-1': [{ addr: '10.0.0.1' }, { addr: '10.0.0.2' }] } }],
    [
      ['addresses.vpc-1.version', 'addresses.vpc-1.addr'],
      { addresses: { 'vpc-1': [{ version: 4, addr: '10.0.0.1' }, { addr: '10.0.0.2' }] } },
    ],
    [['tags.a'], { tags: [{}] }],
    [['id.length', 'toString', 'constructor'], {}],
  ])('by %j', (paths, kept) => expect(written(...paths)).toBe(JSON.stringify(kept)))

  test('keeps the whole where the whole and a part are asked for, in either order', () => {
    expect(written('flavor', 'flavor.id')).toBe(written('flavor'))
    expect(written('flavor.id', 'flavor')).toBe(written('flavor'))
    expect(written('addresses.vpc-1', 'addresses.vpc-1.addr')).toBe(written('addresses.vpc-1'))
  })

  test('leaves what it was picked from alone', () => {
    const before = JSON.stringify(SERVER)
    written('flavor', 'flavor.id', 'addresses.vpc-1', 'addresses.vpc-1.addr', 'metadata.metering.size')
    expect(JSON.stringify(SERVER)).toBe(before)
  })

  test('may be called __proto__, and touches no prototype', () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":1,"a":2},"m":{"__proto__":{"polluted":1}}}')
    expect(JSON.stringify(picked(value, ['__proto__']))).toBe('{"__proto__":{"polluted":1,"a":2}}')
    expect(JSON.stringify(picked(value, ['__proto__.polluted']))).toBe('{"__proto__":{"polluted":1}}')
    expect(JSON.stringify(picked(value, ['m.__proto__.polluted']))).toBe('{"m":{"__proto__":{"polluted":1}}}')
    expect(valueAt(value, '__proto__.a')).toBe(2)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})
