import Type from 'typebox'
import { expect, test } from 'vitest'
import { id, strict } from './fields.ts'
import { checkOf } from './violations.ts'

const check = checkOf(
  strict({
    name: Type.String(),
    id: Type.Optional(id('A thing')),
    kind: Type.Optional(Type.Enum(['a', 'b'])),
    list: Type.Optional(Type.Array(strict({ size: Type.Integer() }), { maxItems: 2 })),
    either: Type.Optional(
      Type.Union([strict({ x: Type.String() }), strict({ y: Type.String() })], { description: '{x} or {y}' }),
    ),
    'odd/na~me': Type.Optional(Type.String()),
  }),
  ['regionId'],
)

test.each<[value: object, field: string, description: string | RegExp]>([
  [{}, 'name', 'is required'],
  [{ name: 1 }, 'name', 'must be a string'],
  [{ name: '', nam: 1 }, 'nam', 'is not a known field; did you mean name?'],
  [{ name: '', regionid: 1 }, 'regionid', 'is not a known field; did you mean regionId?'],
  [{ name: '', list: [{ size: 1, regionid: 1 }] }, 'list[0].regionid', 'is not a known field'],
  [{ name: '', 'a/b~c': 1 }, 'a/b~c', 'is not a known field'],
  [{ name: '', 'odd/na~me': 1 }, 'odd/na~me', 'must be a string'],
  [{ name: '', ['n'.repeat(100)]: 1 }, 'n'.repeat(64), /^is not a known field/],
  [{ name: '', id: 'a/b' }, 'id', /^must be an id: 1 to 64 letters/],
  [{ name: '', kind: 'A' }, 'kind', 'must be one of a, b'],
  [{ name: '', list: [{ size: 1 }, { size: '2' }] }, 'list[1].size', 'must be a whole number'],
  [{ name: '', list: [{ size: 1 }, { size: 1 }, { size: 1 }] }, 'list', /2/],
  [{ name: '', either: { x: 'a', y: 'b' } }, 'either', 'must be {x} or {y}'],
  [{ name: '', either: { x: 1 } }, 'either', 'must be {x} or {y}'],
])('%j is a fault of %s', (value, field, description) => {
  expect(check(value)).toEqual([
    { field, description: description instanceof RegExp ? expect.stringMatching(description) : description },
  ])
})

test('no fault, no violation', () => {
  expect(check({ name: 'n', id: 'a', kind: 'a', list: [{ size: 1 }], either: { y: '' } })).toEqual([])
})

test('however many faults, some are told', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}`, n]))
  const violations = check({ ...many, name: 'n', list: [{ size: '1' }] })
  expect(violations.length).toBeGreaterThan(50)
  expect(violations.length).toBeLessThanOrEqual(100)
  for (const { description } of violations) expect(description).toMatch(/^is not a known field/)
})

test('no value is repeated', () => {
  const planted = 'PLANTED'
  expect(
    JSON.stringify(check({ name: [planted], id: `${planted}/`, kind: planted, either: planted })),
  ).not.toContain(planted)
})
