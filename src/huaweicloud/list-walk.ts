import type { Pair } from '../wire/signature.ts'
import { type JsonList, splitList } from './json-list.ts'
import type { Listing, Operation } from './operation.ts'
import type { Answer } from './transport.ts'
import { readAnswer } from './whole-body.ts'

/** One item of a list, as it came. */
export interface Item {
  readonly bytes: Buffer
  readonly id?: string
}

export interface Page {
  readonly items: Item[]
  /** The other fields of Huawei's answer, as they came. */
  readonly rest: JsonList['rest']
}

export interface Walk {
  readonly operation: Operation
  readonly region: string
  /** The caller's own parameters, of which the first page is asked. */
  readonly query: readonly Pair[]
  /** Whether to go on behind the first page, in pages as large as they come. */
  readonly all: boolean
  readonly ask: (query: Pair[], signal: AbortSignal, until?: number) => Promise<Answer>
  /** Gives asking for a page, and reading it, the time they may take. */
  readonly limit: <T>(act: (signal: AbortSignal, until?: number) => Promise<T>) => Promise<T>
}

/**
 * A list of Huawei's, page by page, at most one of them in memory, and the ids of all. With all pages, an item that moved to a later page
 * while we read is given once, and a page that brings nothing new is the last: a marker that is not heeded
 * would go round in circles.
 */
export async function* walk({ operation, region, query, all, ask, limit }: Walk): AsyncGenerator<Page> {
  const listing = listingOf(operation)
  const pageOf = (query: Pair[]) =>
    limit(async (signal, until) =>
      readAnswer(await ask(query, signal, until), { operation, region, signal }, (bytes) =>
        pageIn(bytes, listing),
      ),
    )
  if (!all) {
    yield await pageOf([...query])
    return
  }
  const seen = new Set<string>()
  let next: Pair[] | undefined = firstQuery(listing, query)
  while (next) {
    const page: Page = await pageOf(next)
    const items = page.items.filter(({ id }) => {
      if (id === undefined) return true
      if (seen.has(id)) return false
      seen.add(id)
      return true
    })
    yield { ...page, items }
    if (items.length === 0) return
    next = followingQuery(listing, next, page)
  }
}

function listingOf({ listing, name }: Operation): Listing {
  if (!listing) throw new TypeError(`${name} is no list`)
  return listing
}

function pageIn(bytes: Buffer, listing: Listing): Page {
  const { items, rest } = splitList(bytes, listing.items)
  for (const value of rest.values()) JSON.parse(value.toString())
  return { items: items.map((item) => read(item, listing)), rest }
}

/** Items are read once here, to be sure of them, and not kept: as objects they take several times the room. */
function read(bytes: Buffer, listing: Listing): Item {
  const value: unknown = JSON.parse(bytes.toString())
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SyntaxError('an item is no object')
  const id = idOf(value, listing.id)
  return { bytes, ...(id === undefined ? {} : { id }) }
}

/** What a path such as `keypair.name` leads to. */
function idOf(value: unknown, path: string): string | undefined {
  const found = path
    .split('.')
    .reduce<unknown>(
      (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : at),
      value,
    )
  return typeof found === 'string' ? found : undefined
}

const parameter = (query: readonly Pair[], name: string) => query.find(([key]) => key === name)?.[1]
const having = (query: readonly Pair[], name: string, value: string): Pair[] => [
  ...query.filter(([key]) => key !== name),
  [name, value],
]

/** In pages as large as may be, unless the caller wants smaller ones: of several sizes the first. */
function firstQuery({ pages }: Listing, query: readonly Pair[]): Pair[] {
  if (pages.by === 'whole') return [...query]
  const asked = parameter(query, 'limit')
  const isSmaller = asked !== undefined && (!/^\d+$/.test(asked) || Number(asked) <= pages.most)
  return having(query, 'limit', isSmaller ? asked : String(pages.most))
}

/** The query of the page behind this one, or undefined where this was the last. */
function followingQuery({ pages }: Listing, query: Pair[], page: Page): Pair[] | undefined {
  switch (pages.by) {
    case 'whole':
      return undefined
    case 'next': {
      // Its parameters are not escaped, so of Huawei's link only the marker is taken.
      const marker = /[?&]marker=([^&]+)/.exec(readText(page.rest.get('next')) ?? '')?.[1]
      return marker ? having(query, 'marker', marker) : undefined
    }
    case 'marker': {
      const marker = page.items.at(-1)?.id
      if (isShort(query, page) || marker === undefined) return undefined
      // A caller's rows to skip are those at the beginning, not some of each page.
      return having(
        query.filter(([name]) => name !== 'offset'),
        'marker',
        marker,
      )
    }
    case 'number': {
      const number = Math.max(1, Number(parameter(query, 'offset') ?? 1))
      const count = Number(page.rest.get('count')?.toString())
      const limit = Number(parameter(query, 'limit'))
      const isLast = Number.isNaN(count) ? isShort(query, page) : number * limit >= count
      return isLast ? undefined : having(query, 'offset', String(number + 1))
    }
  }
}

/** Not where the page's size is no number: who took that for one knows how many that is. */
const isShort = (query: readonly Pair[], { items }: Page) => items.length < Number(parameter(query, 'limit'))

function readText(bytes: Buffer | undefined): string | undefined {
  const value: unknown = bytes && JSON.parse(bytes.toString())
  return typeof value === 'string' ? value : undefined
}
