import { Pool } from 'undici'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Door } from '../../src/gateway/app.ts'
import { routes } from '../../src/gateway/routes/index.ts'
import { fakeConsole } from '../helpers/console.ts'
import { sandboxKeys } from '../helpers/examples.ts'
import { startHouse, type TestHouse } from '../helpers/house.ts'
import { combinations, headersOf, type Kind, type Said, verdict } from './door-matrix.ts'

const start = () =>
  startHouse({ HCA_SANDBOX_PACE: 'at-once', HCA_LOG_LEVEL: 'silent', HCA_CONSOLE: fakeConsole() })

/** Asks many things on a few connections; only status and reason are looked at. */
function asker({ url }: TestHouse) {
  const pool = new Pool(url, { connections: 8 })
  onTestFinished(() => pool.destroy())
  return async (method: string, path: string, headers: Record<string, string>, body?: string) => {
    const answer = await pool.request({ method, path, headers, ...(body === undefined ? {} : { body }) })
    const text = await answer.body.text()
    const isOurs = text.startsWith('{"error"')
    return {
      status: answer.statusCode,
      reason: isOurs ? (JSON.parse(text).error.details[0].reason as string) : undefined,
      cors: Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
    }
  }
}

/** Some at a time, or the house would have too much to do at once. */
async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values()
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const item of left) await work(item)
    }),
  )
}

const lastEvent = ({ sandbox }: TestHouse) =>
  Reflect.get(sandbox?.ask('GET', 'events?limit=1').body as object, 'last')

const filled = ({ url }: Door) =>
  url.replace(/:\w+/g, 'x').replace(/\*$/, url.startsWith('/api/raw') ? 'ecs/v1/x' : 'state')

