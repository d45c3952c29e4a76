import type { RequestListener, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Outside } from '../src/outside.ts'
import { begun } from './helpers/coded.ts'
import {
  ask,
  asked,
  errorOf,
  KEYS,
  keyHeaders,
  send,
  startBefore,
  startBoth,
  startHouse,
} from './helpers/house.ts'
import { numberAt, scraped } from './helpers/scrape.ts'

const KEEPING = { HCA_CACHE_TTL_FLAVORS: '60', HCA_CACHE_TTL_IMAGES: '60' }
const IMAGES = '/api/images?regionId=cn-south-1&projectId=p-1'
const FLAVORS = '/api/instance-types?regionId=cn-south-1&projectId=p-1'

/** Time that stands still until it is moved. */
function stillTime() {
  let ms = 1_000
  const outside: Partial<Outside> = { elapsed: () => ms }
  const pass = (seconds: number) => {
    ms += seconds * 1_000
  }
  return { outside, pass }
}

type Reply = (response: ServerResponse, count: number) => void

const json =
  (body: string): Reply =>
  (response) =>
    void response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'up-1' }).end(body)

const refusal =
  (status: number, code: string): Reply =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { code, message: 'no' } }))

/** In front of an upstream that counts what it is asked and answers as it was last told to. */
async function startKeeping(first: Reply, env: Record<string, string> = {}, outside: Partial<Outside> = {}) {
  let reply = first
  const targets: string[] = []
  const listener: RequestListener = (request, response) => {
    targets.push(request.url ?? '')
    reply(response, targets.length)
  }
  const house = await startBefore(listener, { ...KEEPING, HCA_ATTEMPTS_READ: '1', ...env }, outside)
  const answer = (next: Reply) => {
    reply = next
  }
  const get = (target: string, headers: Record<string, string> = {}) =>
    ask(`${house.url}${target}`, { headers: { ...keyHeaders, ...headers } })
  return { ...house, targets, answer, get }
}

const counted: Reply = (response, count) => json(`{"count":${count}}`)(response, count)
const countIn = ({ json }: { json: { data: { value: { count: number } } } }) => json.data.value.count

