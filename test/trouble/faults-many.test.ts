import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { requestOf, routeNamed, sandboxKeys, sendRequest } from '../helpers/examples.ts'
import { ask, errorOf, keyHeaders, startHouse } from '../helpers/house.ts'
import { numberAt } from '../helpers/scrape.ts'
import { type FaultHouse, handElapsed, scripted } from './fault-house.ts'
import { keysOf, reasonOf } from './fault-many.ts'
import { call } from './fault-row.ts'
import { answer, good } from './fault-steps.ts'

const breakerLines = ({ log }: FaultHouse) =>
  log.filter(({ msg }) => String(msg).startsWith('breaker')).map(({ msg, level }) => [level, msg])
const OPENED = [40, 'breaker open: calls fail again and again']
const CLOSED = [40, 'breaker closed']

describe('F-45 a service that is down', () => {
  const down = answer('{"error":{"code":"Ecs.0000","message":"down"}}', 503)

  test('for a minute is asked a few times a second, and callers are told at once', async () => {
    const { elapsed, pass } = handElapsed()
    const house = await scripted([down], {}, { elapsed })()
    const told: (string | undefined)[] = []
    const took: number[] = []
    for (let at = 0; at < 150; at += 1) {
      const began = performance.now()
      const got = await call(house.url, 'read')
      told.push(reasonOf(got))
      if (told.at(-1) === 'UPSTREAM_BREAKER_OPEN') {
        took.push(performance.now() - began)
        expect([got.status, errorOf(got).status, errorOf(got).retryDelay]).toEqual([503, 'UNAVAILABLE', '1s'])
        expect(got.headers.get('retry-after')).toBe('1')
      }
      pass(400)
    }
    expect(new Set(told)).toEqual(new Set(['Ecs.0000', 'UPSTREAM_BREAKER_OPEN']))
    // Five that open it, and at most two probes a second: at 500 requests a second, 1.004 calls for each.
    expect(house.heard.length).toBeLessThanOrEqual(5 + 2 * 60)
    expect(house.heard.length).toBeGreaterThanOrEqual(5 + 60 / 2)
    expect(took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)], 'milliseconds').toBeLessThan(50)
    expect(breakerLines(house)).toEqual([OPENED])
    expect(await numberAt(house.url, 'hca_upstream_breakers_open')).toBe(1)
  })

  test('tells a write that nothing was sent', async () => {
    const { elapsed } = handElapsed()
    const house = await scripted([down], {}, { elapsed })()
    for (let at = 0; at < 5; at += 1) expect(reasonOf(await call(house.url, 'write'))).toBe('Ecs.0000')
    for (const kind of ['write', 'create'] as const) {
      const error = errorOf(await call(house.url, kind))
      expect([error.reason, error.retryDelay, error.metadata.retryable]).toEqual([
        'UPSTREAM_BREAKER_OPEN',
        '1s',
        'true',
      ])
    }
    expect(house.heard).toHaveLength(5)
  })

  test('and says so with 500, which opens nothing, is asked again 35 times and no more', async () => {
    const house = await scripted([answer('{}', 500)], {}, { elapsed: handElapsed().elapsed })()
    for (let at = 0; at < 60; at += 1) expect(reasonOf(await call(house.url, 'read'))).toBe('UPSTREAM_ERROR')
    expect(house.heard).toHaveLength(60 + 35)
    expect(breakerLines(house)).toEqual([])
  })
})

test('F-46 what comes back after half a minute is used within a second', async () => {
  const { elapsed, pass } = handElapsed()
  let isDown = true
  const house = await scripted(
    [(socket, heard) => (isDown ? answer('{}', 503) : good)(socket, heard)],
    {},
    { elapsed, random: () => 0.999 },
  )()
  for (let at = 0; at < 75; at += 1) {
    expect((await call(house.url, 'read')).status).toBeGreaterThanOrEqual(502)
    pass(400)
  }
  isDown = false
  const statuses: number[] = []
  for (let at = 0; at < 30; at += 1) {
    statuses.push((await call(house.url, 'read')).status)
    pass(100)
  }
  const first = statuses.indexOf(200)
  expect(first, 'tenths of a second').toBeLessThanOrEqual(10)
  expect(new Set(statuses.slice(first))).toEqual(new Set([200]))
  expect(breakerLines(house)).toEqual([OPENED, CLOSED])
  expect(await numberAt(house.url, 'hca_upstream_breakers_open')).toBe(0)
})

