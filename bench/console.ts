/**
 * The console in a browser: what its first route weighs, when it can be used, how long 10,000 instances take to be
 * filtered, and whether scrolling them holds anything up. `npm run build` first; needs Chromium.
 */
import { chromium, type Page } from 'playwright-core'
import { SANDBOX_KEYS } from '../src/sandbox/keys.ts'
import { awaited, FIRST_ROUTE, filteredIn, longTasks, ROW, scrolled, usableAt } from './console-page.ts'
import { end, file, median, program, type Started, start } from './processes.ts'
import { sandboxAt } from './sandbox-client.ts'

const CHROMIUM = '/usr/bin/chromium'
const ROUNDS = 5
const SERVERS = 10_000
const GOAL = { bytes: 200_000, usableMs: 1_500, filterMs: 100, taskMs: 100 }

const started: Started[] = []

interface Regions {
  data: { value: { regions: { Id: string }[] } }
}

async function world(): Promise<string> {
  const sandbox = await start([file('sandbox-process.ts')])
  started.push(sandbox)
  const gateway = await start([program, 'serve', '--port', '0', '--sandbox', 'off', '--log-level', 'warn'], {
    HUAWEICLOUD_ENDPOINT_URL: sandbox.url,
  })
  started.push(gateway)
  const { data } = (await (await fetch(`${gateway.url}/api/regions`)).json()) as Regions
  const { regions } = data.value
  for (const { Id } of regions)
    await (await sandboxAt(sandbox.url, Id)).create(Math.ceil(SERVERS / regions.length))
  return gateway.url
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Access key ID (AK)').fill(SANDBOX_KEYS.accessKey)
  await page.getByLabel('Secret access key (SK)').fill(SANDBOX_KEYS.secretKey)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}

const launched = () =>
  chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-background-networking'] })

/** With nothing kept from an earlier visit. */
async function firstVisit(url: string) {
  const browser = await launched()
  try {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
    await page.goto(`${url}/console/`)
    const usableMs = await usableAt(page, 'Sign in')
    return { usableMs, bytes: (await page.evaluate(FIRST_ROUTE)) as number }
  } finally {
    await browser.close()
  }
}

async function manyInstances(url: string) {
  const browser = await launched()
  try {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1_440, height: 900 } })
    const page = await context.newPage()
    await page.goto(`${url}/console/instances`)
    await signIn(page)
    await awaited(page, `document.querySelector('main')?.textContent.includes('10,0')`)
    await page.waitForLoadState('networkidle')
    const filters: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const address = await page
        .locator(ROW)
        .nth(3 + round)
        .getByRole('link')
        .first()
        .getAttribute('href')
      filters.push(await filteredIn(page, address?.split('/').at(-1) ?? ''))
      await page.getByRole('searchbox').fill('')
      await awaited(page, `document.querySelectorAll('${ROW}').length > 5`)
    }
    await longTasks(page)
    const pixels = await scrolled(page)
    return { filters, pixels, tasks: await longTasks(page) }
  } finally {
    await browser.close()
  }
}

async function measure(): Promise<boolean> {
  const url = await world()
  await firstVisit(url) // to be warm: what is built in here and compiled over there
  const visits = []
  for (let round = 0; round < ROUNDS; round += 1) visits.push(await firstVisit(url))
  const { filters, pixels, tasks } = await manyInstances(url)
  const bytes = Math.max(...visits.map((visit) => visit.bytes))
  const usable = visits.map(({ usableMs }) => usableMs)
  const longest = Math.max(0, ...tasks)
  const rows: [what: string, measured: string, goal: string, kept: boolean][] = [
    ['first route, over the wire', `${(bytes / 1_000).toFixed(1)} kB`, '≤ 200 kB', bytes <= GOAL.bytes],
    ['usable, first visit', `${spread(usable)} ms`, '< 1,500 ms', median(usable) < GOAL.usableMs],
    [`${SERVERS} instances, filtered`, `${spread(filters)} ms`, '< 100 ms', median(filters) < GOAL.filterMs],
    ['scrolled', `${pixels} px`, '> 50,000', pixels > 50_000],
    [
      'longest task while scrolling',
      `${longest.toFixed(0)} ms of ${tasks.length}`,
      '≤ 100 ms',
      longest <= GOAL.taskMs,
    ],
  ]
  for (const [what, measured, goal, kept] of rows)
    console.log(`${what.padEnd(30)} ${measured.padStart(24)}   ${goal}${kept ? '' : '   MISSED'}`)
  return rows.every(([, , , kept]) => kept)
}

const spread = (numbers: readonly number[]): string =>
  `${median(numbers).toFixed(0)} (${Math.min(...numbers).toFixed(0)}–${Math.max(...numbers).toFixed(0)})`

try {
  process.exitCode = (await measure()) ? 0 : 1
} finally {
  for (const one of started) await end(one)
}