describe('a kept answer', () => {
  test('is what Huawei answered, with its age, and Huawei is asked once', async () => {
    const { outside, pass } = stillTime()
    const { get, targets, logged } = await startKeeping(counted, {}, outside)
    const first = await get(IMAGES)
    pass(7.9)
    const second = await get(IMAGES)
    expect(second.text).toBe(first.text)
    expect(targets).toHaveLength(1)
    expect([first, second].map(({ headers }) => headers.get('age'))).toEqual([null, '7'])
    for (const { headers } of [first, second]) {
      expect(headers.get('x-upstream-request-id')).toBe('up-1')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('etag')).toMatch(/^"[\w-]{22}"$/)
    }
    expect(first.headers.get('x-request-id')).not.toBe(second.headers.get('x-request-id'))
    const lines = await logged(2)
    expect(lines.map((line) => 'upstreamMs' in line)).toEqual([true, false])
  })

  test.each([
    ['instance types', FLAVORS, { HCA_CACHE_TTL_IMAGES: '0' }],
    ['images', IMAGES, { HCA_CACHE_TTL_FLAVORS: '0' }],
  ])('of %s lasts as long as is set, and no longer', async (_, target, env) => {
    const { outside, pass } = stillTime()
    const { get } = await startKeeping(counted, env, outside)
    expect(countIn(await get(target))).toBe(1)
    pass(59.9)
    expect(countIn(await get(target))).toBe(1)
    pass(0.1)
    expect(countIn(await get(target))).toBe(2)
  })

  test.each([
    ['nothing is set', {}, IMAGES],
    ['only the other is', { HCA_CACHE_TTL_FLAVORS: '60' }, IMAGES],
    ['another call is made', KEEPING, '/api/instances?regionId=cn-south-1&projectId=p-1'],
    ['pages are put together', KEEPING, `${IMAGES}&all=true`],
    ['some fields are wanted', KEEPING, `${IMAGES}&fields=id`],
  ])('is there for nobody where %s', async (_, env, target) => {
    const items = target.includes('instances') ? 'servers' : 'images'
    const settings = { HCA_CACHE_TTL_FLAVORS: '0', HCA_CACHE_TTL_IMAGES: '0', ...env }
    const { get, targets } = await startKeeping(json(`{"${items}":[]}`), settings)
    const { headers } = await get(target)
    await get(target)
    expect(targets.length).toBeGreaterThanOrEqual(2)
    expect([headers.get('etag'), headers.get('age')]).toEqual([null, null])
  })

  test.each([
    ['region', IMAGES.replace('cn-south-1', 'cn-east-2'), {}],
    ['project', IMAGES.replace('p-1', 'p-2'), {}],
    ['query', `${IMAGES}&limit=5`, {}],
    ['language', IMAGES, { 'accept-language': 'zh-CN' }],
    ['access key', IMAGES, { 'x-access-key': 'AKTESTTESTTESTTEST02' }],
    ['secret', IMAGES, { 'x-secret-key': `${KEYS.secretKey}x` }],
    ['security token', IMAGES, { 'x-security-token': 'token-of-some-length' }],
  ])('is for one %s only', async (_, target, headers: Record<string, string>) => {
    const { get } = await startKeeping(counted)
    expect(countIn(await get(IMAGES))).toBe(1)
    expect(countIn(await get(target, headers))).toBe(2)
    expect(countIn(await get(IMAGES))).toBe(1)
    expect(countIn(await get(target, headers))).toBe(2)
  })

  test.each(['no-cache', 'max-age=0', 'private, No-Store'])(
    'is passed over, and replaced, for a caller who says %s',
    async (wish) => {
      const { get } = await startKeeping(counted)
      expect(countIn(await get(IMAGES))).toBe(1)
      expect(countIn(await get(IMAGES, { 'cache-control': wish }))).toBe(2)
      expect(countIn(await get(IMAGES))).toBe(2)
    },
  )

  test('of images is forgotten when one is deleted here, by those keys only', async () => {
    const { get, url } = await startKeeping(counted)
    const others = { 'x-secret-key': `${KEYS.secretKey}x` }
    for (const headers of [{}, others]) await get(IMAGES, headers)
    await get(FLAVORS)
    await ask(`${url}/api/images/image-1?regionId=cn-south-1&projectId=p-1`, {
      method: 'DELETE',
      headers: keyHeaders,
    })
    expect(countIn(await get(IMAGES))).toBe(5)
    expect(countIn(await get(IMAGES, others))).toBe(2)
    expect(countIn(await get(FLAVORS))).toBe(3)
  })

  test('of images shows a new one of the sandbox, whose job was waited for', async () => {
    const { url } = await startHouse({ ...KEEPING, HCA_SANDBOX_PACE: 'at-once' })
    const headers = {
      'x-access-key': 'SANDBOXACCESSKEY0001',
      'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000001',
    }
    const names = async () => {
      const { json } = await ask(`${url}/api/images?regionId=cn-south-1&__imagetype=private`, { headers })
      return json.data.value.images.map(({ name }: { name: string }) => name)
    }
    expect(await names()).not.toContain('golden')
    const body = { regionId: 'cn-south-1', name: 'golden', instanceId: 'ins-r8hr2upy' }
    const made = await send('POST', `${url}/api/images`, body, { ...headers, prefer: 'wait=10' })
    expect(made.status).toBe(200)
    expect(await names()).toContain('golden')
  })
})

