import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { metrics } from '../src/gateway/metrics.ts'
import { parseExposition, type Sample } from './helpers/exposition.ts'
import {
  ask,
  askRaw,
  bytesAnswered,
  keyHeaders,
  ourErrorOf,
  startBefore,
  startHouse,
  type TestHouse,
} from './helpers/house.ts'
import { scraped } from './helpers/scrape.ts'

const IMAGES = '/api/images'
const TARGET = `${IMAGES}?regionId=cn-south-1&projectId=p-1`
const REGIONS = '/api/regions?regionType=ecs'
const LONG = 'x'.repeat(600_000)

const numberOf = (samples: readonly Sample[], name: string, labels: Record<string, string> = {}) =>
  samples.find(
    (one) =>
      one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  )?.value

/** Requests counted, as `route method status reason` → how many. The scrapes themselves are left out. */
const requests = (samples: readonly Sample[]) =>
  Object.fromEntries(
    samples
      .filter(({ name, labels }) => name === 'hca_http_requests_total' && labels.route !== '/metrics')
      .map(({ labels: { route, method, status, reason }, value }) => [
        [route, method, status, reason].join(' ').trim(),
        value,
      ]),
  )

const refusing =
  (status: number, code: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { code, message: 'no' } }))
  }

/** In front of an upstream that answers as it was last told to. */
async function startChanging(first: RequestListener) {
  let now = first
  const house = await startBefore((request, response) => now(request, response))
  const answer = (next: RequestListener) => {
    now = next
  }
  return { ...house, answer }
}

const good: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end('{"images":[]}')
}
const long: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(`{"a":"${LONG}"}`)
}
const breaking: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write(`{"a":"${LONG}`, () => response.destroy())
}

/** As its callers see the log: every line but those of scrapes. */
const told = ({ log }: TestHouse) => log.filter(({ route }) => route !== undefined && route !== '/metrics')

describe('requests are counted', () => {
  test('under route, method, status and reason, as the log has them', async () => {
    const house = await startChanging(good)
    const { url, answer, logged } = house
    const fetched = () => ask(`${url}${TARGET}`, { headers: keyHeaders })
    await fetched()
    await fetched()
    answer(refusing(404, 'IMG.0144'))
    await fetched()
    answer(refusing(400, 'made up by "somebody"\n'))
    await fetched()
    answer((_, response) => void response.destroy())
    await fetched()
    await ask(`${url}${TARGET}`)
    await ask(`${url}/api/nothing`)
    await ask(`${url}${REGIONS}`, { headers: { origin: 'https://evil.example' } })
    await ask(`${url}/livez`, { method: 'HEAD' })
    await askRaw(url, { target: '/%zz' })
    await logged(11) // one is about the page of another site

    const samples = await scraped(url)
    expect(requests(samples)).toEqual({
      '/api/images GET 200': 2,
      '/api/images GET 404 IMG.0144': 1,
      '/api/images GET 400 huawei': 1,
      '/api/images GET 502 UPSTREAM_UNREACHABLE': 1,
      '/api/images GET 401 CREDENTIALS_MISSING': 1,
      '/api/regions GET 403 ORIGIN_NOT_ALLOWED': 1,
      '/livez HEAD 200': 1,
      'none GET 404 ROUTE_NOT_FOUND': 1,
      'none GET 400 MALFORMED_URL': 1,
    })
    for (const route of new Set(told(house).map((line) => String(line.route)))) {
      const lines = told(house).filter((line) => line.route === route)
      const asking = lines.filter(({ upstreamMs }) => upstreamMs !== undefined)
      const seconds = (field: string) =>
        lines.reduce((sum, line) => sum + Number(line[field] ?? 0), 0) / 1_000
      const of = (name: string) => numberOf(samples, name, { route })
      expect(of('hca_http_request_duration_seconds_count')).toBe(lines.length)
      expect(of('hca_http_request_duration_seconds_sum')).toBeCloseTo(seconds('ms'), 6)
      expect(of('hca_upstream_duration_seconds_count')).toBe(asking.length || undefined)
      expect(of('hca_upstream_duration_seconds_sum') ?? 0).toBeCloseTo(seconds('upstreamMs'), 6)
    }
    expect(numberOf(samples, 'hca_upstream_duration_seconds_count', { route: IMAGES })).toBe(5)
  })

  test('when a stream has ended, whether it broke or not', async () => {
    const { url, answer, logged } = await startChanging(long)
    await ask(`${url}${TARGET}`, { headers: keyHeaders })
    answer(breaking)
    await expect(ask(`${url}${TARGET}`, { headers: keyHeaders })).rejects.toThrow()
    await logged(2)
    expect(requests(await scraped(url))).toEqual({
      '/api/images GET 200': 1,
      '/api/images GET 200 UPSTREAM_TRUNCATED': 1,
    })
  })

  test('for each server by itself', async () => {
    const one = await startHouse()
    const other = await startHouse()
    await ask(`${one.url}${REGIONS}`)
    await ask(`${one.url}${REGIONS}`)
    await one.logged(2)
    expect(requests(await scraped(one.url))).toEqual({ '/api/regions GET 200': 2 })
    expect(requests(await scraped(other.url))).toEqual({})
  })

  test('with 200 codes of Huawei at most, and those of which there are more as one', async () => {
    let asked = 0
    const { url, logged } = await startBefore((request, response) => {
      asked += 1
      refusing(400, `Ecs.${String(asked).padStart(4, '0')}`)(request, response)
    })
    for (let n = 0; n < 203; n += 1) await ask(`${url}${TARGET}`, { headers: keyHeaders })
    await logged(203)
    const counted = requests(await scraped(url))
    expect(Object.keys(counted)).toHaveLength(201)
    expect(counted).toMatchObject({
      '/api/images GET 400 Ecs.0001': 1,
      '/api/images GET 400 Ecs.0200': 1,
      '/api/images GET 400 huawei': 3,
    })
  })
})