test('F-47 one region is down, and its neighbours and its other services are asked as usual', async () => {
  const house = await scripted(
    [(socket, heard) => (heard.headers['x-project-id'] === 'down' ? answer('{}', 503) : good)(socket, heard)],
    {},
    { elapsed: handElapsed().elapsed },
  )()
  const list = (what: string, region: string, project: string) =>
    ask(`${house.url}/api/${what}?regionId=${region}&projectId=${project}`, { headers: keyHeaders }).then(
      reasonOf,
    )
  for (let at = 0; at < 10; at += 1) {
    await list('images', 'cn-south-1', 'down')
    expect(await list('images', 'cn-north-4', 'up')).toBeUndefined()
  }
  expect(await list('images', 'cn-south-1', 'down')).toBe('UPSTREAM_BREAKER_OPEN')
  expect(await list('images', 'cn-south-1', 'up'), 'it is the region that is left alone').toBe(
    'UPSTREAM_BREAKER_OPEN',
  )
  expect(reasonOf(await call(house.url, 'write')), 'another service in the region').toBeUndefined()
  expect(breakerLines(house)).toEqual([OPENED])
  expect(house.log.find(({ msg }) => msg === OPENED[1])).toMatchObject({
    service: 'ims',
    region: 'cn-south-1',
  })
})

test('F-48 who sends ten times his share waits for himself, and others do not wait for him', async () => {
  const held: Socket[] = []
  let isHeld = false
  let arrived = () => {}
  const house = await scripted([
    (socket, heard) => {
      if (!isHeld) return good(socket, heard)
      held.push(socket)
      arrived()
    },
  ])({
    HCA_CONNECTIONS: '4',
    HCA_CONNECTIONS_CALLER: '2',
    HCA_QUEUE: '4',
    HCA_QUEUE_WAIT: '60',
    HCA_DEADLINE_READ: '60',
  })
  const until = async (count: number) => {
    while (held.length < count)
      await new Promise<void>((resolve) => {
        arrived = resolve
      })
  }
  const as = (who: number) => call(house.url, 'read', keysOf(who))
  for (const who of [1, 2]) expect((await as(who)).status).toBe(200)
  isHeld = true
  const flood = Array.from({ length: 20 }, () => as(1))
  await until(2)
  // Two are under way and four wait; the others are turned away at once.
  await expect
    .poll(() => house.log.filter(({ reason }) => reason === 'OVERLOADED').length, { interval: 5 })
    .toBe(14)
  const others = Array.from({ length: 4 }, () => as(2))
  await until(4)
  // Two of the other's calls are under way, and two wait in the places of the longer line.
  await expect
    .poll(() => house.log.filter(({ reason }) => reason === 'RATE_LIMITED').length, { interval: 5 })
    .toBe(2)
  isHeld = false
  for (const socket of held)
    answer('{"images":[]}')(socket, { method: '', target: '', headers: {}, body: '', connection: 0 })
  expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const answers = await Promise.all(flood)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(4)
  for (const got of answers.filter(({ status }) => status === 429)) {
    expect(errorOf(got)).toMatchObject({
      status: 'RESOURCE_EXHAUSTED',
      reason: 'RATE_LIMITED',
      retryDelay: '1s',
    })
    expect(got.headers.get('retry-after')).toBe('1')
  }
})

const create = requestOf(routeNamed('createInstances'))
const NAME = String(create.body?.name)
const REGION = String(create.body?.regionId)

/** The house with the sandbox in it, where the next so many calls of an operation come to grief. */
async function troubled(fault: object) {
  const house = await startHouse({ HCA_SANDBOX_PACE: 'at-once' }, { random: () => 0 })
  const request = (method: string, path: string, body?: Record<string, unknown>) =>
    sendRequest(house.url, { method, path, ...(body ? { body } : {}) }, sandboxKeys)
  const added = await request('POST', '/_sandbox/faults', { times: 1, ...fault })
  expect(added.status, added.text).toBeLessThan(300)
  return {
    ...house,
    request,
    async servers() {
      const { json } = await request('GET', `/api/instances?regionId=${REGION}`)
      return json.data.value.servers.filter(({ name }: { name: string }) => name.startsWith(NAME))
    },
  }
}

test.each(
  ['hang-up', 'cut', 'garbage'].flatMap((what) => ['before', 'after'].map((phase) => [what, phase] as const)),
)('F-16 a create whose answer is lost by %s, %s the work was done, makes one server', async (what, phase) => {
  const house = await troubled({ on: 'ecs.CreateServers', do: what, phase })
  const { status, text } = await sendRequest(house.url, create, sandboxKeys)
  expect(status, text).toBe(200)
  expect(await house.servers()).toHaveLength(1)
})

test('F-16 a create whose answers are all lost has made one server, and its token brings the answer', async () => {
  const house = await troubled({ on: 'ecs.CreateServers', do: 'hang-up', phase: 'after', times: 2 })
  const lost = await sendRequest(house.url, create, sandboxKeys)
  const { reason, metadata } = errorOf(lost)
  expect(reason).toBe('UPSTREAM_OUTCOME_UNKNOWN')
  const settled = await sendRequest(house.url, create, {
    ...sandboxKeys,
    'idempotency-key': String(metadata.clientToken),
  })
  expect(settled.status, settled.text).toBe(200)
  const servers = await house.servers()
  expect(servers.map(({ id }: { id: string }) => id)).toEqual(settled.json.data.value.serverIds)
})
