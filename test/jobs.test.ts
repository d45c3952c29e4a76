import { once } from 'node:events'
import { get } from 'node:http'
import { describe, expect, test } from 'vitest'
import { outside } from '../src/outside.ts'
import { SANDBOX_KEYS } from '../src/sandbox/keys.ts'
import { projectIdOf } from './helpers/double.ts'
import {
  ask,
  errorOf,
  KEYS,
  keyHeaders,
  ourErrorOf,
  send,
  startBefore,
  startBoth,
  startHouse,
} from './helpers/house.ts'

const keys = { 'x-access-key': SANDBOX_KEYS.accessKey, 'x-secret-key': SANDBOX_KEYS.secretKey }
const IDS = ['ins-r8hr2upy', 'ins-5d8a23rs']
const UNDER_WAY = expect.stringMatching(/^(?:INIT|RUNNING)$/)
const STOPPED = 'cn-south-1'
const RUNNING = 'cn-east-2'

/** The pauses between polls, and between comments, cost nothing here; who waits longer waits as long as he says. */
const hasty = {
  sleep: (ms: number, signal?: AbortSignal) => outside.sleep(ms <= 15_000 ? 0 : ms, signal),
}

const act = (url: string, action: string, ids: string[], regionId: string, prefer?: string) =>
  send(
    'PUT',
    `${url}/api/instances/${action}`,
    { regionId, servers: ids },
    { ...keys, ...(prefer === undefined ? {} : { prefer }) },
  )

const begin = async (url: string, action = 'start', regionId = STOPPED): Promise<string> =>
  (await act(url, action, IDS, regionId)).json.data.value.job_id

const statusOf = (url: string, id: string, regionId: string) =>
  ask(`${url}/api/instances/${id}?regionId=${regionId}`, { headers: keys }).then(
    ({ json }) => json.data.value.server.status,
  )

