import { describe, expect } from 'vitest'
import { ONCE } from '../helpers/house.ts'
import { closesBrowser, inBrowser } from './kit/chromium.ts'
import { JSON_TYPE, projects, signedIn as visitAt } from './kit/cloud.ts'
import { startBeforeCloud } from './kit/house.ts'
import { DATA_PAGES } from './kit/pages.ts'
import type { Visit } from './kit/visit.ts'

closesBrowser()

/** The console asks several times before it gives up, on each of them. */
const ALL_PAGES = { timeout: 180_000 }

const PROJECTS = projects('cn-north-4', 'cn-south-1')

/** An account of two regions to whose services nothing gets through but this. */
const startRefusing = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
) =>
  startBeforeCloud(
    (request, response) => {
      if (request.url?.startsWith('/v3/projects'))
        return void response.writeHead(200, JSON_TYPE).end(PROJECTS)
      const body = JSON.stringify({ error: { code, message } })
      response.writeHead(status, { ...JSON_TYPE, 'x-request-id': 'huawei-said-so', ...headers }).end(body)
    },
    { ...ONCE },
  )

const NOWHERE = '/console/no-such-page'

/** Somebody whose keys are kept for the tab, so that each page can be opened anew without signing in again. */
const signedIn = (url: string) => visitAt(url, NOWHERE, { keep: true })

const signOut = ({ page }: Visit) => page.getByRole('button', { name: 'Sign out' })

/** Goes from page to page, and tells on which it failed. */
async function onEach(seen: Visit, open: (path: string) => Promise<void>, look: () => Promise<void>) {
  for (const path of DATA_PAGES) {
    try {
      await open(path)
      await look()
      await isCalm(seen)
    } catch (cause) {
      throw new Error(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause })
    }
  }
}

/** Each page as it is when it is the first that is opened. */
const onEachFresh = async (url: string, look: (seen: Visit) => Promise<void>) => {
  const seen = await signedIn(url)
  const open = async (path: string) => {
    await seen.page.goto(`${url}${path}`)
    await signOut(seen).waitFor()
  }
  await onEach(seen, open, () => look(seen))
}

/** Said in the page, as a state of its own or beside what is there. */
const said = ({ page }: Visit, words: RegExp) => page.locator('main').getByText(words).first()

async function isCalm(seen: Visit): Promise<void> {
  expect(await said(seen, /CONSOLE_BUG|Something went wrong/).count()).toBe(0)
  expect(await seen.violations()).toEqual([])
  expect(seen.complaints).toEqual([])
}

describe('every page in trouble says what the matter is, and stays a page', () => {
  inBrowser('Huawei Cloud is broken', ALL_PAGES, async () => {
    const { url } = await startRefusing(500, 'Ecs.0000', 'internal')
    await onEachFresh(url, async (seen) => {
      await said(seen, /Huawei Cloud did not answer properly/).waitFor()
      await seen.page.getByRole('button', { name: 'Copy Huawei Cloud request ID' }).first().waitFor()
    })
  })

  inBrowser('too many requests', ALL_PAGES, async () => {
    const { url } = await startRefusing(429, 'APIGW.0308', 'slow down', { 'retry-after': '60' })
    await onEachFresh(url, async (seen) => {
      await said(seen, /Too many requests/).waitFor()
      await said(seen, /in [1-6]?\d s/).waitFor()
    })
  })

  inBrowser('not allowed', ALL_PAGES, async () => {
    const { url } = await startRefusing(403, 'Ecs.0003', 'Policy says no.')
    await onEachFresh(url, (seen) => said(seen, /Not allowed|Policy says no\./).waitFor())
  })

  inBrowser('the line is lost, and comes back', ALL_PAGES, async () => {
    const { url } = await startRefusing(404, 'Ecs.0404', 'none')
    const seen = await signedIn(url)
    let isLost = true
    let asked = 0
    await seen.page.route('**/api/**', (route) => {
      asked += 1
      return isLost ? route.abort('connectionreset') : route.continue()
    })
    const goTo = (path: string) => seen.page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`)
    const open = async (path: string) => {
      isLost = true
      await goTo(NOWHERE)
      await seen.page.locator('main h1', { hasText: 'There is no such page' }).waitFor()
      await goTo(path)
    }
    await onEach(seen, open, async () => {
      await said(seen, /The connection is lost/).waitFor()
      await said(seen, /Trying again in \d+ s/).waitFor()
      const before = asked
      isLost = false
      await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(before)
    })
  })
})
