/** Pictures of the console for the documents, of a sandbox that holds the world beside; into docs/console or a folder that is named. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Writable } from 'node:stream'
import { type Browser, chromium, type Page } from 'playwright-core'
import { outside } from '../src/outside.ts'
import { profilePlaces } from '../src/profile-places.ts'
import { serve } from '../src/serve.ts'
import { readSettings } from '../src/settings.ts'

const CHROMIUM = '/usr/bin/chromium'
const MOST_BYTES = 1_500_000
const root = join(import.meta.dirname, '..')
const folder = resolve(process.argv[2] ?? join(root, 'docs/console'))

interface Picture {
  path: string
  scheme?: 'light' | 'dark'
  width?: number
  locale?: string
  before?: (page: Page) => Promise<void>
}

const openInstance = async (page: Page) => {
  await page.getByRole('link', { name: 'shop-db', exact: true }).click()
  await page.locator('h1', { hasText: 'shop-db' }).waitFor()
}

/** When all regions have answered; a canvas has no width before it is drawn upon. */
const drawn = (page: Page) => page.locator('main canvas[width]').first().waitFor()

const pictures: Record<string, Picture> = {
  overview: { path: '', before: drawn },
  'overview-dark': { path: '', scheme: 'dark', before: drawn },
  instances: { path: 'instances' },
  'instances-dark': { path: 'instances', scheme: 'dark' },
  'instances-zh': { path: 'instances', locale: 'zh-CN' },
  'instances-narrow': { path: 'instances', width: 360 },
  instance: { path: 'instances?q=shop-db', before: openInstance },
  create: { path: 'instances/new' },
  sandbox: { path: 'sandbox', scheme: 'dark' },
}

execFileSync(process.execPath, [join(root, 'scripts/console.ts'), '--if-stale'], {
  cwd: root,
  stdio: 'inherit',
})
mkdirSync(folder, { recursive: true })
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
const house = await serve(
  readSettings(
    { port: '0' },
    {
      HCA_GRACE: '0',
      HCA_CONSOLE: join(root, 'dist/console'),
      HCA_SANDBOX_SEED: join(import.meta.dirname, 'screenshots-world.json'),
    },
  ),
  // Both share one process here, and a browser that starts must not have it refuse what it is asked.
  { ...outside, pressure: () => ({ delayMs: 0, worstMs: 0, heapShare: 0 }) },
  nowhere,
  profilePlaces({}),
)
// Browsers that run at once would share what this one leaves in the home folder.
const home = mkdtempSync(join(tmpdir(), 'screenshots-'))
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-background-networking', '--font-render-hinting=none'],
  env: { ...process.env, HOME: home },
})
try {
  for (const [name, picture] of Object.entries(pictures)) {
    if (picture.locale?.startsWith('zh') && !hasChinese()) console.log(`${name}: no font for it`)
    else await take(browser, `${house.urls[0]}/console/`, name, picture)
  }
  const bytes = Object.keys(pictures).reduce((sum, name) => sum + sizeOf(name), 0)
  console.log(`${Math.round(bytes / 1_000)} kB in all, in ${folder}`)
  if (bytes > MOST_BYTES) throw new Error(`more than the ${MOST_BYTES / 1_000} kB that pictures may take`)
} finally {
  await browser.close()
  await house.close()
  rmSync(home, { recursive: true, force: true })
}

async function take(browser: Browser, url: string, name: string, picture: Picture): Promise<void> {
  const { path, scheme = 'light', width = 1_280, locale = 'en-GB', before } = picture
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: scheme,
    locale,
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(url + path)
  await page.getByRole('button', { name: /^(?:Use the sandbox keys|使用沙箱密钥)$/ }).click()
  await page.locator('main h1').waitFor()
  await page.waitForLoadState('networkidle')
  if (before) {
    await before(page)
    await page.waitForLoadState('networkidle')
  }
  await page.evaluate('document.activeElement?.blur()')
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await context.close()
}

function hasChinese(): boolean {
  try {
    return execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim() !== ''
  } catch {
    return false
  }
}

function sizeOf(name: string): number {
  return statSync(join(folder, `${name}.png`), { throwIfNoEntry: false })?.size ?? 0
}
