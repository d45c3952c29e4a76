import { type Browser, chromium } from 'playwright-core'
import { afterAll, test } from 'vitest'
import { CHROMIUM, isChromiumThere } from './chromium-path.ts'

const missing = 'Chromium is missing (apt-get install chromium)'

let browser: Promise<Browser> | undefined

/** One browser for all tests of a file. */
export function theBrowser(): Promise<Browser> {
  if (!isChromiumThere) throw new Error(missing)
  if (!browser) {
    browser = chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-background-networking'],
    })
  }
  return browser
}

/** A test that needs a browser: left out, loudly, where there is none, and failing there under `REQUIRE_JUDGES=1`. */
export const inBrowser = test.skipIf(!isChromiumThere && process.env.REQUIRE_JUDGES !== '1')

export const PATIENCE = { timeout: 60_000 }

/** To be called once by each file of tests in a browser. */
export function closesBrowser(): void {
  if (!isChromiumThere) process.stderr.write(`SKIPPED: ${missing}\n`)
  afterAll(async () => (await browser)?.close())
}
