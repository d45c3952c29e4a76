import fc from 'fast-check'
import type { Pair } from '../../src/wire/signature.ts'

// biome-ignore lint/suspicious/noExplicitAny: that is the point of it
export type Junk = any

export const junkText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e400',
    'null',
    'true',
    '../..',
    '%00',
    '\u0000',
    '🙂',
    '__proto__',
    '..%2f',
  ),
  fc.integer({ min: 100, max: 8_000 }).map((length) => 'a'.repeat(length)),
)

const junk: fc.Arbitrary<Junk> = fc.oneof(
  junkText,
  fc.constantFrom<Junk>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    Number.MAX_SAFE_INTEGER,
    2 ** 31,
    [],
    {},
  ),
  fc.constantFrom<Junk>([[]], [null], [{}], { a: { b: {} } }, [0], [''], { id: 0 }, [{ id: null }]),
  fc.constant(2_000).map((length) => Array(length).fill({ id: 'x' })),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Junk>,
)

const names = [
  'limit',
  'offset',
  'marker',
  'name',
  'status',
  'id',
  'server_id',
  'flavor',
  'flavor_id',
  'tags',
  'not-tags',
  'ip',
  'sort_key',
  'sort_dir',
  'created_at',
  'page',
  'per_page',
  'enterprise_project_id',
  'fields',
  'availability_zone',
  'expect-fields',
  'fixed_ips',
  'type',
  'count',
  'instance_uuid',
  'delete_flag',
  'reservation_id',
  'changes-since',
]

export const junkQuery: fc.Arbitrary<Pair[]> = fc.array(
  fc.tuple(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, junkText),
    junkText.map((text) => text.slice(0, 400)),
  ),
  { maxLength: 3 },
)

/** What belongs there with one or two things in it spoilt; or something altogether else. */
export function junkBody(sound: readonly Junk[]): fc.Arbitrary<unknown> {
  const other = fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      '',
      '{',
      '[]',
      'null',
      '"x"',
      '{"a":1,}',
      Buffer.from([0xff, 0xfe, 0x7b]),
    ),
    fc.constant('['.repeat(20_000)),
    fc.constant(`{"a":`.repeat(20_000)),
    junk,
  )
  if (sound.length === 0) return other
  const spoilt = fc
    .tuple(
      fc.constantFrom(...sound),
      fc.array(fc.tuple(fc.nat(), kinds, junk), { minLength: 1, maxLength: 2 }),
    )
    .map(([body, spoils]) => {
      const copy = structuredClone(body)
      for (const [at, kind, value] of spoils) spoil(copy, at, kind, structuredClone(value))
      return copy
    })
  return fc.oneof({ weight: 6, arbitrary: spoilt }, { weight: 1, arbitrary: other })
}

const kinds = fc.constantFrom('replace', 'remove', 'add', 'wrap', 'pollute')

function spoil(body: Junk, at: number, kind: string, value: Junk): void {
  const places = placesIn(body)
  const place = places[at % places.length]
  if (!place) return
  const [holder, key] = place
  if (kind === 'replace') holder[key] = value
  else if (kind === 'wrap') holder[key] = [holder[key]]
  else if (kind === 'remove') delete holder[key]
  else if (kind === 'add') holder[`unknown_${key}`] = value
  // A name that an object has already, kept as an own one so that JSON carries it.
  else
    Object.defineProperty(holder, '__proto__', {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
}

function placesIn(value: Junk): [Junk, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).flatMap((key) => [[value, key] as [Junk, string], ...placesIn(value[key])])
}