describe('GET /api/jobs/{jobId}', () => {
  test('tells the job as Huawei does', async () => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'poll:3' })
    const jobId = await begin(url)
    const look = () => ask(`${url}/api/jobs/${jobId}?regionId=${STOPPED}`, { headers: keys })
    const first = await look()
    expect(first.status).toBe(200)
    expect(first.headers.get('x-upstream-request-id')).toMatch(/./)
    expect(first.json.data.value).toMatchObject({ job_id: jobId, status: 'RUNNING' })
    await look()
    const { value } = (await look()).json.data
    expect(value).toMatchObject({ status: 'SUCCESS', entities: { sub_jobs_total: 2 } })
  })

  test('passes Huawei’s bytes through, waited for or not', async () => {
    const { url, double } = await startBoth()
    const odd = '{ "job_id":"j1", "status" : "SUCCESS", "n": 12345678901234567890, "m":1.0 }'
    double.answer('GET /v1/', { body: odd })
    for (const wait of ['', '&wait=0', '&wait=50']) {
      const { text } = await ask(`${url}/api/jobs/j1?regionId=${STOPPED}${wait}`, { headers: keyHeaders })
      expect(text).toBe(`{"data":{"@type":"type.googleapis.com/google.protobuf.Struct","value":${odd}}}`)
    }
  })

  test('held until it has ended', async () => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'poll:5' }, hasty)
    const jobId = await begin(url)
    const { json } = await ask(`${url}/api/jobs/${jobId}?regionId=${STOPPED}&wait=300`, { headers: keys })
    expect(json.data.value.status).toBe('SUCCESS')
  })

  test('not ended in time it is told as it is', async () => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'poll:1000000' })
    const jobId = await begin(url)
    await ask(`${url}/api/jobs/${jobId}?regionId=${STOPPED}`, { headers: keys })
    const { status, json } = await ask(`${url}/api/jobs/${jobId}?regionId=${STOPPED}&wait=1`, {
      headers: keys,
    })
    expect([status, json.data.value.status]).toEqual([200, UNDER_WAY])
  })

  test('without a service ECS is asked, then the others; with one nobody else', async () => {
    const { url, double } = await startBoth()
    const unknown = { status: 400, body: '{"error":{"code":"Common.0011","message":"no such job"}}' }
    double.answer('GET /v1/', unknown)
    const hosts = () => double.requests.filter(({ path }) => path.includes('/jobs/')).map(({ path }) => path)
    const lost = await ask(`${url}/api/jobs/j1?regionId=${STOPPED}`, { headers: keyHeaders })
    expect(errorOf(lost)).toMatchObject({ reason: 'Common.0011', metadata: { service: 'ecs' } })
    expect(lost.status).toBe(400)
    expect(hosts()).toEqual(Array(3).fill(`/v1/${projectIdOf(STOPPED)}/jobs/j1`))
    const other = await ask(`${url}/api/jobs/j1?regionId=${STOPPED}&service=evs`, { headers: keyHeaders })
    expect(errorOf(other)).toMatchObject({ reason: 'Common.0011', metadata: { service: 'evs' } })
    expect(hosts()).toHaveLength(4)
  })

  test('a job of IMS is found without its service’s name', async () => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
    const made = await send(
      'POST',
      `${url}/api/images`,
      { regionId: STOPPED, name: 'golden', instanceId: IDS[0] },
      keys,
    )
    const jobId = made.json.data.value.job_id
    const { json } = await ask(`${url}/api/jobs/${jobId}?regionId=${STOPPED}&wait=50`, { headers: keys })
    expect(json.data.value.entities.image_id).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('a job of another project is refused by Huawei', async () => {
    const { url } = await startHouse()
    const jobId = await begin(url)
    const answer = await ask(`${url}/api/jobs/${jobId}?regionId=${RUNNING}`, { headers: keys })
    expect(answer.status).toBe(400)
    expect(errorOf(answer)).toMatchObject({ reason: 'Common.0011', metadata: { regionId: RUNNING } })
  })

  test.each([
    ['wait=301', 'wait'],
    ['wait=-1', 'wait'],
    ['wait=1.5', 'wait'],
    ['wait=soon', 'wait'],
    ['service=obs', 'service'],
    ['waits=3', 'waits'],
    ['jobId=j2', 'jobId'],
  ])('%s is a fault, before anything is sent', async (query, field) => {
    const { url, double } = await startBoth()
    const answer = await ask(`${url}/api/jobs/j1?regionId=${STOPPED}&${query}`, { headers: keyHeaders })
    expect(answer.status).toBe(400)
    expect(ourErrorOf(answer).violations.map((one) => one.field)).toEqual([field])
    expect(double.requests).toEqual([])
  })

  test.each(['..%2fv3', '%2e%2e', 'a%2fb', 'a%00', 'a%20b', 'a'.repeat(65), '-a', '%e4%b8%ad'])(
    'the id %s is a fault, before anything is sent',
    async (id) => {
      const { url, double } = await startBoth()
      const answer = await ask(`${url}/api/jobs/${id}?regionId=${STOPPED}`, { headers: keyHeaders })
      expect(answer.status === 404 ? 400 : answer.status).toBe(400)
      expect(double.requests).toEqual([])
    },
  )
})