describe('requests in flight', () => {
  const IN_FLIGHT = 'hca_http_requests_in_flight'

  test('are those that wait, and the one that asks', async () => {
    const arrived = Promise.withResolvers<ServerResponse>()
    const { url, logged } = await startBefore((_, response) => arrived.resolve(response))
    const waiting = ask(`${url}${TARGET}`, { headers: keyHeaders })
    const response = await arrived.promise
    expect(numberOf(await scraped(url), IN_FLIGHT)).toBe(2)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"images":[]}')
    await waiting
    await logged(2)
    expect(numberOf(await scraped(url), IN_FLIGHT)).toBe(1)
  })

  test('are forgotten with their connection, those too that stood behind another', async () => {
    const arrived = Promise.withResolvers<ServerResponse>()
    const { url } = await startBefore((_, response) => arrived.resolve(response))
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port) })
    onTestFinished(() => void socket.destroy())
    const head = (target: string) =>
      [
        `GET ${target} HTTP/1.1`,
        `Host: ${hostname}:${port}`,
        ...Object.entries(keyHeaders).map((pair) => pair.join(': ')),
        '',
        '',
      ].join('\r\n')
    socket.write(head(TARGET) + head('/livez') + head('/readyz'))
    const response = await arrived.promise
    expect(numberOf(await scraped(url), IN_FLIGHT)).toBe(4)
    socket.destroy()
    if (!response.closed) await once(response, 'close') // the house lets go of the read once its caller has left
    expect(numberOf(await scraped(url), IN_FLIGHT)).toBe(1)
  })
})

