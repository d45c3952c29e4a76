import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Environment } from '../src/settings.ts'
import { LIST, numberOf, quickCount, requestFor } from './helpers/both-ways.ts'
import { askRaw, bytesAnswered, KEYS, startBoth, startHouse } from './helpers/house.ts'
import { lineTo } from './helpers/line.ts'
import { scraped } from './helpers/scrape.ts'
import { HURRIED } from './trouble/fault-house.ts'
import { type Heard, type Step, startScript } from './trouble/fault-script.ts'
import { answer, byGateway, good, said, silence } from './trouble/fault-steps.ts'

const REGION = '?regionId=cn-south-1&projectId=p-1'
const job = (id: string) => `/api/jobs/${id}${REGION}`
const lines = (secretKey = KEYS.secretKey, accessKey = KEYS.accessKey) => [
  `X-Access-Key: ${accessKey}`,
  `X-Secret-Key: ${secretKey}`,
]
const tells = (text: string): Step => answer(JSON.stringify({ job_id: text }))
/** Tells which job was asked for. */
const named: Step = (socket, heard) => tells(jobOf(heard))(socket, heard)
const jobOf = ({ target }: Heard) => /jobs\/([\w-]+)/.exec(target)?.[1] ?? ''

/** A house whose keys are proven, in front of these steps. */
async function proven(steps: readonly Step[], env: Environment = {}, changed = {}) {
  const script = await startScript([good, ...steps])
  const house = await startHouse(
    { HCA_SANDBOX: 'off', HUAWEICLOUD_ENDPOINT_URL: script.origin, ...env },
    { ...HURRIED, ...changed },
  )
  expect((await askRaw(house.url, { target: LIST, headers: lines() })).status).toBe(200)
  return { ...house, ...script }
}

describe('on one connection', () => {
  test('answers come in the order of the requests, each to its own', async () => {
    const waiting: [Socket, Heard][] = []
    const together: Step = (socket, heard) => {
      waiting.push([socket, heard])
      if (waiting.length < 5) return
      for (const [to, one] of waiting.toReversed()) named(to, one)
    }
    const { url } = await proven([together])
    const { socket, next } = lineTo(url)
    const ids = ['a', 'b', 'c', 'd', 'e']
    socket.write(ids.map((id) => requestFor(url, job(id), [], false)).join(''))
    for (const id of ids) expect((await next()).json.data.value).toEqual({ job_id: id })
    expect(await quickCount({ url })).toBe(5)
  })

  test('each request is asked with its own keys, token, language and query', async () => {
    const { url, heard } = await proven([named])
    const { ask } = lineTo(url)
    const other = `GET ${LIST}&limit=5 HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${lines('other-secret', 'OTHERKEYOTHERKEY0001').join('\r\n')}\r\n\r\n`
    const mine = (...more: string[]) => requestFor(url, job('one'), more, false)
    for (const bytes of [
      mine(),
      mine('X-Security-Token: token-1'),
      other,
      mine('Accept-Language: en'),
      mine(),
    ])
      expect((await ask(bytes)).status).toBe(200)
    const seen = heard.slice(1).map(({ target, headers }) => ({
      target,
      accessKey: /Access=(\w+)/.exec(headers.authorization ?? '')?.[1],
      token: headers['x-security-token'],
      language: headers['x-language'],
    }))
    const asked = {
      target: '/v1/p-1/jobs/one',
      accessKey: KEYS.accessKey,
      token: undefined,
      language: undefined,
    }
    expect(seen).toEqual([
      asked,
      { ...asked, token: 'token-1' },
      { ...asked, target: '/v2/images?limit=5', accessKey: 'OTHERKEYOTHERKEY0001' },
      { ...asked, language: 'en-us' },
      asked,
    ])
  })

  test('a name that cannot be one is refused, and those behind it go the quick way', async () => {
    const { url } = await proven([named])
    const { ask } = lineTo(url)
    for (const [id, status] of [
      ['%2e%2e', 400],
      ['a', 200],
      ['a%62', 200],
      ['b', 200],
      ['-', 400],
      ['c', 200],
    ] as const)
      expect([id, (await ask(requestFor(url, job(id), [], false))).status]).toEqual([id, status])
    expect(await quickCount({ url })).toBe(3)
  })

  test('what looks alike is not taken for the same', async () => {
    const { url } = await proven([named])
    const { ask } = lineTo(url)
    const targets: [string, number][] = [
      [job('a'), 200],
      [`${job('a')}&wait=x`, 400],
      [`/api/jobs/a/events2${REGION}`, 404],
      [`/api/jobs/${REGION}`, 404],
      [`/api/jobs/a?x=${REGION}`, 400],
      [`${job('a')}&jobId=b`, 400],
      [`${job('a')}&regionId=cn-south-1`, 400],
      [`http://${new URL(url).host}${job('a')}`, 200],
      [`http://elsewhere.example${job('a')}`, 400],
    ]
    for (const [target, status] of targets)
      expect([target, (await ask(requestFor(url, target, [], false))).status]).toEqual([target, status])
    expect(await quickCount({ url })).toBe(1)
  })

  test('HEAD, HTTP/1.0 and a body go the usual way', async () => {
    const { url } = await proven([named])
    const old = await askRaw(url, { target: job('a'), headers: lines(), version: 'HTTP/1.0' })
    const withBody = await askRaw(url, { target: job('a'), headers: lines(), body: '{}' })
    const head = await bytesAnswered(url, requestFor(url, job('a')).replace('GET', 'HEAD'))
    expect([old.status, withBody.status, head.split(' ')[1]]).toEqual([200, 400, '405'])
    expect(await quickCount({ url })).toBe(0)
  })
})

