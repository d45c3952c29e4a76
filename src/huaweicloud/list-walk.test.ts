import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Pair } from '../wire/signature.ts'
import { UpstreamFailure } from './failure.ts'
import { type Page, walk } from './list-walk.ts'
import { type Listing, operation } from './operation.ts'
import type { Answer } from './transport.ts'

const LISTINGS = {
  number: { items: 'things', id: 'id', pages: { by: 'number', most: 1_000 } },
  marker: { items: 'things', id: 'id', pages: { by: 'marker', most: 1_000 } },
  next: { items: 'things', id: 'id', pages: { by: 'next', most: 1_000 } },
  whole: { items: 'things', id: 'id', pages: { by: 'whole' } },
} as const satisfies Record<string, Listing>
type Kind = keyof typeof LISTINGS
const PAGED = ['number', 'marker', 'next'] as const

const rows = (count: number, from = 0) => Array.from({ length: count }, (_, n) => ({ id: `t${from + n}` }))
const idsOf = (count: number, from = 0) => rows(count, from).map(({ id }) => id)

type Query = Record<string, string>

/** A list that answers as Huawei does by its kind of pages; `rows` may change while it is read. */
const huawei =
  (kind: Kind, all: () => readonly { id: string }[]) =>
  ({ limit, offset = '1', marker }: Query) => {
    const list = all()
    const size = Number(limit ?? 25)
    if (kind === 'whole') return { things: list }
    const begin =
      kind === 'number'
        ? (Math.max(1, Number(offset)) - 1) * size
        : list.findIndex(({ id }) => id === marker) + 1
    const things = list.slice(begin, begin + size)
    if (kind === 'number') return { count: list.length, things }
    const more = kind === 'next' && begin + size < list.length
    return { things, ...(more ? { next: `/v2/things?limit=${size}&marker=${things.at(-1)?.id}` } : {}) }
  }

interface Walking {
  all?: boolean
  query?: readonly Pair[]
}

/** Walks a list to its end, or as far as `most` pages. */
async function walked(
  listing: Listing,
  reply: (query: Query, asked: number) => unknown,
  { all = true, query = [] }: Walking = {},
  most = 20,
) {
  const asked: [string, string][][] = []
  const pages: Page[] = []
  const things = walk({
    operation: operation({
      name: 'ListThings',
      service: 'ecs',
      method: 'GET',
      path: '/x',
      manual: '',
      listing,
    }),
    region: 'cn-north-4',
    query,
    all,
    ask: async (query): Promise<Answer> => {
      asked.push(query.map(([name, value]) => [name, value]))
      const said = reply(Object.fromEntries(query), asked.length)
      const body = Buffer.from(typeof said === 'string' ? said : JSON.stringify(said))
      return { status: 200, host: 'h', body }
    },
    limit: (act) => act(new AbortController().signal),
  })
  for await (const page of things) {
    pages.push(page)
    if (pages.length >= most) break
  }
  const items = pages.flatMap((page) => page.items)
  return { asked, pages, items, ids: items.map(({ id }) => id) }
}

const of = (kind: Kind, count: number, walking: Walking = {}) => {
  const list = rows(count)
  return walked(
    LISTINGS[kind],
    huawei(kind, () => list),
    walking,
  )
}