describe('an ETag', () => {
  test('brings 304 while the content is the same, and the content when it has changed', async () => {
    const { get, answer, targets } = await startKeeping(json('{"a":1}'))
    const etag = (await get(IMAGES)).headers.get('etag') ?? ''
    const same = await get(IMAGES, { 'if-none-match': etag })
    expect([same.status, same.text, same.headers.get('etag'), same.headers.get('content-length')]).toEqual([
      304,
      '',
      etag,
      null,
    ])
    expect(same.headers.get('content-type')).toBe(null)
    expect(targets).toHaveLength(1)
    answer(json('{"a":2}'))
    const news = await get(IMAGES, { 'if-none-match': etag, 'cache-control': 'max-age=0' })
    expect(news.status).toBe(200)
    expect(news.headers.get('etag')).not.toBe(etag)
    answer(json('{"a":1}'))
    expect((await get(IMAGES, { 'if-none-match': etag, 'cache-control': 'max-age=0' })).status).toBe(304)
  })

  test.each<[string, (etag: string) => string, number]>([
    ['weakly', (etag) => `W/${etag}`, 304],
    ['in a list', (etag) => `"a", W/"b,c" ,${etag}, "d"`, 304],
    ['as anything', () => ' * ', 304],
    ['as another', (etag) => etag.replace(/.$/, 'x"'), 200],
    ['without its quotes', (etag) => etag.slice(1, -1), 200],
    ['in the quotes of another', () => '"a, *, b"', 200],
  ])('is known %s', async (_, header, status) => {
    const { get } = await startKeeping(counted)
    const etag = (await get(IMAGES)).headers.get('etag') ?? ''
    expect((await get(IMAGES, { 'if-none-match': header(etag) })).status).toBe(status)
  })

  test('does not save a stranger from being asked for his keys', async () => {
    const { url, double } = await startBoth(KEEPING)
    const target = `${url}/api/images?regionId=cn-south-1`
    const etag = (await ask(target, { headers: keyHeaders })).headers.get('etag') ?? ''
    const headers = { ...keyHeaders, 'x-secret-key': `${KEYS.secretKey}x`, 'if-none-match': etag }
    expect((await ask(target, { headers })).status).toBe(401)
    expect((await ask(target, { headers: { ...headers, 'if-none-match': '*' } })).status).toBe(401)
    expect((await ask(target, { headers: { ...headers, ...keyHeaders } })).status).toBe(304)
    expect(asked(double)).toHaveLength(1)
  })
})

