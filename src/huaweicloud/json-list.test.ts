import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitList } from './json-list.ts'

const BLANKS = ['', '', '', ' ', '\n', '\t', '\r\n  ']

/** Draws white space and the spelling of each letter from numbers, so that a failure can be shrunk. */
function written(value: unknown, draw: () => number): string {
  const blank = () => BLANKS[draw() % BLANKS.length] ?? ''
  const text = (said: string) =>
    `"${[...said].map((sign) => (draw() % 4 === 0 ? escaped(sign) : JSON.stringify(sign).slice(1, -1))).join('')}"`
  const around = (inner: string) => `${blank()}${inner}${blank()}`
  const write = (one: unknown): string => {
    if (typeof one === 'string') return text(one)
    if (typeof one === 'number') return draw() % 3 === 0 ? one.toExponential() : JSON.stringify(one)
    if (Array.isArray(one)) return `[${one.map((each) => around(write(each))).join(',') || blank()}]`
    if (typeof one !== 'object' || one === null) return JSON.stringify(one)
    const members = Object.entries(one).map(([name, each]) => `${around(text(name))}:${around(write(each))}`)
    return `{${members.join(',') || blank()}}`
  }
  return around(write(value))
}

const escaped = (sign: string) =>
  sign
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')

const jsonText = (value: fc.Arbitrary<unknown>) =>
  fc
    .tuple(value, fc.infiniteStream(fc.nat(11)))
    .map(([it, numbers]) => written(it, () => numbers.next().value ?? 0))

const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'count', 'a"b\\', '}],'))
const answer = fc
  .tuple(
    fc.array(fc.tuple(name, fc.jsonValue({ noUnicodeString: false }))),
    fc.array(fc.jsonValue({ noUnicodeString: false })),
    fc.nat(),
  )
  .map(([others, items, at]) => {
    const members = others.filter(([key]) => key !== 'servers')
    members.splice(at % (members.length + 1), 0, ['servers', items])
    return Object.fromEntries(members)
  })

const parsed = (bytes: Buffer): unknown => JSON.parse(bytes.toString())

function readAll(text: string) {
  const { items, rest } = splitList(Buffer.from(text), 'servers')
  return {
    items: items.map(parsed),
    rest: new Map([...rest].map(([key, value]) => [key, parsed(value)])),
  }
}

function whole(text: string) {
  const { servers, ...rest } = JSON.parse(text)
  return { items: servers, rest: new Map(Object.entries(rest)) }
}

test('a list taken apart is what a parser reads, however it is spaced and escaped', () => {
  fc.assert(
    fc.property(jsonText(answer), (text) => {
      expect(readAll(text)).toEqual(whole(text))
    }),
    { numRuns: 500 },
  )
})

test('a text with a byte too few, too many or another is refused, unless a parser reads it the same', () => {
  const change = fc.tuple(
    fc.nat(),
    fc.constantFrom(0, 1),
    fc.constantFrom('', ...'{}[]",:\\0159.-+eEuxtn \n\u0001'),
  )
  fc.assert(
    fc.property(jsonText(answer), change, (text, [at, without, more]) => {
      const from = at % text.length
      const changed = (text.slice(0, from) + more + text.slice(from + without)).toWellFormed()
      let read: ReturnType<typeof readAll>
      try {
        read = readAll(changed)
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError)
        return
      }
      expect(read).toEqual(whole(changed))
    }),
    { numRuns: 2_000 },
  )
})

test('items and the rest keep their bytes', () => {
  const item = '{ "n":12345678901234567890,"one" : 1.0,"a":1,"a":2, "u":"\\u4e2d\\/é" }'
  const text = ` {"count":1.50 , "servers" : [\n${item} , {}\t],"next":"\\/v2"}\n`
  const { items, rest } = splitList(Buffer.from(text), 'servers')
  expect(items.map(String)).toEqual([item, '{}'])
  expect([...rest].map(([key, value]) => [key, String(value)])).toEqual([
    ['count', '1.50'],
    ['next', '"\\/v2"'],
  ])
})

test('bytes that are no text stay as they are', () => {
  const item = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])
  const bytes = Buffer.concat([Buffer.from('{"servers":['), item, Buffer.from(']}')])
  expect(splitList(bytes, 'servers').items[0]?.equals(item)).toBe(true)
})

test.each([
  '',
  ' ',
  '[]',
  'null',
  '{}',
  '{"servers":null}',
  '{"servers":{}}',
  '{"servers":[]',
  '{"servers":[}',
  '{"servers":[1}',
  '{"servers":[1,]}',
  '{"servers":[,1]}',
  '{"servers":[1 2]}',
  '{"servers":[{]}',
  '{"servers":["a]}',
  '{"servers":["a\\"]}',
  '{"servers":[],}',
  '{"servers":[]}}',
  '{"servers":[]}{}',
  '{"servers":[]} x}',
  '{"servers":[],"servers":null}',
  '{,"servers":[]}',
  '{"servers" []}',
  '{"servers":[]"a":1}',
  '{"a":,"servers":[]}',
  '{servers:[]}',
  '{"a\n":1,"servers":[]}',
  '{"flavors":[]}',
  '{"a":{"servers":[]}}',
])('%j holds no such list', (text) => {
  expect(() => splitList(Buffer.from(text), 'servers')).toThrow(SyntaxError)
})

test('deep nesting is read in one pass', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const { items } = splitList(Buffer.from(`{"servers":[${deep}]}`), 'servers')
  expect(items.map((item) => item.length)).toEqual([deep.length])
})

test('long runs of backslashes are read in one pass', () => {
  const slashes = `"${'\\'.repeat(200_000)}"`
  const { items } = splitList(Buffer.from(`{"servers":[${slashes}]}`), 'servers')
  expect(items.map((item) => item.length)).toEqual([slashes.length])
})