describe('a list asked with ever other values', () => {
  const targets = (of: string) => [
    `${LIST}&name=one${of}`,
    `${LIST}&name=two${of}`,
    `${LIST}&name=three${of}`,
    `${LIST}&name=a%20b${of}`,
    `${LIST}&name=four&name=five${of}`,
    `${LIST}&name=${of}`,
    `${LIST}&name=~WhatDiffers~${of}`,
    `${LIST}&name=six${of}`,
    `${LIST}&name=x&owner=~WhatDiffers~${of}`,
    `${LIST}&secret_name=six${of}`,
    `${LIST}&name=${'n'.repeat(128)}${of}`,
    `${LIST}&name=${'n'.repeat(129)}${of}`,
    `${LIST}&name=/six${of}`,
    `${LIST}&offset=2&name=?offset=1${of}`,
    `${LIST}&offset=2&name=?offset=2${of}`,
    `${LIST}&offset=2&name=?offset=3${of}`,
  ]

  test.each([
    ['at its end', ''],
    ['before others', '&limit=5'],
  ])('asks Huawei Cloud for just these, on either way (%s)', async (_, of) => {
    const { url, heard } = await proven([good])
    const { ask } = lineTo(url)
    const quick = []
    const usual = []
    for (const target of targets(of)) {
      quick.push((await ask(requestFor(url, target, [], false))).status)
      usual.push((await ask(requestFor(url, target, ['X-Request-Timeout: 100'], false))).status)
    }
    expect(quick).toEqual(usual)
    expect(quick.filter((status) => status !== 200)).toEqual([400])
    const asked = heard.slice(1).map(({ target }) => target)
    const pairs = asked.filter((_, at) => at % 2 === 0)
    expect(pairs).toEqual(asked.filter((_, at) => at % 2 === 1))
    expect(new Set(pairs)).toHaveLength(targets(of).length - 1)
  })

  test('is signed for each of them', async () => {
    const { url, double } = await startBoth()
    for (let n = 0; n < 6; n += 1) {
      const target = `/api/images?name=n-${n}&regionId=cn-south-1`
      expect((await askRaw(url, { target, headers: lines() })).status).toBe(200)
    }
    const seen = double.requests
      .filter(({ path }) => path !== '/v3/projects')
      .map(({ query, verified }) => [query.get('name'), verified])
    expect(seen).toEqual([0, 1, 2, 3, 4, 5].map((n) => [`n-${n}`, true]))
    expect(await quickCount({ url })).toBeGreaterThanOrEqual(4)
  })
})

