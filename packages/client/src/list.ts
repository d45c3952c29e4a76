import { call } from './call.ts'
import { type HuaweiCloudApiError, jsonOf } from './error.ts'
import { askedOf, type Name, type Params, rowOf } from './operation.ts'
import { isProblem, problemIn } from './refusal.ts'
import type { CallOptions, Setup } from './setup.ts'
import { streamed } from './stream.ts'

export interface EachOptions extends CallOptions {
  /**
   * Told of each region that failed beside those that did not. Left out, the first such error is thrown once all items
   * of the others have come.
   */
  readonly onRegionError?: ((error: HuaweiCloudApiError) => void) | undefined
}

/** All items of a list, over all pages and regions that are asked, as they come (NDJSON). */
export async function* each(
  setup: Setup,
  name: Name,
  params: Params = {},
  options: EachOptions = {},
): AsyncGenerator<unknown> {
  const asked = askedOf(rowOf(name), { ...params, all: params.all ?? true })
  const failures: HuaweiCloudApiError[] = []
  const tell = options.onRegionError ?? ((error) => failures.push(error))
  const headers = { Accept: 'application/x-ndjson' }
  for await (const line of streamed(setup, { ...asked, headers }, options)) {
    if (line.trim() === '') continue
    const item = jsonOf(line)
    if (!isProblem(item)) {
      yield item
      continue
    }
    const failure = problemIn(item, setup)
    if (!('regionId' in item)) throw failure
    tell(failure)
  }
  const [first] = failures
  if (first) throw first
}

const MOST_ON_A_PAGE = 100

/** The pages of a list, each an answer; `limit` says how long they are. Several regions are answered at once, as one. */
export async function* pages(
  setup: Setup,
  name: Name,
  params: Params = {},
  options: CallOptions = {},
): AsyncGenerator<unknown> {
  const { items: field = '', pages } = rowOf(name)
  const isWhole = pages === 'whole' || /[*,]/.test(String(params.regionId))
  let next: Params | undefined = isWhole ? params : { ...params, limit: params.limit ?? MOST_ON_A_PAGE }
  while (next) {
    const page: Page = Object(await call(setup, name, next, options))
    yield page
    next = isWhole ? undefined : following(pages, next, page, field)
  }
}

type Page = Readonly<Record<string, unknown>>

/** The next page, the way Huawei Cloud counts them in this list; undefined behind the last. */
function following(by: string | undefined, asked: Params, page: Page, field: string): Params | undefined {
  const items = Array.isArray(page[field]) ? page[field] : []
  const limit = Number(asked.limit)
  switch (by) {
    case 'number': {
      const number = Number(asked.offset ?? 1)
      const isLast = typeof page.count === 'number' ? number * limit >= page.count : items.length < limit
      return isLast ? undefined : { ...asked, offset: number + 1 }
    }
    case 'marker': {
      if (items.length < limit) return undefined
      const { id } = Object(items.at(-1))
      if (typeof id !== 'string')
        throw new TypeError('pages go on from the last id: have it among the fields')
      const { offset: _, ...rest } = asked
      return { ...rest, marker: id }
    }
    case 'next': {
      const [, query] = String(page.next).split('?')
      const marker = new URLSearchParams(query).get('marker')
      // A server that names the same page again would have it asked for ever.
      return marker && marker !== asked.marker ? { ...asked, marker } : undefined
    }
    default:
      return undefined
  }
}
