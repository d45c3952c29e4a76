import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExactly } from './exact-json.ts'

const again = (text: string) => JSON.stringify(parseExactly(text))

test.each([
  '12345678901234567890',
  '-12345678901234567890',
  '9007199254740993',
  '1.0',
  '1.50',
  '-1.0',
  '-0',
  '0.0',
  '1e3',
  '1E+3',
  '-1e-7',
  '1E400',
  '0.1000000000000000055511151231257827',
  '0',
  '-1',
  '16',
])('%s is written again as it came', (number) => {
  for (const text of [`{"a":${number}}`, `{"a":[${number},${number}]}`, `{"a":{"b":"x","c":${number}}}`]) {
    expect(again(text)).toBe(text)
    const spaced = text.replaceAll(':', ' : ').replaceAll(',', ' , ').replaceAll('[', '[ ')
    expect(again(spaced)).toBe(text)
  }
})

test('any number is written again as it came', () => {
  const digits = fc.stringMatching(/^(?:0|[1-9]\d{0,24})$/)
  const number = fc
    .tuple(
      fc.constantFrom('', '-'),
      digits,
      fc.stringMatching(/^(?:\.\d{1,20})?$/),
      fc.stringMatching(/^(?:[eE][+-]?\d{1,3})?$/),
    )
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.array(number), (numbers) => {
      const text = `{"n":[${numbers.join(',')}],"id":"0a1b2c3d4e5f60718293a4b5c6d7e8f9"}`
      expect(again(text)).toBe(text)
    }),
    { numRuns: 500 },
  )
})

test('all else is what a parser reads', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify({ value })
      expect(again(text)).toBe(text)
    }),
  )
})

test('a name may be __proto__', () => {
  const text = '{"__proto__":{"a":1.0},"b":{"__proto__":12345678901234567890}}'
  expect(again(text)).toBe(text)
})

test('broken text throws', () => {
  expect(() => parseExactly('{"a":1.0')).toThrow(SyntaxError)
  expect(() => parseExactly('{"a":}')).toThrow(SyntaxError)
})