describe('Prefer: wait', () => {
  test('answers when the job has ended, with the job and a result for each server', async () => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'poll:4' }, hasty)
    const { status, headers, json } = await act(url, 'start', IDS, STOPPED, 'respond-async, wait=60')
    expect(status).toBe(200)
    expect(headers.get('preference-applied')).toBe('wait=60')
    const { value } = json.data
    expect(Object.keys(value)).toEqual(['job_id', 'job', 'results'])
    expect(value.job).toMatchObject({ job_id: value.job_id, status: 'SUCCESS' })
    expect(value.results).toEqual(IDS.map((id) => ({ id, ok: true })))
    expect(await statusOf(url, 'ins-r8hr2upy', STOPPED)).toBe('ACTIVE')
  })

  test('one server of two in the wrong state: each has its own result', async () => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' }, hasty)
    await act(url, 'stop', ['ins-r8hr2upy'], RUNNING, 'wait=50')
    const { status, json } = await act(url, 'reboot', IDS, RUNNING, 'wait=50')
    expect(status).toBe(200)
    expect(json.data.value.job.status).toBe('FAIL')
    expect(json.data.value.results).toEqual([
      { id: 'ins-r8hr2upy', ok: false, code: 'Ecs.0100', message: expect.any(String) },
      { id: 'ins-5d8a23rs', ok: true },
    ])
  })

  test('a create tells its servers, and keeps its token', async () => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' }, hasty)
    const server = {
      imageId: '88faab67-9e31-48d9-8027-f8a025da94de',
      instanceType: 'ac6.12xlarge.2',
      vpcId: 'dd7bac93-90f9-4fd3-8d4e-335e178f7aa5',
      nics: [{ subnetId: '3ffaa982-367f-4633-927a-ad4866e2ad4a' }],
      rootVolume: { volumeType: 'SSD', size: 40 },
    }
    const create = (body: object) =>
      send(
        'POST',
        `${url}/api/instances`,
        { ...server, regionId: RUNNING, ...body },
        { ...keys, prefer: 'wait=90' },
      )
    const good = await create({ name: 'pair', count: 2 })
    const { serverIds, results } = good.json.data.value
    expect(serverIds).toHaveLength(2)
    expect(results).toEqual(serverIds.map((id: string) => ({ id, ok: true })))
    expect(good.headers.get('x-client-token')).toMatch(/^[0-9a-f-]{36}$/)
    expect(good.headers.get('preference-applied')).toBe('wait=90')
    const bad = await create({ name: 'sold-out-one' })
    expect(bad.status).toBe(200)
    expect(bad.json.data.value.results).toEqual([
      { id: expect.any(String), ok: false, code: 'Ecs.0319', message: expect.any(String) },
    ])
    const dry = await create({ name: 'dry', dryRun: true })
    expect(dry.json.data.value).toEqual({ dryRun: true })
    expect(dry.headers.get('preference-applied')).toBeNull()
  })

  test('a thousand servers in one call: a thousand results', async () => {
    const { url, double } = await startBoth()
    const ids = Array.from({ length: 1_000 }, (_, index) => `server-${index}`)
    const sub_jobs = ids.map((server_id, index) =>
      index % 2
        ? { status: 'SUCCESS', entities: { server_id } }
        : { status: 'FAIL', error_code: 'Ecs.0100', fail_reason: 'x'.repeat(300), entities: { server_id } },
    )
    double.answer('POST /v1/', { body: '{"job_id":"j1"}' })
    double.answer('GET /v1/', {
      body: JSON.stringify({ job_id: 'j1', status: 'FAIL', entities: { sub_jobs } }),
    })
    const { json } = await send(
      'PUT',
      `${url}/api/instances/stop`,
      { regionId: STOPPED, servers: ids },
      { ...keyHeaders, prefer: 'wait=30' },
    )
    const { results } = json.data.value
    expect(results).toHaveLength(1_000)
    expect(results.filter((one: { ok: boolean }) => one.ok)).toHaveLength(500)
    const sent = double.requests.find(({ method }) => method === 'POST')
    expect(JSON.parse(sent?.body ?? '')['os-stop'].servers).toHaveLength(1_000)
  })

  test('1,001 servers are too many', async () => {
    const { url, double } = await startBoth()
    const servers = Array.from({ length: 1_001 }, (_, index) => `server-${index}`)
    const answer = await send('PUT', `${url}/api/instances/start`, { regionId: STOPPED, servers }, keyHeaders)
    expect([answer.status, ourErrorOf(answer).violations[0]?.field]).toEqual([400, 'servers'])
    expect(double.requests).toEqual([])
  })

  test('a job that cannot be looked at loses no answer', async () => {
    const { url, double } = await startBoth()
    double.answer('POST /v1/', { body: '{"job_id":"j1"}' })
    double.answer('GET /v1/', { status: 403, body: '{"error":{"code":"Ecs.0003","message":"no right"}}' })
    const { status, headers, json } = await send(
      'PUT',
      `${url}/api/instances/start`,
      { regionId: STOPPED, servers: ['a'] },
      { ...keyHeaders, prefer: 'wait=30' },
    )
    expect([status, json.data.value]).toEqual([200, { job_id: 'j1' }])
    expect(headers.get('preference-applied')).toBeNull()
  })

  test.each<[what: string, ticket: string, job: string]>([
    ['a ticket that is no JSON', '{"job_id":"j1",}', '{"status":"SUCCESS"}'],
    ['a job without a state', '{"job_id":"j1"}', '{"status":null}'],
    ['a job that is no JSON', '{"job_id":"j1"}', '{"status":"SUCCESS"'],
  ])('%s loses no answer', async (_, ticket, job) => {
    const { url, double } = await startBoth({}, hasty)
    double.answer('POST /v1/', { body: ticket })
    double.answer('GET /v1/', { body: job })
    const { status, text } = await send(
      'PUT',
      `${url}/api/instances/start`,
      { regionId: STOPPED, servers: ['a'] },
      { ...keyHeaders, prefer: 'wait=1' },
    ).catch((error) => ({ status: 0, text: String(error) }))
    // What Huawei wrote goes out as it came, valid or not.
    if (ticket.endsWith(',}')) expect([status, text]).toEqual([0, expect.stringMatching(/JSON/)])
    else expect([status, text]).toEqual([200, expect.stringContaining('"value":{"job_id":"j1"}}')])
  })

  test.each(['[null]', '{}', '"x"', '[1,{"status":"FAIL"}]', 'null'])(
    'parts of a job that are %s do no harm',
    async (parts) => {
      const { url, double } = await startBoth()
      double.answer('POST /v1/', { body: '{"job_id":"j1"}' })
      double.answer('GET /v1/', { body: `{"status":"FAIL","entities":{"sub_jobs":${parts}}}` })
      const { status, json } = await send(
        'PUT',
        `${url}/api/instances/start`,
        { regionId: STOPPED, servers: ['a'] },
        { ...keyHeaders, prefer: 'wait=30' },
      )
      expect([status, json.data.value.results]).toEqual([200, [{ id: 'a', ok: false }]])
    },
  )

  test('a look that hangs holds nobody longer than he waits: Huawei’s answer goes out', async () => {
    const { url } = await startBefore((request, response) => {
      if (request.url?.includes('/jobs/')) return // never answered
      response.setHeader('content-type', 'application/json')
      response.end(request.method === 'POST' ? '{"job_id":"j1"}' : '{}')
    })
    const body = { regionId: STOPPED, projectId: 'p-1', servers: ['a'] }
    const headers = { ...keyHeaders, prefer: 'wait=1' }
    const began = performance.now()
    const acted = await send('PUT', `${url}/api/instances/start`, body, headers)
    expect([acted.status, acted.json.data.value]).toEqual([200, { job_id: 'j1' }])
    const look = await ask(`${url}/api/jobs/j1?regionId=${STOPPED}&projectId=p-1&wait=1`, {
      headers: keyHeaders,
    })
    expect([look.status, ourErrorOf(look).reason]).toEqual([504, 'UPSTREAM_TIMEOUT'])
    expect(performance.now() - began).toBeLessThan(6_000)
  })

  test('who leaves while the call is under way is not waited for', async () => {
    const left = Promise.withResolvers<void>()
    let polls = 0
    const { url, logged } = await startBefore((request, response) => {
      response.setHeader('content-type', 'application/json')
      if (request.url?.includes('/jobs/')) {
        polls += 1
        response.end('{"status":"RUNNING"}')
      } else left.promise.then(() => response.end('{"job_id":"j1"}'))
    })
    const leaving = new AbortController()
    const call = fetch(`${url}/api/instances/start`, {
      method: 'PUT',
      signal: leaving.signal,
      headers: { ...keyHeaders, 'content-type': 'application/json', prefer: 'wait=300' },
      body: JSON.stringify({ regionId: STOPPED, projectId: 'p-1', servers: ['a'] }),
    }).catch(() => 'left')
    setTimeout(() => leaving.abort(), 100)
    expect(await call).toBe('left')
    setTimeout(left.resolve, 100)
    await logged(1)
    expect(polls).toBeLessThanOrEqual(1)
  })

  test('Huawei’s words come in the caller’s language, waited for too', async () => {
    const { url, double } = await startBoth()
    double.answer('POST /v1/', { body: '{"job_id":"j1"}' })
    double.answer('GET /v1/', { body: '{"status":"SUCCESS"}' })
    const headers = { ...keyHeaders, 'accept-language': 'zh-CN', prefer: 'wait=30' }
    const body = { regionId: STOPPED, servers: ['a'] }
    await send('PUT', `${url}/api/instances/start`, body, headers)
    await ask(`${url}/api/jobs/j1?regionId=${STOPPED}&wait=5`, { headers })
    const looks = double.requests.filter(({ path }) => path.includes('/jobs/'))
    expect(looks.map((one) => one.headers['x-language'])).toEqual(looks.map(() => 'zh-cn'))
  })

  test('out of range is a fault, before anything is sent', async () => {
    const { url, double } = await startBoth()
    const answer = await send(
      'PUT',
      `${url}/api/instances/start`,
      { regionId: STOPPED, servers: ['a'] },
      { ...keyHeaders, prefer: 'wait=301' },
    )
    expect([answer.status, ourErrorOf(answer).violations[0]?.field]).toEqual([400, 'Prefer'])
    expect(double.requests).toEqual([])
  })

  test('on a call that begins no job it is passed over', async () => {
    const { url } = await startBoth()
    const answer = await ask(`${url}/api/images?regionId=${STOPPED}`, {
      headers: { ...keyHeaders, prefer: 'wait=999' },
    })
    expect([answer.status, answer.headers.get('preference-applied')]).toEqual([200, null])
  })

  test('a thousand who wait hold no one up and poll a job once a second', async () => {
    const { url, double } = await startBoth()
    double.answer('GET /v1/', { body: '{"job_id":"j","status":"RUNNING"}' })
    const waiting = new AbortController()
    const waiters = Array.from({ length: 1_000 }, (_, index) =>
      ask(`${url}/api/jobs/job-${index % 10}?regionId=${STOPPED}&wait=300`, {
        headers: keyHeaders,
        signal: waiting.signal,
      }).catch(() => 'left'),
    )
    const askedFor = () => new Set(double.requests.map(({ path }) => path)).size
    await expect.poll(askedFor, { timeout: 10_000 }).toBe(11)
    const quick = await ask(`${url}/api/images?regionId=${STOPPED}`, { headers: keyHeaders })
    expect(quick.status).toBe(200)
    const began = performance.now()
    const polls = () => double.requests.filter(({ path }) => path.includes('/jobs/')).length
    await expect.poll(polls, { timeout: 10_000 }).toBeGreaterThan(25)
    const seconds = (performance.now() - began) / 1_000
    expect(polls()).toBeLessThanOrEqual(10 * (seconds + 3))
    waiting.abort()
    expect(new Set(await Promise.all(waiters))).toEqual(new Set(['left']))
  })

  test('a drain answers who waits at once, with the job as it is', async () => {
    const house = await startHouse({ HCA_SANDBOX_PACE: 'poll:1000000' })
    const jobId = await begin(house.url)
    const waiting = ask(`${house.url}/api/jobs/${jobId}?regionId=${STOPPED}&wait=300`, { headers: keys })
    const acting = act(house.url, 'stop', ['ins-r8hr2upy'], RUNNING, 'wait=300')
    await expect
      .poll(async () => {
        const { json } = await ask(`${house.url}/_sandbox/events?limit=1000`, { headers: keys })
        return json.events.filter((one: { operation?: string }) => one.operation === 'ShowJob').length
      })
      .toBeGreaterThanOrEqual(2)
    house.gateway.drain()
    const [waited, acted] = await Promise.all([waiting, acting])
    expect(waited.json.data.value.status).toEqual(UNDER_WAY)
    expect(acted.json.data.value).toMatchObject({
      job: { status: UNDER_WAY },
      results: [{ id: 'ins-r8hr2upy', ok: null }],
    })
  })
})

