import type { Page } from '../huaweicloud/list-walk.ts'

/** A page, with its region where several are asked; or why a region brings no more. */
export type Batch = { regionId?: string; page: Page } | { regionId: string; error: unknown }

export async function* inOneRegion(pages: AsyncIterable<Page>): AsyncGenerator<Batch> {
  for await (const page of pages) yield { page }
}

/** Asked at once: enough to be quick, too few to look like an attack. */
const AT_ONCE = 8

/** Until one has answered well: Huawei locks an access key after five failures in a row, whatever was proven before. */
const AT_FIRST = 3

type Step = { regionId: string; pages: AsyncGenerator<Page> } & (
  | { page: Page }
  | { error: unknown }
  | { done: true }
)

/**
 * The pages of many regions, as they come. Each region has at most one page on its way, which is asked for when the one
 * before it is taken, so a slow reader slows the regions down instead of filling memory.
 */
export async function* inRegions(
  regions: readonly string[],
  open: (regionId: string) => AsyncGenerator<Page>,
): AsyncGenerator<Batch> {
  const waiting = [...regions]
  const running = new Map<string, Promise<Step>>()
  const pull = (regionId: string, pages: AsyncGenerator<Page>) =>
    running.set(
      regionId,
      pages.next().then(
        ({ done, value }): Step =>
          done ? { regionId, pages, done: true } : { regionId, pages, page: value as Page },
        (error): Step => ({ regionId, pages, error }),
      ),
    )
  let places = AT_FIRST
  for (;;) {
    for (const regionId of waiting.splice(0, places - running.size)) pull(regionId, open(regionId))
    if (running.size === 0) return
    const step = await Promise.race(running.values())
    const { regionId } = step
    running.delete(regionId)
    if ('error' in step) yield { regionId, error: step.error }
    else if ('page' in step) {
      places = AT_ONCE
      pull(regionId, step.pages)
      yield { regionId, page: step.page }
    }
  }
}
