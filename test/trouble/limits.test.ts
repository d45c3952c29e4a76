import type { RequestListener, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { watchPressure } from '../../src/gateway/pressure-reading.ts'
import { type Outside, outside } from '../../src/outside.ts'
import {
  ask,
  askRaw,
  bytesAnswered,
  type Got,
  keyHeaders,
  ourErrorOf,
  startBefore,
} from '../helpers/house.ts'
import { scraped } from '../helpers/scrape.ts'

const TARGET = '/api/images?regionId=cn-south-1&projectId=p-1'
const REGIONS = '/api/regions?regionType=ecs'
const JOB = '/api/jobs/job-1?service=ecs&regionId=cn-south-1&projectId=p-1'
const RETRY = /^[1-9]\d*$/

const answerWith = (response: ServerResponse, body = '{"images":[]}') =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(body)

/** In front of a Huawei Cloud that answers when the test says so. */
async function startHeld(env: Record<string, string> = {}, changed: Partial<Outside> = {}) {
  const held: ServerResponse[] = []
  const more = Promise.withResolvers<void>()
  let wake = more
  const listener: RequestListener = (_, response) => {
    held.push(response)
    wake.resolve()
  }
  const house = await startBefore(listener, { HCA_DEADLINE_READ: '60', ...env }, changed)
  return {
    ...house,
    list: (keys = keyHeaders) => ask(`${house.url}${TARGET}`, { headers: keys }),
    async arrived(count: number) {
      while (held.length < count) {
        wake = Promise.withResolvers()
        await wake.promise
      }
    },
    answerAll() {
      for (const response of held.splice(0)) answerWith(response)
    },
  }
}

const keysOf = (who: number) => ({
  ...keyHeaders,
  'x-access-key': `AKSOMEBODY${String(who).padStart(10, '0')}`,
})

function expectOverloaded(answer: Got): void {
  expect(answer.status).toBe(503)
  const { status, reason, retryDelay } = ourErrorOf(answer)
  expect([status, reason, retryDelay]).toEqual(['UNAVAILABLE', 'OVERLOADED', '1s'])
  expect(answer.headers.get('retry-after')).toMatch(RETRY)
  expect(answer.headers.get('cache-control')).toBe('no-store')
}

/** A process whose state a test sets, and time that a test lets pass. */
function underPressure() {
  const now = { delayMs: 0, worstMs: 0, heapShare: 0.1 }
  let ms = 1_000
  return {
    now,
    pass: (more: number) => {
      ms += more
    },
    changed: { pressure: () => now, elapsed: () => ms },
  }
}

const counted = async (url: string, name: string) => {
  const samples = await scraped(url)
  return Object.fromEntries(
    samples
      .filter((one) => one.name === name)
      .map(({ labels, value }) => [Object.values(labels).join(' '), value]),
  )
}

describe('F-48 one caller floods', () => {
  test('is told 429 for what is above its rate, and nobody else notices', async () => {
    const house = await startBefore(
      (_, response) => answerWith(response),
      { HCA_RATE_CALLER: '10' },
      { elapsed: () => 1_000 },
    )
    const as = (who: number) => ask(`${house.url}${TARGET}`, { headers: keysOf(who) })
    const flood = Array.from({ length: 100 }, () => as(1))
    const others = await Promise.all([2, 3, 4].flatMap((who) => Array.from({ length: 10 }, () => as(who))))
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set([200]))
    const statuses = (await Promise.all(flood)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(statuses.filter((status) => status === 429)).toHaveLength(80)
  })
})

describe('F-49 the queue for Huawei Cloud', () => {
  const env = { HCA_CONNECTIONS: '1', HCA_CONNECTIONS_CALLER: '1', HCA_QUEUE: '1' }

  test('is full: the next is refused at once', async () => {
    const house = await startHeld(env)
    const first = house.list(keysOf(1))
    await house.arrived(1)
    const others = [2, 3].map((who) => house.list(keysOf(who)))
    expectOverloaded(await Promise.race(others))
    const [line] = await house.logged(1)
    expect(line).toMatchObject({ status: 503, reason: 'OVERLOADED' })
    expect(line?.ms).toBeLessThan(100)
    house.answerAll()
    expect((await first).status).toBe(200)
    await house.arrived(1)
    house.answerAll()
    expect((await Promise.all(others)).map(({ status }) => status).sort()).toEqual([200, 503])
  })

  test('takes too long: who waited for its turn is refused', async () => {
    const house = await startHeld({ ...env, HCA_QUEUE_WAIT: '0.05' })
    const first = house.list(keysOf(1))
    await house.arrived(1)
    const began = performance.now()
    expectOverloaded(await house.list(keysOf(2)))
    expect(performance.now() - began).toBeGreaterThanOrEqual(45)
    house.answerAll()
    expect((await first).status).toBe(200)
  })
})

describe('F-50 the event loop', () => {
  test('stands still for a second: everybody is late and nobody is lost; /readyz tells of it a while', async () => {
    const watch = watchPressure(outside)
    onTestFinished(watch.close)
    const house = await startBefore((_, response) => answerWith(response), {}, { pressure: watch.read })
    const lists = (count: number) =>
      Promise.all(Array.from({ length: count }, () => ask(`${house.url}${TARGET}`, { headers: keyHeaders })))
    await lists(1)
    const ready = () => ask(`${house.url}/readyz`).then(({ status, json }) => [status, json.status])
    expect(await ready()).toEqual([200, 'ready'])
    const waiting = lists(16)
    setTimeout(() => {
      const until = performance.now() + 1_000
      while (performance.now() < until);
    })
    expect((await waiting).map(({ status }) => status)).toEqual(Array(16).fill(200))
    await vi.waitFor(async () => expect(await ready()).toEqual([503, 'overloaded']))
    expect((await lists(5)).map(({ status }) => status)).toEqual(Array(5).fill(200))
    await vi.waitFor(async () => expect(await ready()).toEqual([200, 'ready']), {
      timeout: 5_000,
      interval: 100,
    })
  })

  test('is late all the while: each turn takes some and refuses the rest, until it is well', async () => {
    const { now, pass, changed } = underPressure()
    const elapsed = () => {
      pass(1) // whoever looks at this clock takes a millisecond for it
      return changed.elapsed()
    }
    const house = await startBefore((_, response) => answerWith(response), {}, { ...changed, elapsed })
    const host = `Host: ${new URL(house.url).host}`
    const batch = async () => {
      pass(2_000)
      const requests = Array.from({ length: 60 }, () => `GET ${REGIONS} HTTP/1.1\r\n${host}\r\n\r\n`).join('')
      const end = `GET /livez HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`
      const text = await bytesAnswered(house.url, requests + end)
      return [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
    }
    expect(await batch()).toEqual(Array(61).fill('200'))
    now.delayMs = 500
    await batch()
    const statuses = await batch()
    expect(statuses).toHaveLength(61)
    expect(new Set(statuses)).toEqual(new Set(['200', '503']))
    expect(statuses.filter((status) => status === '200').length).toBeGreaterThanOrEqual(12)
    expect(statuses.at(-1), '/livez').toBe('200')
    expect((await counted(house.url, 'hca_event_loop_delay_seconds'))['']).toBe(0.5)
    expect(Object.keys(await counted(house.url, 'hca_http_requests_shed_total'))).toEqual(['delay'])
    now.delayMs = 0
    pass(5_000)
    expect(await batch()).toEqual(Array(61).fill('200'))
  })

  test('has no room and most is refused: /readyz says so, /livez does not', async () => {
    const { pass, changed } = underPressure()
    const house = await startHeld({ HCA_MAX_IN_FLIGHT: '1' }, changed)
    const held = house.list()
    await house.arrived(1)
    for (let n = 0; n < 10; n += 1) {
      pass(100)
      expectOverloaded(await house.list())
    }
    const [ready, live] = [await ask(`${house.url}/readyz`), await ask(`${house.url}/livez`)]
    expect([ready.status, ready.json]).toEqual([503, { status: 'overloaded' }])
    expect([live.status, live.json]).toEqual([200, { status: 'ok' }])
    house.answerAll()
    expect((await held).status).toBe(200)
    pass(5_000)
    expect((await ask(`${house.url}/readyz`)).status).toBe(200)
  })
})

describe('F-51 the heap', () => {
  test('fills up: caches are cleared, then new work is refused, until there is room', async () => {
    const { now, pass, changed } = underPressure()
    const house = await startHeld({}, changed)
    const known = await ask(`${house.url}/openapi.json`)
    const held = house.list()
    await house.arrived(1)
    now.heapShare = 0.86
    pass(100)
    expect((await ask(`${house.url}/openapi.json`)).text).toBe(known.text)
    expect(house.log.filter(({ msg }) => msg === 'memory runs short: caches were cleared')).toHaveLength(1)
    now.heapShare = 0.93
    pass(100)
    for (const path of [REGIONS, TARGET, '/docs', '/api/nothing'])
      expectOverloaded(await ask(`${house.url}${path}`, { headers: keyHeaders }))
    expect((await ask(`${house.url}/livez`)).status).toBe(200)
    expect((await ask(`${house.url}/readyz`)).json).toEqual({ status: 'overloaded' })
    house.answerAll()
    expect((await held).status, 'what was begun is finished').toBe(200)
    now.heapShare = 0.6
    pass(100)
    expect((await ask(`${house.url}${REGIONS}`)).status).toBe(200)
    expect((await ask(`${house.url}/readyz`)).status).toBe(200)
    expect(await counted(house.url, 'hca_http_requests_shed_total')).toEqual({ heap: 4 })
  })
})

describe('a refusal', () => {
  const one = { HCA_MAX_IN_FLIGHT: '1' }

  test('keeps its connection, and what stands behind it is answered', async () => {
    const house = await startHeld(one)
    const held = house.list()
    await house.arrived(1)
    const host = `Host: ${new URL(house.url).host}`
    const body = '{"regionId":"cn-south-1"}'
    const text = await bytesAnswered(
      house.url,
      [
        `POST /api/instances HTTP/1.1\r\n${host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        `GET ${REGIONS} HTTP/1.1\r\n${host}\r\n\r\n`,
        `GET /livez HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`,
      ].join(''),
    )
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['503', '503', '200'])
    house.answerAll()
    await held
  })

  test('of HEAD has no body', async () => {
    const house = await startHeld(one)
    const held = house.list()
    await house.arrived(1)
    const { status, text, headers } = await askRaw(house.url, { method: 'HEAD', target: '/' })
    expect([status, text, headers.get('retry-after')]).toEqual([503, '', '1'])
    house.answerAll()
    await held
  })

  test('can be read by the pages that may call us, and only by those', async () => {
    const house = await startHeld({ ...one, HCA_ALLOWED_ORIGINS: 'https://ours.example' })
    const held = house.list()
    await house.arrived(1)
    const from = async (origin: string) =>
      (await askRaw(house.url, { target: REGIONS, headers: [`Origin: ${origin}`] })).headers.get(
        'access-control-allow-origin',
      )
    expect(await from('https://ours.example')).toBe('https://ours.example')
    expect(await from('https://evil.example')).toBeNull()
    house.answerAll()
    await held
  })

  test('to callers that are gone already does no harm', async () => {
    const house = await startHeld(one)
    const held = house.list()
    await house.arrived(1)
    const { hostname, port } = new URL(house.url)
    const gone = Array.from({ length: 50 }, async () => {
      const socket = connect({ host: hostname, port: Number(port) })
      await new Promise<void>((resolve) => {
        socket.once('close', () => resolve())
        socket.on('error', () => {})
        socket.once('connect', () => {
          socket.write(`GET ${REGIONS} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`.repeat(10), () =>
            socket.resetAndDestroy(),
          )
        })
      })
    })
    await Promise.all(gone)
    expectOverloaded(await house.list())
    house.answerAll()
    expect((await held).status).toBe(200)
    expect((await ask(`${house.url}${REGIONS}`)).status).toBe(200)
  })

  test('is counted by itself, and logged once a second for all', async () => {
    const { pass, changed } = underPressure()
    const house = await startHeld(one, changed)
    const held = house.list()
    await house.arrived(1)
    for (let n = 0; n < 5; n += 1) expectOverloaded(await house.list())
    pass(1_000)
    for (let n = 0; n < 3; n += 1) expectOverloaded(await house.list())
    house.answerAll()
    await held
    const lines = house.log.filter(({ msg }) => msg === 'overloaded: requests were refused')
    expect(lines.map(({ refused, inFlight, level }) => [refused, inFlight, level])).toEqual([
      [1, 1, 40],
      [5, 1, 40],
    ])
    expect(await counted(house.url, 'hca_http_requests_shed_total')).toEqual({ 'in-flight': 8 })
    const requests = await counted(house.url, 'hca_http_requests_total')
    expect(Object.keys(requests).filter((labels) => labels.includes('503'))).toEqual([])
  })

  test('spares one look at the numbers each second', async () => {
    const { pass, changed } = underPressure()
    const house = await startHeld(one, changed)
    const held = house.list()
    await house.arrived(1)
    const scrape = async () => (await ask(`${house.url}/metrics`)).status
    expect([await scrape(), await scrape()]).toEqual([200, 503])
    pass(1_000)
    expect(await scrape()).toBe(200)
    house.answerAll()
    await held
  })
})

test.each([
  ['a held-back answer', `${JOB}&wait=300`, {}],
  ['a stream of events', JOB.replace('?', '/events?'), { accept: 'text/event-stream' }],
])('%s waits for a job and takes nobody’s place', async (_, path, headers) => {
  const looked = Promise.withResolvers<void>()
  const house = await startBefore(
    ({ url }, response) => {
      const isJob = url?.includes('/jobs/')
      answerWith(response, isJob ? '{"job_id":"job-1","status":"RUNNING"}' : undefined)
      if (isJob) looked.resolve()
    },
    { HCA_MAX_IN_FLIGHT: '1' },
  )
  const leave = new AbortController()
  const waiting = fetch(`${house.url}${path}`, {
    headers: { ...keyHeaders, ...headers },
    signal: leave.signal,
  })
    .then((response) => response.text())
    .catch(() => 'left')
  await looked.promise
  await vi.waitFor(async () => expect((await ask(`${house.url}${REGIONS}`)).status).toBe(200))
  leave.abort()
  expect(await waiting).toBe('left')
  await vi.waitFor(async () => expect((await counted(house.url, 'hca_http_requests_in_flight'))['']).toBe(1))
  expect((await ask(`${house.url}${REGIONS}`)).status).toBe(200)
})
