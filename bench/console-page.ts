/** What a page tells of itself; measured inside it, so that the way from here to there does not count. */
import type { Page } from 'playwright-core'

/** A line of the table of instances. */
export const ROW = 'main [role=row]:has([role=gridcell]), main tbody tr'

/** Resolves in the frame in which an expression of the page holds. */
export async function awaited(page: Page, holds: string): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const look = () => (${holds}) ? resolve() : requestAnimationFrame(look)
    look()
  })`)
}

/** Bytes of all that was loaded for the page, heads included. */
export const FIRST_ROUTE = `[performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')]
  .reduce((sum, { transferSize }) => sum + transferSize, 0)`

/** Milliseconds from the beginning of the visit until a button is drawn and nothing keeps the page from answering a click. */
export function usableAt(page: Page, button: string): Promise<number> {
  return page.evaluate(`new Promise((resolve) => {
    const isThere = () => [...document.querySelectorAll('button')].some(({ textContent }) => textContent.trim() === ${JSON.stringify(button)})
    const look = () => isThere()
      ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
      : requestAnimationFrame(look)
    look()
  })`)
}

/** Milliseconds from a text in the search field until the frame in which the one row is there. */
export async function filteredIn(page: Page, id: string): Promise<number> {
  await page.evaluate(`window.filteredIn = undefined
    document.addEventListener('input', () => {
      const began = performance.now()
      const look = () => document.querySelectorAll(${JSON.stringify(ROW)}).length === 1
        ? (window.filteredIn = performance.now() - began)
        : requestAnimationFrame(look)
      requestAnimationFrame(look)
    }, { once: true, capture: true })`)
  await page.getByRole('searchbox').fill(id)
  await awaited(page, 'window.filteredIn !== undefined')
  return page.evaluate('window.filteredIn')
}

/** Milliseconds of the tasks of 50 and more since the last look. */
export function longTasks(page: Page): Promise<number[]> {
  return page.evaluate(`(() => {
    window.tasks ??= []
    window.watching ??= new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration)))
    window.watching.observe({ type: 'longtask' })
    return window.tasks.splice(0)
  })()`)
}

/** Through the table by the wheel, three seconds long; tells how many pixels it went. */
export async function scrolled(page: Page): Promise<number> {
  await page.locator(ROW).first().hover()
  for (let turn = 0; turn < 180; turn += 1) {
    await page.mouse.wheel(0, 600)
    await page.evaluate('new Promise(requestAnimationFrame)')
  }
  return page.evaluate(
    `Math.max(...[...document.querySelectorAll('main *')].map(({ scrollTop }) => scrollTop))`,
  )
}