describe.each(PAGED)('pages by %s', (kind) => {
  test.each<[what: string, count: number, asked: number]>([
    ['nothing at all', 0, 1],
    ['less than a page', 2, 1],
    ['exactly a page', 3, 1],
    ['a page and one', 4, 2],
    ['pages exactly full', 9, 3],
    ['a short last page', 8, 3],
  ])('%s', async (_, count, pages) => {
    const { ids, asked } = await of(kind, count, { query: [['limit', '3']] })
    expect(ids).toEqual(idsOf(count))
    // Where only a short page tells the end, a full last one is asked behind.
    const isBehind = kind === 'marker' && count > 0 && count % 3 === 0
    expect(asked).toHaveLength(pages + Number(isBehind))
  })

  test('are as large as may be, and the caller’s own where smaller', async () => {
    const first = async (query: Pair[]) => Object.fromEntries((await of(kind, 1, { query })).asked[0] ?? [])
    expect(await first([])).toEqual({ limit: '1000' })
    expect(await first([['limit', '1000']])).toEqual({ limit: '1000' })
    expect(await first([['limit', '1001']])).toEqual({ limit: '1000' })
    expect(await first([['limit', '7']])).toEqual({ limit: '7' })
    expect(await first([['limit', 'many']])).toEqual({ limit: 'many' })
  })

  test('keep what the caller asked beside, repeated and in order', async () => {
    const query: Pair[] = [
      ['tag', 'a'],
      ['limit', '2'],
      ['tag', 'b'],
    ]
    const { asked } = await of(kind, 5, { query })
    expect(asked).toHaveLength(3)
    for (const one of asked) expect(one.filter(([name]) => name === 'tag')).toEqual([query[0], query[2]])
    for (const one of asked) expect(new Set(one.map(([name]) => name)).size).toBe(one.length - 1)
  })

  test('begin where the caller says', async () => {
    const where: Pair = kind === 'number' ? ['offset', '2'] : ['marker', 't2']
    const { ids } = await of(kind, 10, { query: [['limit', '3'], where] })
    expect(ids).toEqual(idsOf(7, 3))
  })

  test('give an item once that has moved to a later page', async () => {
    let list = rows(6)
    const answer = huawei(kind, () => list)
    const { ids } = await walked(
      LISTINGS[kind],
      (query, asked) => {
        if (asked === 2) list = [{ id: 'new' }, ...list]
        return answer(query)
      },
      { query: [['limit', '2']] },
    )
    expect(ids).toEqual(idsOf(6))
  })

  test('end when the same page comes again', async () => {
    const page = { count: 100, things: rows(2), next: '/v2/things?marker=t1' }
    const { ids, asked } = await walked(LISTINGS[kind], () => page, { query: [['limit', '2']] })
    expect([ids, asked.length]).toEqual([idsOf(2), 2])
  })

  test('of one size answer with another are followed all the same', async () => {
    const list = rows(7)
    const answer = huawei(kind, () => list)
    const { ids } = await walked(
      LISTINGS[kind],
      (query) => answer({ ...query, limit: query.limit === 'some' ? '2' : String(query.limit) }),
      { query: [['limit', 'some']] },
    )
    expect(ids).toEqual(idsOf(7))
  })

  test('without all: one page, asked as the caller asks', async () => {
    const query: Pair[] = [
      ['limit', '2'],
      ['limit', '3'],
    ]
    const { asked, pages } = await of(kind, 5, { all: false, query })
    expect(asked).toEqual([query])
    expect(pages).toHaveLength(1)
    expect((await of(kind, 5, { all: false })).asked).toEqual([[]])
  })

  test('of two sizes are of the first', async () => {
    const { ids, asked } = await of(kind, 7, {
      query: [
        ['limit', '3'],
        ['limit', '2'],
      ],
    })
    expect(ids).toEqual(idsOf(7))
    expect(asked[0]).toEqual([['limit', '3']])
  })

  test('however many there are and however large they are, bring everything in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.integer({ min: 1, max: 9 }), async (count, size) => {
        const { ids } = await walked(
          LISTINGS[kind],
          huawei(kind, () => rows(count)),
          { query: [['limit', String(size)]] },
          100,
        )
        expect(ids).toEqual(idsOf(count))
      }),
    )
  })
})

describe('pages by number', () => {
  const growing = (counts: (asked: number) => number, most: number) => {
    const list = rows(most)
    const answer = huawei('number', () => list)
    return walked(
      LISTINGS.number,
      (query, asked) => ({ ...answer(query), count: counts(asked) }),
      { query: [['limit', '2']] },
      30,
    )
  }

  test('are followed as far as a growing count says', async () => {
    const { ids, asked } = await growing((asked) => (asked === 1 ? 4 : 7), 7)
    expect([ids, asked.length]).toEqual([idsOf(7), 4])
  })

  test('end where a shrinking count says', async () => {
    const { asked } = await growing((asked) => (asked < 3 ? 100 : 6), 6)
    expect(asked).toHaveLength(3)
  })

  test('end behind the last item whatever count says', async () => {
    const { ids, asked } = await growing(() => 1_000_000, 5)
    expect([ids, asked.length]).toEqual([idsOf(5), 4])
  })

  test('end with a short one where nothing is counted', async () => {
    const list = rows(5)
    const answer = huawei('number', () => list)
    const { ids, asked } = await walked(LISTINGS.number, (query) => ({ things: answer(query).things }), {
      query: [['limit', '2']],
    })
    expect([ids, asked.length]).toEqual([idsOf(5), 3])
  })

  test.each(['0', '1'])('from %s on', async (offset) => {
    const query: Pair[] = [
      ['offset', offset],
      ['limit', '2'],
    ]
    const { ids, asked } = await of('number', 5, { query })
    expect(ids).toEqual(idsOf(5))
    expect(asked.map((one) => Object.fromEntries(one).offset)).toEqual([offset, '2', '3'])
  })
})

