import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isJsonType, readJson } from './json-body.ts'

const read = (text: string) => readJson(Buffer.from(text))

const isExact = (_: string, value: unknown) =>
  typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER ? 0 : value

test('whatever JSON writes is read, but for numbers beyond those a double keeps exactly', () => {
  const value = fc
    .jsonValue({ maxDepth: 8 })
    .map((json) => JSON.parse(JSON.stringify(json), isExact))
    .filter((json) => !/__proto__|constructor/.test(JSON.stringify(json)))
  fc.assert(
    fc.property(value, (json) => {
      expect(JSON.stringify(read(JSON.stringify(json)))).toBe(JSON.stringify(json))
    }),
  )
})

test('brackets in texts are no nesting', () => {
  expect(read(JSON.stringify(`${'['.repeat(100)}"\\"`))).toBe(`${'['.repeat(100)}"\\"`)
})

test.each([
  ['32 levels', `${'['.repeat(32)}${']'.repeat(32)}`, true],
  ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`, false],
  ['33 levels, unclosed', '['.repeat(33), false],
  ['33 levels behind an escaped quote', `{"\\"":${'['.repeat(33)}${']'.repeat(33)}}`, false],
  ['100 lists beside each other', `[${'[],'.repeat(100)}[]]`, true],
])('%s', (_, text, fine) => {
  if (fine) read(text)
  else expect(() => read(text)).toThrow('levels deep')
})

test.each([
  ['{"a":1,}', /at character 7/],
  ['', /empty/],
  ['{"__proto__":1}', /not valid/],
])('%s is malformed', (text, message) => expect(() => read(text)).toThrow(message))

test('a fault tells a position at most, never an excerpt', () => {
  for (const text of ['{"secretKey":"PLANTED', '{"a":PLANTED}', 'PLANTED', '{"PLANTED"}', '{"a":1}PLANTED']) {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('PLANT') }),
    )
  }
})

test.each([
  ['application/json', true],
  ['Application/Json', true],
  ['application/json;charset=utf-8', true],
  ['application/json; charset="UTF-8"', true],
  [undefined, false],
  ['', false],
  ['text/json', false],
  ['application/json; charset=utf-16', false],
  ['application/json; charset=utf-8; x=y', false],
  ['application/json\t', false],
  ['application/merge-patch+json', false],
])('%s: %s', (type, fine) => expect(isJsonType(type)).toBe(fine))

test.each(['9007199254740993', '-12345678901234567890', '[1, {"a": 1e400}]'])(
  '%s is refused rather than changed',
  (text) => {
    expect(() => read(text)).toThrow('too large to be kept exactly')
  },
)