describe('only who was accepted is served:', () => {
  test('the same access key with another secret gets 401, every time, from Huawei', async () => {
    const { url, double } = await startBoth(KEEPING)
    const target = `${url}/api/instance-types?regionId=cn-south-1`
    const get = (secretKey: string) => ask(target, { headers: { ...keyHeaders, 'x-secret-key': secretKey } })
    expect((await get(KEYS.secretKey)).status).toBe(200)
    const before = double.requests.length
    for (const secret of ['wrong-secret-0001', 'wrong-secret-0002'])
      expect(errorOf(await get(secret)).status).toBe('UNAUTHENTICATED')
    expect(double.requests.length).toBe(before + 2)
    expect((await get(KEYS.secretKey)).headers.get('age')).toBe('0')
  })

  test('who is rejected later finds nothing any more, nor when accepted again', async () => {
    const { get, answer, targets } = await startKeeping(counted)
    expect(countIn(await get(IMAGES))).toBe(1)
    expect(countIn(await get(FLAVORS))).toBe(2)
    answer(refusal(401, 'APIGW.0301'))
    expect((await get('/api/instances?regionId=cn-south-1&projectId=p-1')).status).toBe(401)
    expect((await get(IMAGES)).status).toBe(401)
    answer(counted)
    expect(countIn(await get(FLAVORS))).toBe(5)
    expect(countIn(await get(IMAGES))).toBe(6)
    expect(targets).toHaveLength(6)
  })

  test('a failure is not kept', async () => {
    const { get, answer } = await startKeeping(refusal(403, 'Ecs.0000'))
    expect((await get(IMAGES)).status).toBe(403)
    answer(refusal(500, 'Ecs.0001'))
    expect((await get(IMAGES)).status).toBe(502)
    answer((response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('[]'))
    expect((await get(IMAGES)).status).toBe(502)
    answer(counted)
    expect(countIn(await get(IMAGES))).toBe(4)
  })

  test('what a failure follows is forgotten with its time, and not shown in its stead', async () => {
    const { outside, pass } = stillTime()
    const { get, answer } = await startKeeping(counted, {}, outside)
    await get(IMAGES)
    answer(refusal(500, 'Ecs.0001'))
    expect((await get(IMAGES)).status).toBe(200)
    pass(60)
    expect((await get(IMAGES)).status).toBe(502)
  })
})

describe('asked at the same time', () => {
  /** An upstream that answers when it is told to. */
  function held() {
    const waiting: ServerResponse[] = []
    const { promise: came, resolve } = Promise.withResolvers<void>()
    const reply: Reply = (response) => {
      waiting.push(response)
      resolve()
    }
    return { waiting, came, reply }
  }

  test('by fifty, Huawei is asked once', async () => {
    const { waiting, came, reply } = held()
    const { get, targets, url } = await startKeeping(reply)
    const all = Array.from({ length: 50 }, () => get(IMAGES))
    await came
    // They share a connection each with nobody: when the last of them is in, all are.
    await inFlight(url, 51)
    for (const response of waiting) counted(response, targets.length)
    const got = await Promise.all(all)
    expect(got.map(countIn)).toEqual(Array.from({ length: 50 }, () => 1))
    expect(targets).toHaveLength(1)
    expect(await originsIn(url)).toEqual({ miss: 1, shared: 49 })
  })

  test('it goes on for the others when one leaves, be it the first', async () => {
    const { waiting, came, reply } = held()
    const { get, targets, url, logged } = await startKeeping(reply)
    const leaving = new AbortController()
    const first = ask(`${url}${IMAGES}`, { headers: keyHeaders, signal: leaving.signal })
    await came
    const second = get(IMAGES)
    await inFlight(url, 3)
    leaving.abort()
    await expect(first).rejects.toThrow()
    expect((await logged(2)).at(-1)).toMatchObject({ reason: 'CLIENT_LEFT' })
    for (const response of waiting) counted(response, 1)
    expect(countIn(await second)).toBe(1)
    expect(targets).toHaveLength(1)
  })

  test('it ends when all have left', async () => {
    const { waiting, came, reply } = held()
    const { url } = await startKeeping(reply)
    const leaving = new AbortController()
    const { signal } = leaving
    const both = [1, 2].map(() => ask(`${url}${IMAGES}`, { headers: keyHeaders, signal }))
    await came
    await inFlight(url, 3)
    const closed = new Promise((resolve) => waiting[0]?.once('close', resolve))
    leaving.abort()
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await closed
  })

  test('who has less time is told so, and the others get their answer', async () => {
    const { waiting, came, reply } = held()
    const { get, targets } = await startKeeping(reply)
    const patient = get(IMAGES)
    await came
    const hasty = await get(IMAGES, { 'x-request-timeout': '0.05' })
    expect([hasty.status, errorOf(hasty).reason]).toEqual([504, 'UPSTREAM_TIMEOUT'])
    for (const response of waiting) counted(response, 1)
    expect(countIn(await patient)).toBe(1)
    expect(targets).toHaveLength(1)
  })

  test('who began with little time takes none from the others, for whom it is asked again', async () => {
    const { waiting, came, reply } = held()
    const { get, answer, targets, url } = await startKeeping(reply)
    const hasty = get(IMAGES, { 'x-request-timeout': '0.3' })
    await came
    const patient = get(IMAGES)
    await inFlight(url, 3)
    answer(counted)
    expect((await hasty).status).toBe(504)
    expect(countIn(await patient)).toBe(2)
    expect(waiting).toHaveLength(1)
    expect(targets).toHaveLength(2)
  })

  test('a refusal is told to all of them, and asked for once', async () => {
    const { waiting, came, reply } = held()
    const { get, targets, url } = await startKeeping(reply)
    const all = [1, 2, 3].map(() => get(IMAGES))
    await came
    await inFlight(url, 4)
    for (const response of waiting) refusal(401, 'APIGW.0301')(response, 1)
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual([401, 401, 401])
    expect(targets).toHaveLength(1)
  })
})

describe('bytes are bounded:', () => {
  const sized =
    (bytes: number): Reply =>
    (response, count) =>
      json(`{"count":${count},"a":"${'x'.repeat(bytes)}"}`)(response, count)

  test('what was kept longest ago goes first, and the count of bytes stays below', async () => {
    const { get, url } = await startKeeping(sized(30_000), { HCA_CACHE_BYTES: '250000' })
    for (let page = 1; page <= 10; page += 1)
      expect(countIn(await get(`${IMAGES}&offset=${page}`))).toBe(page)
    const bytes = await numberIn(url, 'hca_cache_bytes')
    expect(bytes).toBeGreaterThan(200_000)
    expect(bytes).toBeLessThanOrEqual(250_000)
    expect(countIn(await get(`${IMAGES}&offset=10`))).toBe(10)
    expect(countIn(await get(`${IMAGES}&offset=1`))).toBe(11)
  })

  test.each([
    ['whole', 40_000],
    ['in pieces', 900_000],
  ])('one that is longer than an eighth passes %s, to all who ask, and is not kept', async (_, bytes) => {
    const { get, targets, url } = await startKeeping(sized(bytes), { HCA_CACHE_BYTES: '250000' })
    const got = await Promise.all([1, 2, 3].map(() => get(IMAGES)))
    for (const { status, json, headers } of got) {
      expect([status, json.data.value.a.length, headers.get('etag')]).toEqual([200, bytes, null])
    }
    expect(targets).toHaveLength(3)
    expect(await numberIn(url, 'hca_cache_bytes')).toBe(0)
  })

  test('a long one that fits is gathered, kept, and told whole again', async () => {
    const { get, targets, url } = await startKeeping(sized(3_000_000))
    const first = await get(IMAGES)
    expect(first.headers.get('content-length')).toBe(String(Buffer.byteLength(first.text)))
    const slow = await begun(`${url}${IMAGES}`, keyHeaders)
    const parts: Buffer[] = []
    for await (const part of slow) parts.push(part)
    expect(Buffer.concat(parts).toString() === first.text).toBe(true)
    expect(targets).toHaveLength(1)
  })

  test.each<[string, Reply, string]>([
    [
      'breaks off',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.write(`{"a":"${'x'.repeat(400_000)}`, () => response.destroy())
      },
      'UPSTREAM_TRUNCATED',
    ],
    [
      'is no object',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(`{"a":"${'x'.repeat(400_000)}"]`)
      },
      'UPSTREAM_PROTOCOL_ERROR',
    ],
  ])('a long one that %s is an error, and nothing of it is kept', async (_, reply, reason) => {
    const { get, answer } = await startKeeping(reply)
    const broken = await get(IMAGES)
    expect([broken.status, errorOf(broken).reason]).toEqual([502, reason])
    answer(counted)
    expect(countIn(await get(IMAGES))).toBe(2)
  })

  test('when memory runs short all of it is forgotten', async () => {
    let heapShare = 0
    const { get, url } = await startKeeping(
      counted,
      {},
      { pressure: () => ({ delayMs: 0, worstMs: 0, heapShare }) },
    )
    await get(IMAGES)
    heapShare = 0.9
    while ((await numberIn(url, 'hca_cache_bytes')) > 0);
    expect(countIn(await get(IMAGES))).toBe(2)
  })
})

const numberIn = async (url: string, name: string) => (await numberAt(url, name)) ?? Number.NaN

/** Answers by origin, over all routes. */
const originsIn = async (url: string) =>
  Object.fromEntries(
    (await scraped(url))
      .filter(({ name }) => name === 'hca_cache_answers_total')
      .map(({ labels, value }) => [labels.origin, value]),
  )

/** Until so many requests are under way, the one that asks included. */
async function inFlight(url: string, count: number): Promise<void> {
  while ((await numberIn(url, 'hca_http_requests_in_flight')) < count);
}
