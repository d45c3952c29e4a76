import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultIn, shapeOf } from './json-shape.ts'

test.each([
  ['{}', { depth: 1, keys: 0 }],
  ['{"a":{"b":[1,{"c":2}]}}', { depth: 4, keys: 3 }],
  ['"{[:\\":[{"', { depth: 0, keys: 0 }],
  ['[[[', { depth: 3, keys: 0 }],
  ['"never ends \\', { depth: 0, keys: 0 }],
])('the shape of %s', (text, shape) => expect(shapeOf(text)).toEqual(shape))

describe('a fault is found where it begins', () => {
  test.each([
    ['{"a":1,"a":1}', 'repeated-key', 7],
    ['{"a":1,"\\u0061":1}', 'repeated-key', 7],
    ['{ "a" : [1, {"b":2 , "b" :3}] }', 'repeated-key', 21],
    ['{"":1,"":1}', 'repeated-key', 6],
    ['{"a\\"":1,"a\\"":1}', 'repeated-key', 9],
    ['"\\ud800"', 'half-character', 0],
    ['{"\\udc00":1}', 'half-character', 1],
    ['[1e309]', 'too-large', 1],
    ['[0,-9007199254740993]', 'too-large', 3],
    ['-0', 'becomes-zero', 0],
    ['[1, -0.0]', 'becomes-zero', 4],
    ['[1e-400]', 'becomes-zero', 1],
  ])('%s', (text, fault, at) => expect(faultIn(text)).toEqual({ fault, at }))
})

test.each([
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":2}]',
  '{"a":"a","b":"a"}',
  '["a","a",{"b":["a","a"]}]',
  '"\\ud83d\\ude00"',
  '[0,0.0,0e0,0E-5,0.00e+7,1,-1,0.5,-1.5e-3,9007199254740991]',
  '"-0 1e309 {\\"a\\":1,\\"a\\":1}"',
])('%s has none', (text) => expect(faultIn(text)).toBeUndefined())

test('no text that JSON.stringify writes has a key twice', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      expect(faultIn(JSON.stringify(JSON.parse(text)))?.fault).not.toBe('repeated-key')
    }),
  )
})
