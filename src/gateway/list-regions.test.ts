import { describe, expect, test } from 'vitest'
import type { Page } from '../huaweicloud/list-walk.ts'
import { type Batch, inOneRegion, inRegions } from './list-regions.ts'

const page = (id: string): Page => ({ items: [{ bytes: Buffer.from('{}'), id }], rest: new Map() })
const REGIONS = Array.from({ length: 20 }, (_, n) => `r${n}`)

const idOf = (batch: Batch) => ('page' in batch ? batch.page.items[0]?.id : batch.error)

async function all(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const got: Batch[] = []
  for await (const batch of batches) got.push(batch)
  return got
}

/** Regions whose pages come when the test says so. */
function held() {
  const waiting = new Map<string, PromiseWithResolvers<Page | undefined>>()
  const opened: string[] = []
  async function* open(regionId: string): AsyncGenerator<Page> {
    opened.push(regionId)
    for (;;) {
      const next = Promise.withResolvers<Page | undefined>()
      waiting.set(regionId, next)
      const found = await next.promise
      if (!found) return
      yield found
    }
  }
  return {
    open,
    opened,
    waiting,
    give(regionId: string, what: Page | undefined) {
      const next = waiting.get(regionId)
      waiting.delete(regionId)
      next?.resolve(what)
    },
    fail(regionId: string, why: Error) {
      const next = waiting.get(regionId)
      waiting.delete(regionId)
      next?.reject(why)
    },
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('one region: its pages, unnamed', async () => {
  async function* pages() {
    yield page('a')
    yield page('b')
  }
  expect(await all(inOneRegion(pages()))).toEqual([{ page: page('a') }, { page: page('b') }])
})

describe('many regions', () => {
  test('are all asked to their ends, every page under its region’s name', async () => {
    async function* open(regionId: string) {
      for (let n = 0; n < Number(regionId.slice(1)) % 4; n += 1) yield page(`${regionId}-${n}`)
    }
    const got = await all(inRegions(REGIONS, open))
    const expected = REGIONS.flatMap((regionId, at) =>
      Array.from({ length: at % 4 }, (_, n) => `${regionId} ${regionId}-${n}`),
    )
    expect(got.map((batch) => `${batch.regionId} ${idOf(batch)}`).toSorted()).toEqual(expected.toSorted())
  })

  test('none bring nothing', async () => {
    expect(await all(inRegions([], () => expect.fail('nothing to open')))).toEqual([])
  })

  test('are asked three at a time until one has answered, then eight, the next when one has ended', async () => {
    const { open, opened, waiting, give } = held()
    const reading = all(inRegions(REGIONS, open))
    await turn()
    expect(opened).toEqual(REGIONS.slice(0, 3))
    give('r0', page('r0'))
    await turn()
    expect(opened).toEqual(REGIONS.slice(0, 8))
    for (const regionId of REGIONS.slice(1, 8)) give(regionId, page(regionId))
    await turn()
    expect(opened).toHaveLength(8)
    give('r3', undefined)
    await turn()
    expect(opened).toEqual(REGIONS.slice(0, 9))
    for (let round = 0; round < 100 && waiting.size > 0; round += 1) {
      expect(waiting.size).toBeLessThanOrEqual(8)
      for (const regionId of [...waiting.keys()]) give(regionId, undefined)
      await turn()
    }
    expect((await reading).map(({ regionId }) => regionId)).toEqual(REGIONS.slice(0, 8))
    expect(opened).toEqual(REGIONS)
  })

  test('that fail make room like those that end, and say why', async () => {
    const why = new Error('down')
    // biome-ignore lint/correctness/useYield: what is to be tested comes before a first page
    async function* open(regionId: string): AsyncGenerator<Page> {
      throw new Error(regionId, { cause: why })
    }
    const got = await all(inRegions(REGIONS, open))
    expect(got.map(({ regionId }) => regionId)).toEqual(REGIONS)
    expect(got.map((batch) => (idOf(batch) as unknown as Error).message)).toEqual(REGIONS)
  })

  test('one that fails later keeps what it brought, and stops none of the others', async () => {
    const { open, waiting, give, fail } = held()
    const reading = all(inRegions(['a', 'b'], open))
    await turn()
    give('a', page('a1'))
    await turn()
    fail('a', new Error('broke off'))
    await turn()
    expect([...waiting.keys()]).toEqual(['b'])
    give('b', page('b1'))
    await turn()
    give('b', undefined)
    const got = await reading
    expect(got.map(({ regionId }) => regionId)).toEqual(['a', 'a', 'b'])
    expect(idOf(got[1] as Batch)).toEqual(new Error('broke off'))
  })

  test('one that hangs holds up none of the others', async () => {
    const { open, waiting, give } = held()
    const got: string[] = []
    const reading = (async () => {
      for await (const { regionId } of inRegions(REGIONS, open)) got.push(String(regionId))
    })()
    for (let round = 0; round < 100 && (got.length < 19 || waiting.size > 1); round += 1) {
      for (const regionId of [...waiting.keys()].filter((id) => id !== 'r0'))
        give(regionId, got.includes(regionId) ? undefined : page(regionId))
      await turn()
    }
    expect(got.toSorted()).toEqual(REGIONS.slice(1).toSorted())
    give('r0', undefined)
    await reading
  })

  test('a page is asked for when the one before it is taken, and no sooner', async () => {
    const asked: string[] = []
    async function* open(regionId: string) {
      for (let n = 0; n < 5; n += 1) {
        asked.push(`${regionId}-${n}`)
        yield page(`${regionId}-${n}`)
      }
    }
    const batches = inRegions(['a', 'b'], open)
    await batches.next()
    for (let n = 0; n < 5; n += 1) await turn()
    expect(asked).toEqual(['a-0', 'b-0', 'a-1'])
    await batches.next()
    for (let n = 0; n < 5; n += 1) await turn()
    expect(asked).toHaveLength(4)
    await batches.return(undefined)
    for (let n = 0; n < 5; n += 1) await turn()
    expect(asked).toHaveLength(4)
  })

  test('whose reader has left may fail unheard', async () => {
    const { open, give, fail } = held()
    const batches = inRegions(['a', 'b'], open)
    const first = batches.next()
    await turn()
    give('a', page('a'))
    await first
    await batches.return(undefined)
    fail('a', new Error('too late'))
    fail('b', new Error('too late'))
    await turn()
  })
})