describe('pages by marker', () => {
  test('skip the caller’s rows at the beginning only', async () => {
    const { asked } = await of('marker', 5, {
      query: [
        ['limit', '2'],
        ['offset', '1'],
      ],
    })
    expect(asked.slice(0, 2).map((one) => Object.fromEntries(one))).toEqual([
      { limit: '2', offset: '1' },
      { limit: '2', marker: 't1' },
    ])
  })

  test('of items without an id are one page', async () => {
    const { items, asked } = await walked(LISTINGS.marker, () => ({ things: [{ a: 1 }, { a: 1 }] }), {
      query: [['limit', '2']],
    })
    expect([items.length, asked.length]).toEqual([2, 1])
  })
})

describe('pages by next', () => {
  test.each([
    ['/v2/things?__os=Linux x&marker=abc&limit=2', 'abc'],
    ['https://host/v2/things?marker=abc', 'abc'],
    ['/v2/things?limit=2', undefined],
    ['', undefined],
    [null, undefined],
    [7, undefined],
  ])('take of %j the marker only', async (next, marker) => {
    const { asked } = await walked(
      LISTINGS.next,
      (_, asked) => (asked === 1 ? { things: rows(1), next } : { things: [] }),
      { query: [['name', 'a']] },
    )
    expect(asked.slice(1)).toEqual(
      marker === undefined
        ? []
        : [
            [
              ['name', 'a'],
              ['limit', '1000'],
              ['marker', marker],
            ],
          ],
    )
  })
})

test('a whole list is asked once, and only what the caller asks', async () => {
  const { ids, asked } = await of('whole', 50, { query: [['limit', '5']] })
  expect(ids).toEqual(idsOf(50))
  expect(asked).toEqual([[['limit', '5']]])
})

test('an id inside an item is found, also for a marker', async () => {
  const listing: Listing = { items: 'things', id: 'thing.name', pages: { by: 'marker', most: 2 } }
  const list = rows(3).map(({ id }) => ({ thing: { name: id } }))
  const { ids, asked } = await walked(listing, ({ marker }) => ({
    things: marker ? list.slice(1) : list.slice(0, 2),
  }))
  expect(ids.slice(0, 3)).toEqual(idsOf(3))
  expect(Object.fromEntries(asked[1] ?? [])).toEqual({ limit: '2', marker: 't1' })
})

test('items and what stands beside them keep their bytes', async () => {
  const item = '{ "id":"a","n":12345678901234567890 ,"one":1.0,"u":"\\u4e2d"}'
  const { items, pages } = await walked(LISTINGS.whole, () => `{"count" : 1.0,"things":[ ${item} ]}`)
  expect(items.map(({ bytes }) => String(bytes))).toEqual([item])
  expect([...(pages[0]?.rest ?? [])].map(([name, value]) => [name, String(value)])).toEqual([
    ['count', '1.0'],
  ])
})

test.each([
  '',
  '{}',
  '{"things":null}',
  '{"things":[1]}',
  '{"things":["a"]}',
  '{"things":[null]}',
  '{"things":[[{"id":"a"}]]}',
  '{"things":[{"id":}]}',
  '{"things":[{"id":"a"]]}',
  '{"count":abc,"things":[]}',
  '{"links":{"a":1]},"things":[]}',
  '{"things":[]}}',
  '{"things":[',
])('%j is no page', async (body) => {
  const error = await walked(LISTINGS.whole, () => body).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UpstreamFailure)
  expect(error).toMatchObject({
    failure: { kind: 'nonsense', why: 'protocol' },
    circumstances: { region: 'cn-north-4', host: 'h', sent: true },
  })
})

test('the next page is asked for only when it is wanted', async () => {
  const { asked } = await walked(
    LISTINGS.number,
    huawei('number', () => rows(100)),
    { query: [['limit', '10']] },
    2,
  )
  expect(asked).toHaveLength(2)
})