describe('the answer', () => {
  test('is of the text format, and tells of every metric of the table', async () => {
    const { url, logged } = await startHouse()
    await ask(`${url}/livez`)
    await logged(1)
    const { status, headers, text } = await ask(`${url}/metrics`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    const { types, samples } = parseExposition(text)
    expect(Object.fromEntries(types)).toEqual(
      Object.fromEntries(Object.entries(metrics).map(([name, { type }]) => [name, type])),
    )
    for (const [name, { help }] of Object.entries(metrics)) expect(text).toContain(`# HELP ${name} ${help}\n`)
    expect(numberOf(samples, 'hca_build_info', { node: process.versions.node })).toBe(1)
    for (const { name, value } of samples) {
      expect(value, name).toBeGreaterThanOrEqual(0)
      expect(value, name).toBeLessThan(1e12)
    }
    const [began, memory] = ['process_start_time_seconds', 'process_resident_memory_bytes'].map((name) =>
      numberOf(samples, name),
    )
    expect(Math.abs((began ?? 0) - (Date.now() / 1_000 - process.uptime()))).toBeLessThan(5)
    expect(memory).toBeGreaterThan(2 ** 20)
  })

  test('has buckets that only grow, up to all', async () => {
    const { url, logged } = await startHouse()
    for (let n = 0; n < 5; n += 1) await ask(`${url}${REGIONS}`)
    await logged(5)
    const samples = await scraped(url)
    const name = 'hca_http_request_duration_seconds'
    const buckets = samples.filter((one) => one.name === `${name}_bucket`)
    expect(buckets.map(({ labels }) => labels.le)).toEqual([...metrics[name].buckets.map(String), '+Inf'])
    const counts = buckets.map(({ value }) => value)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(counts.at(-1)).toBe(5)
    expect(numberOf(samples, `${name}_count`)).toBe(5)
  })

  test('has HEAD as it has GET', async () => {
    const { url } = await startHouse()
    const { status, text, headers } = await askRaw(url, { method: 'HEAD', target: '/metrics' })
    expect([status, text]).toEqual([200, ''])
    expect(headers.get('content-type')).toContain('version=0.0.4')
  })

  test('needs no keys, and minds none', async () => {
    const { url } = await startHouse()
    for (const headers of [keyHeaders, { authorization: 'Bearer hca_nothing' }])
      expect((await ask(`${url}/metrics`, { headers })).status).toBe(200)
  })

  test.each([
    ['another name', ['Host: evil.example'], 'HOST_NOT_ALLOWED'],
    ['another site', ['Origin: https://evil.example'], 'ORIGIN_NOT_ALLOWED'],
    [
      'a link on another site',
      ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'],
      'ORIGIN_NOT_ALLOWED',
    ],
  ])('is not given to %s', async (_, headers, reason) => {
    const { url } = await startHouse()
    const answer = await askRaw(url, { target: '/metrics', headers })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([403, reason])
  })

  test('is counted too, the next time', async () => {
    const { url, logged } = await startHouse()
    await scraped(url)
    await logged(1)
    expect(
      numberOf(await scraped(url), 'hca_http_requests_total', { route: '/metrics', status: '200' }),
    ).toBe(1)
  })
})

test('nothing that a caller or Huawei says is in the numbers', async () => {
  const CANARY = 'CANARY0123456789'
  const { url, logged } = await startBefore(refusing(403, `Ecs.${CANARY}`))
  const keys = [`X-Access-Key: AK${CANARY}`, `X-Secret-Key: SK${CANARY}`, `X-Security-Token: T${CANARY}`]
  const search = new URLSearchParams({ accessKey: CANARY, secretKey: CANARY, marker: CANARY })
  const json = ['Content-Type: application/json']
  const all = [
    { target: TARGET, headers: keys },
    { target: `${TARGET}&${search}` },
    { target: `/api/${CANARY}/x?${search}` },
    { target: `/api/instances/${CANARY}?regionId=cn-south-1&projectId=p-1`, headers: keys },
    { target: `/api/images?regionId=${CANARY}`, headers: keys },
    { target: `/api/raw/ecs/v1/${CANARY}?regionId=cn-south-1&projectId=p-1`, headers: keys },
    {
      method: 'PUT',
      target: '/api/instances/start',
      headers: json,
      body: JSON.stringify({
        regionId: 'cn-south-1',
        projectId: CANARY,
        accessKey: `A${CANARY}`,
        secretKey: CANARY,
        servers: [CANARY],
      }),
    },
    { method: 'POST', target: `/${CANARY}`, headers: [...json, `X-Any: ${CANARY}`], body: `{"${CANARY}` },
  ]
  for (const request of all) await askRaw(url, request)
  await bytesAnswered(url, `${CANARY} / HTTP/1.1\r\n\r\n`)
  await logged(all.length)
  const { text } = await ask(`${url}/metrics`)
  const counted = Object.values(requests(parseExposition(text).samples)).reduce((sum, one) => sum + one, 0)
  expect(counted).toBe(all.length)
  expect(text).not.toContain('CANARY')
})