describe('while Huawei Cloud is asked', () => {
  test('a caller who leaves ends that, and is told of once', async () => {
    const { url, logged, heard, sockets } = await proven([silence])
    const { socket } = lineTo(url)
    socket.write(requestFor(url, LIST))
    await expect.poll(() => heard.length, { interval: 2 }).toBe(2)
    const upstream = once(sockets.at(-1) as Socket, 'close')
    socket.destroy()
    await upstream
    const log = await logged(2)
    expect(log).toHaveLength(2)
    expect(log[1]).toMatchObject({ status: 499, reason: 'CLIENT_LEFT', route: '/api/images' })
    const samples = await scraped(url)
    expect(numberOf(samples, 'hca_http_requests_in_flight')).toBe(1) // that of the numbers
    expect(numberOf(samples, 'hca_upstream_calls_in_flight')).toBe(0)
  })

  test('a drain makes its answer the last of the connection', async () => {
    const held = Promise.withResolvers<() => void>()
    const house = await proven([(socket, heard) => held.resolve(() => good(socket, heard))])
    const { socket, next } = lineTo(house.url)
    socket.write(requestFor(house.url, LIST, [], false))
    const go = await held.promise
    house.gateway.drain()
    go()
    const closed = once(socket, 'close')
    expect([(await next()).headers.get('connection')]).toEqual(['close'])
    await closed
  })

  test('the last call of an end is an answer', async () => {
    const asked = Promise.withResolvers<void>()
    const house = await proven([() => asked.resolve()], { HCA_GRACE: '1' })
    const { socket, next } = lineTo(house.url)
    socket.write(requestFor(house.url, LIST, [], false))
    await asked.promise
    const ended = house.close()
    const { status, json } = await next()
    expect([status, json.error.details[0].reason]).toEqual([504, 'UPSTREAM_TIMEOUT'])
    await ended
    expect(house.log.filter(({ status: one }) => one === 504)).toHaveLength(1)
  })

  test('what was asked before a breaker opened is answered with what came', async () => {
    const held: (() => void)[] = []
    const slow: Step = (socket, heard) => void held.push(() => answer(said('Ecs.0114'), 404)(socket, heard))
    const ill = answer(said('x'), 503)
    const { url } = await proven([slow, ill], { HCA_BREAKER_FAILURES: '1', HCA_ATTEMPTS_READ: '1' })
    const first = askRaw(url, { target: LIST, headers: lines() })
    await expect.poll(() => held.length, { interval: 2 }).toBe(1)
    expect((await askRaw(url, { target: LIST, headers: lines() })).status).toBe(502)
    expect((await askRaw(url, { target: LIST, headers: lines() })).status).toBe(503)
    held[0]?.()
    expect((await first).status).toBe(404)
  })

  test('a clock that was put right meanwhile costs nobody his answer', async () => {
    const now = { late: 0 }
    const waiting: (() => void)[] = []
    const expired = byGateway('APIGW.0301', 'Incorrect IAM authentication information: signature expired')
    const wrongTime: Step = (socket, heard) => {
      waiting.push(() => answer(expired, 401, `Date: ${new Date().toUTCString()}`)(socket, heard))
      if (waiting.length === 2) for (const go of waiting) go()
    }
    const { url } = await proven([wrongTime, wrongTime, named], {}, { now: () => Date.now() - now.late })
    now.late = 3_600_000
    const both = ['a', 'b'].map((id) => askRaw(url, { target: job(id), headers: lines() }))
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200])
  })
})