describe('GET /api/jobs/{jobId}/events', () => {
  interface Event {
    event?: string
    id?: string
    // biome-ignore lint/suspicious/noExplicitAny: jobs have many shapes
    data?: any
  }
  const parse = (text: string): Event[] =>
    text
      .split('\n\n')
      .filter((block) => block.startsWith('event:'))
      .map((block) => {
        const fields = block.split('\n').map((line) => /^(\w+): (.*)$/.exec(line) ?? [])
        const values = (name: string) => fields.filter(([, key]) => key === name).map(([, , value]) => value)
        return { event: values('event')[0], id: values('id')[0], data: JSON.parse(values('data').join('\n')) }
      }) as Event[]
  const follow = (url: string, jobId: string, headers: Record<string, string> = {}) =>
    ask(`${url}/api/jobs/${jobId}/events?regionId=${STOPPED}`, { headers: { ...keys, ...headers } })

  test('tells each state until the end', async () => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'poll:4' }, hasty)
    const jobId = await begin(url)
    const answer = await follow(url, jobId)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.text).toMatch(/^retry: 2000\n\n/)
    const events = parse(answer.text)
    expect(events.length).toBeGreaterThanOrEqual(2)
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    expect(events.every(({ event }) => event === 'job')).toBe(true)
    expect(events.at(-1)?.data).toMatchObject({ job_id: jobId, status: 'SUCCESS' })
  })

  test('survives a reconnect: what was told is not told again, and 204 says that there is no more', async () => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'poll:4' }, hasty)
    const jobId = await begin(url)
    const events = parse((await follow(url, jobId)).text)
    const again = await follow(url, jobId, { 'last-event-id': events[0]?.id ?? '' })
    expect(parse(again.text).map(({ id }) => id)).toEqual([events.at(-1)?.id])
    const last = await follow(url, jobId, { 'last-event-id': events.at(-1)?.id ?? '' })
    expect([last.status, last.text]).toEqual([204, ''])
  })

  test('a line lost in the middle: the same state is not repeated', async () => {
    const { url, double } = await startBoth({}, hasty)
    double.answer('GET /v1/', { body: '{"job_id":"j","status":"RUNNING",\n"n":1}' })
    const read = async (headers: Record<string, string>, until: RegExp) => {
      const request = get(`${url}/api/jobs/j/events?regionId=${STOPPED}`, {
        headers: { ...keyHeaders, ...headers },
      })
      const [response] = await once(request, 'response')
      let text = ''
      for await (const chunk of response) {
        text += chunk
        if (until.test(text)) break
      }
      return text
    }
    const first = await read({}, /event: job[\s\S]*\n\n/)
    expect(first).toContain('data: {"job_id":"j","status":"RUNNING",\ndata: "n":1}\n')
    const id = parse(first)[0]?.id ?? ''
    const second = await read({ 'last-event-id': id }, /: waiting\n\n/)
    expect(parse(second)).toEqual([])
  })

  test('an error before the first event is an answer; later it is the last event', async () => {
    const { url, double } = await startBoth({}, hasty)
    double.answer('GET /v1/', { status: 400, body: '{"error":{"code":"Common.0011","message":"no"}}' })
    const path = `${url}/api/jobs/j/events?regionId=${STOPPED}`
    expect(errorOf(await ask(path, { headers: keyHeaders })).reason).toBe('Common.0011')
    let polls = 0
    double.answer('GET /v1/', { body: '{"job_id":"j","status":"RUNNING"}' })
    const request = get(path, { headers: keyHeaders })
    const [response] = await once(request, 'response')
    let text = ''
    for await (const chunk of response) {
      text += chunk
      if (text.includes('event: job') && polls++ === 0)
        double.answer('GET /v1/', {
          status: 403,
          body: `{"error":{"code":"Ecs.0003","message":"${KEYS.secretKey}"}}`,
        })
    }
    const events = parse(text)
    expect(events.at(-1)).toMatchObject({ event: 'error', data: { error: { code: 403, message: '***' } } })
    expect(text).not.toContain(KEYS.secretKey)
  })

  test('while Huawei cannot be reached the answer says so', async () => {
    const { url } = await startBefore((_, response) => response.destroy())
    const answer = await ask(`${url}/api/jobs/j/events?regionId=${STOPPED}&projectId=p-1`, {
      headers: keyHeaders,
    })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([502, 'UPSTREAM_UNREACHABLE'])
  })

  test('keys in the URL are refused', async () => {
    const { url, double } = await startBoth()
    const query = new URLSearchParams({ regionId: STOPPED, ...KEYS })
    const answer = await ask(`${url}/api/jobs/j/events?${query}`)
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([400, 'CREDENTIALS_IN_URL'])
    expect(double.requests).toEqual([])
  })

  test('a drain ends the stream', async () => {
    const house = await startHouse({ HCA_SANDBOX_PACE: 'poll:1000000' })
    const jobId = await begin(house.url)
    const request = get(`${house.url}/api/jobs/${jobId}/events?regionId=${STOPPED}`, { headers: keys })
    const [response] = await once(request, 'response')
    response.once('data', () => house.gateway.drain())
    let text = ''
    for await (const chunk of response) text += chunk
    expect(parse(text).every(({ event }) => event === 'job')).toBe(true)
  })
})
