import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { docsHtml } from '../src/gateway/docs-page-parts.ts'
import { ask, startHouse } from './helpers/house.ts'

const CHROMIUM = '/usr/bin/chromium'
const isThere = existsSync(CHROMIUM)
const missing = 'Chromium is missing (apt-get install chromium)'
if (!isThere) process.stderr.write(`SKIPPED: ${missing}\n`)
const inBrowser = test.skipIf(!isThere && process.env.REQUIRE_JUDGES !== '1')

const PATIENCE = 60_000
const KEYS = { accessKey: 'SANDBOXACCESSKEY0001', secretKey: 'SandboxSecretKeyForLocalUseOnly000000001' }

let browser: Promise<Browser> | undefined
afterAll(async () => (await browser)?.close())

interface Visit {
  page: Page
  /** What the content security policy stopped. */
  violations(): Promise<string[]>
  /** Every URL that was asked for, and with which headers. */
  requests: { url: string; headers: Record<string, string> }[]
  /** What the page complained of. */
  complaints: string[]
}

async function visit(
  url: string,
  options: { locale?: string; colorScheme?: 'dark' | 'light' } = {},
): Promise<Visit> {
  if (!isThere) throw new Error(missing)
  browser ??= chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  const context = await (await browser).newContext({ viewport: { width: 1200, height: 900 }, ...options })
  onTestFinished(() => context.close())
  await context.addInitScript(`
    window.stopped = []
    document.addEventListener('securitypolicyviolation', (event) =>
      window.stopped.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))`)
  const page = await context.newPage()
  const requests: Visit['requests'] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push({ url: request.url(), headers: request.headers() }))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(url)
  return { page, requests, complaints, violations: () => page.evaluate('window.stopped') }
}

/** Opens a call and sends its example. Resolves to what the page shows of the answer. */
async function tryOut(page: Page, tag: string, name: string): Promise<{ status: string; body: string }> {
  const block = page.locator(`[id="operations-${tag}-${name}"]`)
  await block.locator('.opblock-summary-control').click()
  await block.getByRole('button', { name: 'Execute' }).click()
  const answer = block.locator('.live-responses-table .response')
  await answer.waitFor()
  return {
    status: (await answer.locator('.response-col_status').innerText()).trim(),
    body: await answer.locator('.response-col_description .highlight-code').first().innerText(),
  }
}

describe('/docs in a browser', () => {
  inBrowser(
    'lists instances with the sandbox keys, within the policy and this server',
    { timeout: PATIENCE },
    async () => {
      const { url } = await startHouse()
      const { page, requests, complaints, violations } = await visit(`${url}/docs`)
      const { status, body } = await tryOut(page, 'instances', 'listInstances')
      expect(status).toMatch(/^200\b/)
      const { data } = JSON.parse(body.slice(body.indexOf('{')))
      expect(data['@type']).toBe('type.googleapis.com/google.protobuf.Struct')
      expect(data.value.servers.map(({ id }: { id: string }) => id)).toContain('ins-r8hr2upy')

      const [call] = requests.filter((request) => request.url.includes('/api/'))
      expect(call?.headers).toMatchObject({ 'x-access-key': KEYS.accessKey, 'x-secret-key': KEYS.secretKey })
      expect(
        requests.filter((request) => !/^data:/.test(request.url) && new URL(request.url).origin !== url),
      ).toEqual([])
      expect(requests.filter((request) => request.url.includes('Secret'))).toEqual([])
      expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])')).toBe(
        '[{},{},""]',
      )
      expect(await violations()).toEqual([])
      expect(complaints).toEqual([])
    },
  )

  inBrowser(
    'a call of every kind opens without a complaint, in the dark too',
    { timeout: PATIENCE },
    async () => {
      const { url } = await startHouse()
      const { page, complaints, violations } = await visit(`${url}/docs`, { colorScheme: 'dark' })
      await page.locator('.opblock').first().waitFor()
      const sections = page.locator('.opblock-tag-section')
      const count = await sections.count()
      expect(count).toBeGreaterThan(5)
      for (let at = 0; at < count; at += 1) {
        const call = sections.nth(at).locator('.opblock').last()
        await call.locator('.opblock-summary-control').click()
        await call.getByRole('button', { name: 'Execute' }).waitFor()
        await call.locator('.opblock-summary-control').click()
      }
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(28, 32, 34)')
      expect(await violations()).toEqual([])
      expect(complaints).toEqual([])
    },
  )

  inBrowser('sends a raw path with its slashes', { timeout: PATIENCE }, async () => {
    const { url } = await startHouse()
    const { page } = await visit(`${url}/docs`)
    const block = page.locator('[id="operations-raw-rawGet"]')
    await block.locator('.opblock-summary-control').click()
    const answered = page.waitForResponse((response) => response.url().includes('/api/raw/'))
    await block.getByRole('button', { name: 'Execute' }).click()
    const response = await answered
    expect(response.status()).toBe(200)
    expect(await response.text()).toContain('ins-r8hr2upy')
  })

  inBrowser('asks for keys where there is no sandbox', { timeout: PATIENCE }, async () => {
    const { url } = await startHouse({ HCA_SANDBOX: 'off' })
    const { page } = await visit(`${url}/docs`, { locale: 'zh-CN' })
    expect(await page.locator('.hint').innerText()).toContain('填入密钥')
    await page.locator('.opblock').first().waitFor()
    expect(await page.locator('#viewer').getAttribute('data-access-key')).toBeNull()
    expect(await page.content()).not.toContain('SANDBOXACCESSKEY')
  })
})

describe('/docs', () => {
  test('allows nothing inline and nothing from elsewhere', async () => {
    const { url } = await startHouse()
    const { status, headers, text } = await ask(`${url}/docs`)
    expect(status).toBe(200)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(text).not.toMatch(/ style=| on\w+=|<script>|<style>|https?:/)
  })

  test('speaks Chinese to those who ask so', async () => {
    const { url } = await startHouse()
    const { headers, text } = await ask(`${url}/docs`, { headers: { 'accept-language': 'zh-CN,en;q=0.5' } })
    expect(headers.get('content-language')).toBe('zh')
    expect(text).toContain('<html lang="zh">')
    expect(text).toContain('接口参考')
  })

  test('has its parts, which a browser keeps', async () => {
    const { url } = await startHouse()
    const { text } = await ask(`${url}/docs`)
    const parts = [...text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, path]) => path)
    expect(parts).toHaveLength(4)
    for (const part of parts) {
      const response = await fetch(`${url}${part}`)
      expect(response.status).toBe(200)
      expect((await response.text()).length).toBeGreaterThan(100)
    }
    const etag =
      (await fetch(`${url}/docs/swagger-ui-bundle.js`, { method: 'GET' })).headers.get('etag') ?? ''
    const again = await fetch(`${url}/docs/swagger-ui-bundle.js`, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
  })

  test('says so in one line where the viewer was left out', () => {
    const html = docsHtml({ version: '1', language: 'en', hasViewer: false })
    expect(html).toContain('The viewer is not installed here')
    expect(html).not.toContain('<script')
  })

  test('is one click from the start page', async () => {
    const { url } = await startHouse()
    for (const headers of [{ accept: 'text/html' }, { accept: 'text/html', 'accept-language': 'zh' }]) {
      const { text } = await ask(url, { headers })
      expect(text).toContain('href="/docs"')
      expect(text).toContain('href="/openapi.json"')
    }
    expect((await ask(url)).text).toContain(`${url}/docs`)
  })
})