describe('the keys', () => {
  const refused = answer(byGateway('APIGW.0301', 'verify aksk signature fail'), 401)

  test('once refused are not taken for proven any more', async () => {
    const { url } = await proven([refused, good])
    const { ask } = lineTo(url)
    const mine = requestFor(url, LIST, [], false)
    expect([(await ask(mine)).status, (await ask(mine)).status, (await ask(mine)).status]).toEqual([
      401, 200, 200,
    ])
    expect(await quickCount({ url })).toBe(2)
  })

  test('that are accepted end what is held against their access key', async () => {
    const wrong = [0, 1, 2, 3].map((n) => lines(`wrong-secret-${n}`))
    const steps = wrong.flatMap(() => [refused, good])
    const { url } = await proven(steps)
    for (const headers of wrong) {
      // A guess that is not held back reaches Huawei Cloud, which says no.
      const { status, json } = await askRaw(url, { target: LIST, headers })
      expect([status, json.error.details[0].metadata.cause]).toEqual([401, 'wrong-secret'])
      expect((await askRaw(url, { target: LIST, headers: lines() })).status).toBe(200)
    }
    const fifth = await askRaw(url, { target: LIST, headers: lines('wrong-secret-5') })
    expect(fifth.status).toBe(200) // the last step says yes to all
    expect(await quickCount({ url })).toBe(4)
  })

  test('find a project anew that was forgotten', async () => {
    const projects = answer(
      JSON.stringify({ projects: [{ id: 'p-9', name: 'cn-south-1', domain_id: 'd', parent_id: 'd' }] }),
    )
    const { url, heard } = await proven([projects, named, named, refused, projects, named])
    const target = '/api/jobs/one?regionId=cn-south-1'
    const statuses = []
    for (let n = 0; n < 4; n += 1) statuses.push((await askRaw(url, { target, headers: lines() })).status)
    expect(statuses).toEqual([200, 200, 401, 200])
    expect(heard.slice(1).map(({ target: one }) => one.replace(/\?.*/, ''))).toEqual([
      '/v3/projects',
      '/v1/p-9/jobs/one',
      '/v1/p-9/jobs/one',
      '/v1/p-9/jobs/one',
      '/v3/projects',
      '/v1/p-9/jobs/one',
    ])
    expect(await quickCount({ url })).toBe(2)
  })
})

describe('where all places are taken', () => {
  const full = { HCA_CONNECTIONS: '1', HCA_CONNECTIONS_CALLER: '1', HCA_QUEUE: '1' }

  test('a quick read waits for its turn, and who finds no room in the line is told what the usual way would', async () => {
    let go = () => {}
    const held: Step = (socket, heard) => {
      go = () => named(socket, heard)
    }
    const house = await proven([held, named], full)
    const send = (id: string, more: string[] = []) =>
      askRaw(house.url, { target: job(id), headers: [...lines(), ...more] })
    const first = send('first')
    await expect.poll(() => house.heard.length).toBe(2)
    const second = send('second')
    const waits = async () => numberOf(await scraped(house.url), 'hca_upstream_calls_queued')
    await expect.poll(waits).toBe(1)
    const quick = await send('third')
    const usual = await send('fourth', ['X-Request-Timeout: 100'])
    expect(quick.status).toBe(503)
    const head = ({ headers }: { headers: Headers }) =>
      [...headers].filter(([name]) => name !== 'x-request-id' && name !== 'date')
    expect(head(quick)).toEqual(head(usual))
    expect(quick.text).toBe(usual.text)
    go()
    expect((await first).json.data.value.job_id).toBe('first')
    expect((await second).json.data.value.job_id).toBe('second')
    const log = await house.logged(5)
    const refused = log.filter(({ status }) => status === 503)
    expect(refused.map(({ reason, route }) => [reason, route])).toEqual(
      Array.from({ length: 2 }, () => ['OVERLOADED', '/api/jobs/:jobId']),
    )
  })
})
