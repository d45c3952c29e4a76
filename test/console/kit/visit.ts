import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContextOptions, Page, Request } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { theBrowser } from './chromium.ts'

export interface Visit {
  page: Page
  /** Every request, in the order in which they began. */
  requests: Request[]
  /** Errors that nobody caught, and what the page wrote as one. */
  complaints: string[]
  /** Waits until nothing is loading any more. */
  settled(): Promise<void>
  /** What the content security policy stopped. */
  violations(): Promise<string[]>
  /** Scripts without a source, handlers in attributes, style sheets without a nonce. */
  inline(): Promise<string[]>
  /** Where any of these texts stands: storage, address, history, title, cookie, DOM, values of fields. */
  whereIs(...secrets: readonly string[]): Promise<string[]>
}

const RECORDER = `
  window.stopped = []
  document.addEventListener('securitypolicyviolation', (event) =>
    window.stopped.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))`

const INLINE = `[
  ...[...document.scripts].filter((script) => !script.src).map((script) => 'script: ' + script.text.slice(0, 80)),
  ...[...document.querySelectorAll('style')].filter((style) => !style.nonce)
    .map((style) => 'style: ' + style.textContent.slice(0, 80)),
  ...[...document.querySelectorAll('*')].flatMap((element) => [...element.attributes])
    .filter(({ name }) => name.startsWith('on')).map(({ name }) => 'attribute: ' + name),
]`

const PLACES = `({
  local: JSON.stringify(localStorage),
  session: JSON.stringify(sessionStorage),
  address: location.href,
  history: JSON.stringify(history.state),
  title: document.title,
  cookie: document.cookie,
  dom: document.documentElement.outerHTML,
  fields: [...document.querySelectorAll('input, textarea')].map(({ value }) => value).join('\\n'),
})`

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface VisitOptions extends BrowserContextOptions {
  /** Done before the page is opened, such as changing what some requests are answered. */
  before?: (page: Page) => Promise<unknown>
  hasAxe?: boolean
}

/** A page of its own in a context of its own, which end with the test. */
export async function visit(url: string, options: VisitOptions = {}): Promise<Visit> {
  const { before, hasAxe = false, ...given } = options
  const context = await (await theBrowser()).newContext({
    viewport: { width: 1200, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...given,
  })
  onTestFinished(() => context.close())
  await context.addInitScript(RECORDER)
  if (hasAxe) await context.addInitScript(AXE)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const requests: Request[] = []
  const complaints: string[] = []
  let underWay = 0
  const ended = () => {
    underWay -= 1
  }
  page.on('request', (request) => {
    requests.push(request)
    underWay += 1
  })
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A refusal is what many tests are about, and the browser notes each.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  await before?.(page)
  await page.goto(url)
  const settled = async () => {
    const skeletons = page.locator('main [role="status"]').filter({ hasText: /^(?:Loading|加载)/ })
    await expect
      .poll(async () => [underWay, await skeletons.count()], { timeout: 15_000, interval: 50 })
      .toEqual([0, 0])
    await stillness(page)
  }
  const whereIs: Visit['whereIs'] = async (...secrets) => {
    const places = (await page.evaluate(PLACES)) as Record<string, string>
    return Object.entries(places).flatMap(([place, text]) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${place}: ${secret}`),
    )
  }
  return {
    page,
    requests,
    complaints,
    settled,
    whereIs,
    violations: () => page.evaluate('window.stopped'),
    inline: () => page.evaluate(INLINE),
  }
}

/** All that was asked of anybody but this server. */
export const elsewhere = ({ requests }: Visit, origin: string): string[] =>
  requests
    .map((request) => request.url())
    .filter((url) => !/^data:/.test(url) && new URL(url).origin !== origin)

/** The same page as it looks where the system is dark. */
export async function inTheDark({ page }: Visit): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor()
  await stillness(page)
}

/** Colours that are still on their way are none that anybody reads. */
async function stillness(page: Page): Promise<void> {
  await page.evaluate(`new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => {
    const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime))
    return Promise.allSettled(ending.map(({ finished }) => finished)).then(() => undefined)
  })`)
}
