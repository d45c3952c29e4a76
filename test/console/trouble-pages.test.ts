import { describe, expect } from 'vitest'
import { KEYS, ONCE } from '../helpers/house.ts'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import { startBeforeCloud } from './kit/house.ts'
import { DATA_PAGES } from './kit/pages.ts'
import { giveKeys } from './kit/sign-in.ts'
import { type Visit, visit } from './kit/visit.ts'

closesBrowser()

const JSON_TYPE = { 'content-type': 'application/json' }
const PROJECTS = JSON.stringify({
  projects: ['cn-north-4', 'cn-south-1'].map((name) => ({
    id: `p-${name}`,
    name,
    domain_id: 'account',
    parent_id: 'account',
  })),
})

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

async function signedIn(url: string, path: string): Promise<Visit> {
  const seen = await visit(`${url}${path}`)
  await giveKeys(seen.page, KEYS)
  await seen.page.getByRole('button', { name: 'Sign out' }).waitFor()
  await seen.page.locator('main h1').waitFor()
  return seen
}

const NOTHING = 'this page asks for nothing, so it has no trouble to show'

/** Whether the page asked for anything but what signing in does. */
async function asks(seen: Visit): Promise<boolean> {
  await seen.settled()
  return seen.requests.some((request) => /\/api\/(?!projects\?fields=id$)/.test(request.url()))
}

/** Said in the page, as a state of its own or beside what is there. */
const said = ({ page }: Visit, words: RegExp) => page.locator('main').getByText(words).first()

async function isCalm(seen: Visit): Promise<void> {
  expect(await said(seen, /CONSOLE_BUG|Something went wrong/).count()).toBe(0)
  expect(await seen.violations()).toEqual([])
  expect(seen.complaints).toEqual([])
}

describe('every page in trouble says what the matter is, and stays a page', () => {
  inBrowser.for(DATA_PAGES)('%s: Huawei Cloud is broken', PATIENCE, async (path, { skip }) => {
    const { url } = await startRefusing(500, 'Ecs.0000', 'internal')
    const seen = await signedIn(url, path)
    skip(!(await asks(seen)), NOTHING)
    await said(seen, /Huawei Cloud did not answer properly/).waitFor()
    await seen.page.getByRole('button', { name: 'Copy Huawei Cloud request ID' }).first().waitFor()
    await isCalm(seen)
  })

  inBrowser.for(DATA_PAGES)('%s: too many requests', PATIENCE, async (path, { skip }) => {
    const { url } = await startRefusing(429, 'APIGW.0308', 'slow down', { 'retry-after': '60' })
    const seen = await signedIn(url, path)
    skip(!(await asks(seen)), NOTHING)
    await said(seen, /Too many requests/).waitFor()
    await said(seen, /in [1-6]?\d s/).waitFor()
    await isCalm(seen)
  })

  inBrowser.for(DATA_PAGES)('%s: not allowed', PATIENCE, async (path, { skip }) => {
    const { url } = await startRefusing(403, 'Ecs.0003', 'Policy says no.')
    const seen = await signedIn(url, path)
    skip(!(await asks(seen)), NOTHING)
    await said(seen, /Not allowed|Policy says no\./).waitFor()
    await isCalm(seen)
  })

  inBrowser.for(DATA_PAGES)('%s: the line is lost, and comes back', PATIENCE, async (path, { skip }) => {
    const { url } = await startRefusing(404, 'Ecs.0404', 'none')
    const seen = await visit(`${url}/console/no-such-page`)
    await giveKeys(seen.page, KEYS)
    await seen.page.getByRole('button', { name: 'Sign out' }).waitFor()
    let isLost = true
    let asked = 0
    await seen.page.route('**/api/**', (route) => {
      asked += 1
      return isLost ? route.abort('connectionreset') : route.continue()
    })
    await seen.page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`)
    skip(!(await asks(seen)), NOTHING)
    await said(seen, /The connection is lost/).waitFor()
    await said(seen, /Trying again in \d+ s/).waitFor()
    const before = asked
    isLost = false
    await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(before)
    await isCalm(seen)
  })
})
