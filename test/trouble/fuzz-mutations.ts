import { createHash } from 'node:crypto'

/** A number from 0 up to, not including, `below`. */
export type Roll = (below: number) => number

/** The same numbers for the same seed. */
export function rollsFrom(seed: number): Roll {
  let rolled = 0
  return (below) => {
    rolled += 1
    const drawn = createHash('sha256').update(`${seed} ${rolled}`).digest().readUInt32BE()
    return Math.floor((drawn / 2 ** 32) * below)
  }
}

type Mutation = (bytes: Buffer, roll: Roll, others: readonly Buffer[]) => Buffer

const pick = <T>(from: readonly T[], roll: Roll): T => from[roll(from.length)] as T

const replaced = (bytes: Buffer, at: number, length: number, by: Buffer | string) =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(by as string, 'latin1'), bytes.subarray(at + length)])

/** Bytes and words that parsers stumble over. */
const STONES = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\r\n\r\n',
    '\r\n ',
    '\0',
    '\t',
    '\u007f',
    '\u00ff',
    '\u00c0\u00ae',
    '%',
    '%00',
    '%0d%0a',
  ],
  ...[
    '%2e%2e%2f',
    '%c0%ae',
    '%ff',
    '..',
    '//',
    '\\',
    '?',
    '#',
    '&',
    '=',
    ';',
    ':',
    ' :',
    ',',
    '"',
    "'",
    '*',
    '+',
  ],
  ...[
    '{',
    '[',
    '}',
    ']',
    '{"a":',
    '[[[[[[[[',
    'null',
    '1e999',
    '-',
    '0x10',
    '99999999999999999999',
    '\\u0000',
  ],
  ...['__proto__', 'constructor', 'HTTP/1.0', 'HTTP/9.9', 'HEAD', 'QUERY', 'Host: evil.example\r\n'],
  ...[
    'Content-Length: 1\r\n',
    'Content-Length: -1\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Connection: close\r\n',
  ],
  ...['Transfer-Encoding: xchunked\r\n', 'Expect: x\r\n', 'Upgrade: h2c\r\n', 'Content-Encoding: gzip\r\n'],
]

const mutations: Readonly<Record<string, Mutation>> = {
  flip: (bytes, roll) => {
    const copy = Buffer.from(bytes)
    if (copy.length > 0) {
      const at = roll(copy.length)
      copy[at] = (copy[at] ?? 0) ^ (1 << roll(8))
    }
    return copy
  },
  insert: (bytes, roll) => replaced(bytes, roll(bytes.length + 1), 0, pick(STONES, roll)),
  replace: (bytes, roll) => replaced(bytes, roll(bytes.length + 1), 1 + roll(4), pick(STONES, roll)),
  delete: (bytes, roll) => replaced(bytes, roll(bytes.length + 1), 1 + roll(16), ''),
  truncate: (bytes, roll) => bytes.subarray(0, roll(bytes.length + 1)),
  duplicate: (bytes, roll) => {
    const at = roll(bytes.length + 1)
    const piece = bytes.subarray(at, at + 1 + roll(64))
    return Buffer.concat([bytes.subarray(0, at), ...Array(1 + roll(40)).fill(piece), bytes.subarray(at)])
  },
  splice: (bytes, roll, others) => {
    const other = pick(others, roll)
    return Buffer.concat([bytes.subarray(0, roll(bytes.length + 1)), other.subarray(roll(other.length + 1))])
  },
  append: (bytes, roll, others) => Buffer.concat([bytes, pick(others, roll)]),
  'repeat a line': (bytes, roll) => {
    const lines = bytes.toString('latin1').split('\r\n')
    const at = roll(lines.length)
    return Buffer.from(lines.toSpliced(at, 0, lines[at] ?? '').join('\r\n'), 'latin1')
  },
  'swap lines': (bytes, roll) => {
    const lines = bytes.toString('latin1').split('\r\n')
    const line = lines.splice(roll(lines.length), 1)
    return Buffer.from(lines.toSpliced(roll(lines.length + 1), 0, ...line).join('\r\n'), 'latin1')
  },
  'other line ends': (bytes, roll) =>
    Buffer.from(
      bytes.toString('latin1').replaceAll('\r\n', pick(['\n', '\r', '\r\r\n', '\n\r'], roll)),
      'latin1',
    ),
  'one other line end': (bytes, roll) => {
    const lines = bytes.toString('latin1').split('\r\n')
    const at = 1 + roll(lines.length)
    const [head, tail] = [lines.slice(0, at).join('\r\n'), lines.slice(at).join('\r\n')]
    return Buffer.from(`${head}${pick(['\n', '\r', ' \r\n', '\r\n\t', '\0\r\n'], roll)}${tail}`, 'latin1')
  },
  'another number': (bytes, roll) => {
    const text = bytes.toString('latin1')
    const numbers = [...text.matchAll(/\d+/g)]
    if (numbers.length === 0) return bytes
    const { index, 0: number } = pick(numbers, roll)
    const others = [
      '0',
      '-1',
      `${Number(number) + 1}`,
      `0${number}`,
      `+${number}`,
      '4294967296',
      '1e3',
      'ffffffffffffffff',
    ]
    return replaced(bytes, index, number.length, pick(others, roll))
  },
}

const kinds = Object.values(mutations)

/** One of the corpus with one to four things done to it. */
export function mutant(roll: Roll, corpus: readonly Buffer[]): Buffer {
  let bytes = pick(corpus, roll)
  for (let left = 1 + roll(4); left > 0; left -= 1) bytes = pick(kinds, roll)(bytes, roll, corpus)
  return bytes.subarray(0, 100_000)
}
