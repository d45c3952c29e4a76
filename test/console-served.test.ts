import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fakeConsole, PICTURE_NAME, SCRIPT, SCRIPT_NAME } from './helpers/console.ts'
import { ask, askRaw, ourErrorOf, startHouse } from './helpers/house.ts'

const start = () => startHouse({ HCA_CONSOLE: fakeConsole() })
const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const metaOf = (text: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(text)?.[1]

describe('/console', () => {
  test.each(['/console', '/console/', '/console/instances', '/console/instances/a.b%2F%2E%2E?regionId=*'])(
    '%s is the page, under a strict policy, and is not kept',
    async (path) => {
      const { url } = await start()
      const { status, headers, text } = await ask(`${url}${path}`)
      expect(status).toBe(200)
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'content-language': 'en',
        vary: 'Accept-Language',
      })
      const nonce = metaOf(text, 'name="csp-nonce" content')
      expect(nonce).toMatch(/^[\w+/]{24}$/)
      expect(headers.get('content-security-policy')).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; ` +
          "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
          "require-trusted-types-for 'script'",
      )
      expect(text).not.toMatch(/\{\{| style=| on\w+=|<script>|<style/)
    },
  )

  test('has another nonce in each answer', async () => {
    const { url } = await start()
    const all = await Promise.all([1, 2, 3].map(async () => (await ask(`${url}/console/`)).text))
    expect(new Set(all.map((text) => metaOf(text, 'name="csp-nonce" content'))).size).toBe(3)
  })

  test('tells the page the version and the sandbox keys, and says so in Chinese', async () => {
    const { url } = await start()
    const { headers, text } = await ask(`${url}/console/`, { headers: { 'accept-language': 'zh-CN' } })
    expect(headers.get('content-language')).toBe('zh')
    expect(text).toContain('<html lang="zh">')
    expect(metaOf(text, 'data-version')).toMatch(/^\d+\.\d+\.\d+/)
    expect(metaOf(text, 'data-sandbox-access-key')).toBe('SANDBOXACCESSKEY0001')
    expect(metaOf(text, 'data-sandbox-secret-key')).toMatch(/^SandboxSecretKey/)
  })

  test('names no keys where there is no sandbox', async () => {
    const { url } = await startHouse({ HCA_CONSOLE: fakeConsole(), HCA_SANDBOX: 'off' })
    const { text } = await ask(`${url}/console/`)
    expect(metaOf(text, 'data-sandbox-access-key')).toBe('')
    expect(metaOf(text, 'data-sandbox-secret-key')).toBe('')
  })

  test('answers HEAD, and no other method', async () => {
    const { url } = await start()
    const head = await ask(`${url}/console/instances`, { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    expect(head.headers.get('content-security-policy')).toContain("'nonce-")
    for (const path of [
      '/console',
      '/console/',
      '/console/instances/a.b%2F%2E%2E',
      `/console/assets/${SCRIPT_NAME}`,
    ])
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
        const other = await ask(`${url}${path}`, { method })
        expect([other.status, other.headers.get('allow')], `${method} ${path}`).toEqual([405, 'GET'])
      }
  })

  test('is not there when it is switched off', async () => {
    const { url } = await startHouse({ HCA_CONSOLE: 'off' })
    for (const path of ['/console', '/console/', `/console/assets/${SCRIPT_NAME}`])
      for (const method of ['GET', 'POST'])
        expect(ourErrorOf(await ask(`${url}${path}`, { method })).reason).toBe('ROUTE_NOT_FOUND')
  })

  test.each([
    [{}, 'en', 'The console is not built here.'],
    [{ 'accept-language': 'zh' }, 'zh', '此处尚未构建控制台。'],
  ])('says how to build it where it was not: %j', async (headers, lang, words) => {
    const { url } = await startHouse({ HCA_CONSOLE: join(import.meta.dirname, 'fixtures') })
    const page = await ask(`${url}/console/instances`, { headers })
    expect(page.status).toBe(200)
    expect(page.text).toContain(`<html lang="${lang}">`)
    expect(page.text).toContain(words)
    expect(page.text).toContain('npm run build')
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; style-src 'self'")
  })
})

describe('/console/assets', () => {
  const asset = (url: string, name: string, accepted = 'identity') =>
    fetch(`${url}/console/assets/${name}`, { headers: { 'accept-encoding': accepted } })

  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['zstd', null],
    ['identity', null],
    ['br;q=0', null],
  ])('Accept-Encoding: %s → %s, kept for a year', async (accepted, coding) => {
    const { url } = await start()
    for (let n = 0; n < 2; n += 1) {
      const answer = await asset(url, SCRIPT_NAME, accepted)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-encoding')).toBe(coding)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        vary: 'Accept-Encoding',
      })
      expect(await answer.text()).toBe(SCRIPT)
    }
  })

  test('what was not compressed goes out as it is', async () => {
    const { url } = await start()
    const answer = await asset(url, PICTURE_NAME, 'br, gzip')
    expect(answer.headers.get('content-type')).toBe('image/svg+xml')
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('vary')).toBeNull()
    expect(await answer.text()).toContain('<svg')
  })

  test('HEAD of what is not there is a 404', async () => {
    const { url } = await start()
    expect((await ask(`${url}/console/assets/nothing.js`, { method: 'HEAD' })).status).toBe(404)
  })

  test('HEAD tells the length', async () => {
    const { url } = await start()
    const answer = await fetch(`${url}/console/assets/${SCRIPT_NAME}`, {
      method: 'HEAD',
      headers: { 'accept-encoding': 'identity' },
    })
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(SCRIPT.length)])
  })

  test.each([
    'nothing.js',
    `${SCRIPT_NAME}.br`,
    '',
    '__proto__',
    '../index.html',
    '..%2Findex.html',
    '%2e%2e/sources.sha256',
    '..%5Cindex.html',
    '....//index.html',
    '/etc/passwd',
    `./${SCRIPT_NAME}`,
    `${SCRIPT_NAME}%00`,
    '%E0%A4%A',
  ])('GET /console/assets/%s is an error of ours', async (name) => {
    const { url } = await start()
    const answer = await askRaw(url, { target: `/console/assets/${name}` })
    expect([400, 404]).toContain(answer.status)
    expect(ourErrorOf(answer).reason).toBe(answer.status === 404 ? 'ROUTE_NOT_FOUND' : 'MALFORMED_URL')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('a file that has gone since the start is one that is not there', async () => {
    const folder = fakeConsole()
    const { url } = await startHouse({ HCA_CONSOLE: folder })
    rmSync(join(folder, 'assets', PICTURE_NAME))
    expect((await ask(`${url}/console/assets/${PICTURE_NAME}`)).status).toBe(404)
  })

  test('the licences of what is bundled are there to read', async () => {
    const { url } = await start()
    const { headers, text } = await ask(`${url}/console/LICENSES.txt`)
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(text).toContain('MIT')
  })
})

describe('a browser that opens /', () => {
  const open = (url: string, headers: Record<string, string>) => fetch(url, { headers, redirect: 'manual' })

  test('is sent to the console; curl is not', async () => {
    const { url } = await start()
    const sent = await open(url, asBrowser)
    expect([sent.status, sent.headers.get('location')]).toEqual([302, '/console/'])
    expect(sent.headers.get('vary')).toContain('Accept')
    expect(sent.headers.get('cache-control')).toBe('no-store')
    const told = await ask(url)
    expect(told.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(told.text).toContain(`${url}/console/`)
  })

  test('finds the words about keys at /welcome, with the way to the console', async () => {
    const { url } = await start()
    const { status, text } = await ask(`${url}/welcome`, { headers: asBrowser })
    expect(status).toBe(200)
    expect(text).toContain('id="keys"')
    expect(text).toContain('href="/console/"')
  })

  test.each(['off', join(import.meta.dirname, 'fixtures')])(
    'stays where there is none: %s',
    async (console) => {
      const { url } = await startHouse({ HCA_CONSOLE: console })
      const page = await open(url, asBrowser)
      expect(page.status).toBe(200)
      expect(await page.text()).not.toContain('href="/console/"')
    },
  )
})

const BUILT = join(import.meta.dirname, '../dist/console')

describe.skipIf(!existsSync(join(BUILT, 'sources.sha256')))('the console as it was built', () => {
  test('names only parts that are served, and nothing inline or from elsewhere', async () => {
    const { url } = await startHouse({ HCA_CONSOLE: BUILT })
    const { text } = await ask(`${url}/console/`)
    expect(text).not.toMatch(/\{\{| style=| on\w+=|<script>|<style|https?:/)
    const parts = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path)
    expect(parts.length).toBeGreaterThan(0)
    for (const part of parts) {
      const answer = await fetch(`${url}${part}`, { headers: { 'accept-encoding': 'br' } })
      expect([answer.status, answer.headers.get('content-encoding')], part).toEqual([200, 'br'])
    }
    expect((await ask(`${url}/console/LICENSES.txt`)).text).toContain('react')
  })
})