describe('every door', () => {
  test('is among those that are tried', async () => {
    const { gateway } = await start()
    const known = gateway.doors.map(({ method, url }) => `${method} ${url}`)
    for (const { method, path } of routes)
      expect(known).toContain(`${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`)
    for (const path of [
      '/',
      '/welcome',
      '/console',
      '/console/*',
      '/console/assets/*',
      '/docs',
      '/docs/start.js',
      '/openapi.json',
      '/livez',
      '/readyz',
      '/metrics',
      '/welcome.css',
    ])
      expect(known).toContain(`GET ${path}`)
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])
      expect(known).toContain(`${method} /api/raw/*`)
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) expect(known).toContain(`${method} /_sandbox/*`)
    expect(gateway.doors.filter(({ kind }) => kind === 'probe').map(({ url }) => url)).toEqual([
      '/livez',
      '/livez',
      '/readyz',
      '/readyz',
    ])
  })

  test('is closed to a foreign Host, to a foreign Origin and to other sites', async () => {
    const house = await start()
    const ask = asker(house)
    const { host } = new URL(house.url)
    const attacks: [what: string, headers: Record<string, string>, reason: string][] = [
      ['a foreign Host', { host: 'evil.example' }, 'HOST_NOT_ALLOWED'],
      ['our name and another port', { host: '127.0.0.1:1' }, 'HOST_NOT_ALLOWED'],
      ['a foreign Origin', { host, origin: 'https://evil.example' }, 'ORIGIN_NOT_ALLOWED'],
      ['a sandboxed frame', { host, origin: 'null' }, 'ORIGIN_NOT_ALLOWED'],
      [
        'another site',
        { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
        'ORIGIN_NOT_ALLOWED',
      ],
      [
        'a picture on another site',
        { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
        'ORIGIN_NOT_ALLOWED',
      ],
      [
        'a frame on another site',
        { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
        'ORIGIN_NOT_ALLOWED',
      ],
    ]
    // Nothing is there, or another method would be: that is no news for strangers either.
    const none: Door[] = ['GET', 'POST', 'OPTIONS', 'TRACE'].flatMap((method) =>
      ['/nothing', '/api/instances', '/'].map((url) => ({
        method,
        url,
        kind: url === '/' && method === 'GET' ? 'page' : 'api',
      })),
    )
    const before = lastEvent(house)
    const wrong: string[] = []
    const tries = [...house.gateway.doors, ...none].flatMap((door) =>
      attacks.map((attack) => [door, attack] as const),
    )
    expect(tries.length).toBeGreaterThan(500)
    await inTurn(tries, async ([door, [what, headers, reason]]) => {
      const isExcepted = door.kind === 'probe' && reason === 'HOST_NOT_ALLOWED'
      const got = await ask(door.method, filled(door), { ...sandboxKeys, ...headers })
      const isRefused = got.status === 403 && (got.reason === reason || door.method === 'HEAD')
      if (isRefused === isExcepted || got.cors.length > 0)
        wrong.push(`${door.method} ${door.url} for ${what}: ${got.status} ${got.reason}`)
    })
    expect(wrong).toEqual([])
    expect(lastEvent(house)).toBe(before)
  })
})

describe('E-13 whatever a browser may say', () => {
  const OWN = 'OWN'
  const place = (said: Said, own: string): Said => ({
    ...said,
    host: said.host.replace(OWN, own),
    origin: said.origin?.replace(OWN, own),
  })
  const every = {
    host: [OWN, 'evil.example', 'localhost.evil.example'],
    origin: [undefined, `http://${OWN}`, 'https://evil.example', 'null'],
    site: [undefined, 'none', 'same-origin', 'same-site', 'cross-site'],
    mode: [undefined, 'cors', 'navigate', 'no-cors'],
  }
  const writes = combinations({
    ...every,
    dest: ['document'],
    type: ['application/json', 'text/plain', 'application/x-www-form-urlencoded'],
    method: ['POST', 'PUT'],
  })
  const reads = combinations({
    ...every,
    dest: [undefined, 'document', 'image'],
    type: [undefined],
    method: ['GET', 'DELETE', 'OPTIONS'],
  })
  const doors: Record<string, [path: string, body?: string]> = {
    GET: ['/api/instances?regionId=cn-east-2'],
    DELETE: ['/api/keypairs/mine?regionId=cn-east-2'],
    OPTIONS: ['/api/instances'],
    POST: ['/api/keypairs', JSON.stringify({ regionId: 'cn-east-2', name: 'of-a-page' })],
    PUT: ['/api/instances/stop', JSON.stringify({ regionId: 'cn-east-2', servers: ['ins-r8hr2upy'] })],
  }

  test('of a call, who is refused changes nothing and asks Huawei nothing', async () => {
    const house = await start()
    const ask = asker(house)
    const own = new URL(house.url).host
    const refused = [...writes, ...reads]
      .map((said) => place(said, own))
      .flatMap((said) => {
        const reason =
          verdict(said, own, 'api') ??
          (writes.some(({ method }) => method === said.method) && said.type !== 'application/json'
            ? 'UNSUPPORTED_CONTENT_TYPE'
            : undefined)
        return reason ? [{ said, reason }] : []
      })
    expect(writes.length + reads.length).toBeGreaterThanOrEqual(2_000)
    const before = lastEvent(house)
    const wrong: unknown[] = []
    await inTurn(refused, async ({ said, reason }) => {
      const [path, body] = doors[said.method] ?? ['/']
      const got = await ask(said.method, path, { ...sandboxKeys, ...headersOf(said) }, body)
      const status = reason === 'UNSUPPORTED_CONTENT_TYPE' ? 415 : 403
      if (got.status !== status || got.reason !== reason || got.cors.length > 0)
        wrong.push({ said, reason, got })
    })
    expect(wrong).toEqual([])
    expect(lastEvent(house)).toBe(before)
  })

  test('of a call, who is not refused is heard', async () => {
    const house = await start()
    const ask = asker(house)
    const own = new URL(house.url).host
    const heard = [...writes, ...reads]
      .map((said) => place(said, own))
      .filter((said) => verdict(said, own, 'api') === undefined)
      .filter(({ type }) => type === undefined || type === 'application/json')
    expect(heard.length).toBeGreaterThan(100)
    const wrong: unknown[] = []
    await inTurn(heard, async (said) => {
      const [path, body] = doors[said.method] ?? ['/']
      const got = await ask(said.method, path, { ...sandboxKeys, ...headersOf(said) }, body)
      const isHeard =
        said.method === 'OPTIONS' ? got.status === 405 : got.reason?.includes('NOT_ALLOWED') !== true
      if (!isHeard || got.status === 403 || got.cors.length > 0) wrong.push({ said, got })
    })
    expect(wrong).toEqual([])
    expect(lastEvent(house)).toBeGreaterThan(0)
  })

  test.each<[path: string, kind: Kind, status: number]>([
    ['/', 'page', 200],
    ['/console/instances', 'page', 200],
    ['/console/assets/index-1a2b3c4d.js', 'page', 200],
    ['/docs', 'page', 200],
    ['/welcome.css', 'page', 200],
    ['/openapi.json', 'page', 200],
    ['/livez', 'probe', 200],
    ['/metrics', 'api', 200],
    ['/_sandbox/events', 'api', 200],
    ['/api/raw/vpc/v1/{project_id}/vpcs?regionId=cn-east-2', 'raw', 200],
  ])('of %s', async (path, kind, status) => {
    const house = await start()
    const ask = asker(house)
    const own = new URL(house.url).host
    const all = combinations({
      ...every,
      dest: [undefined, 'document', 'iframe'],
      type: [undefined],
      method: ['GET'],
    })
    const wrong: unknown[] = []
    const seen = new Set<boolean>()
    await inTurn(all, async (one) => {
      const said = place(one, own)
      const reason = verdict(said, own, kind)
      seen.add(reason === undefined)
      const got = await ask('GET', path, { ...sandboxKeys, ...headersOf(said) })
      const isRight = reason ? got.status === 403 && got.reason === reason : got.status === status
      if (!isRight || got.cors.length > 0) wrong.push({ said, reason, got })
    })
    expect(wrong).toEqual([])
    expect(seen.size).toBe(2)
  })
})
