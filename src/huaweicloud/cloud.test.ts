import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Caller } from './caller.ts'
import { type Ask, buildCloud, type Cloud, type CloudOptions } from './cloud.ts'
import { createServers, listFlavors, listServersDetails } from './ecs.ts'
import { NotAskable, UpstreamFailure } from './failure.ts'
import { listProjects } from './iam.ts'
import { listImages } from './ims.ts'
import type { Operation } from './operation.ts'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import { type HandClock, handClock, settled } from './test-outside.ts'
import {
  CALLER,
  expectNoSecrets,
  failureOf,
  isWellSigned,
  json,
  type Received,
  type Reply,
  startUpstream,
  type Upstream,
} from './test-upstream.ts'
import { CallerLeft, DeadlineExceeded } from './why-failed.ts'

const uncaught: unknown[] = []
const note = (error: unknown) => void uncaught.push(error)
beforeAll(() => void process.on('uncaughtException', note).on('unhandledRejection', note))
afterAll(() => {
  process.off('uncaughtException', note).off('unhandledRejection', note)
  expect(uncaught).toEqual([])
})

const REGION = 'cn-north-4'
const WRONG: Caller = { ...CALLER, secretKey: 'canary-wrong-secret-91' }
const PREFIX = 'Incorrect IAM authentication information: '

const projects = (...ids: string[]) => ({
  projects: ids.map((id) => ({ id, name: REGION, domain_id: 'd', parent_id: 'd' })),
})
const gatewayError = (status: number, text: string, code = 'APIGW.0301') =>
  json(JSON.stringify({ error_msg: PREFIX + text, error_code: code, request_id: 'r' }), status)

/** Checks the signature and answers like Huawei Cloud; `special` goes first. */
const huawei =
  (special: (received: Received) => Reply | undefined = () => undefined): Reply =>
  (outgoing, received) => {
    const own = special(received)
    if (own) return own(outgoing, received)
    if (!isWellSigned(received, CALLER.secretKey))
      return gatewayError(401, 'verify aksk signature fail, canonicalRequest:GET|/|name=locked||')(
        outgoing,
        received,
      )
    const isIam = received.target.startsWith('/v3/projects')
    return json(JSON.stringify(isIam ? projects('p1') : { flavors: [] }))(outgoing, received)
  }

/** What is looked at here is a call; repeat.test.ts looks at repeated ones. */
const ONCE: Policy = {
  ...DEFAULT_POLICY,
  attempts: { read: 1, write: 1 },
  breaker: { ...DEFAULT_POLICY.breaker, inARow: 1_000, atLeast: 1_000 },
}

interface Built {
  cloud: Cloud
  outside: HandClock
  call(ask?: Partial<Ask>, operation?: Operation): ReturnType<Cloud['call']>
}

function build(options: Omit<CloudOptions, 'outside'> = {}): Built {
  const outside = handClock()
  const cloud = buildCloud({ outside, policy: ONCE, ...options })
  onTestFinished(() => cloud.close())
  const signal = new AbortController().signal
  return {
    cloud,
    outside,
    call: (ask = {}, operation = listFlavors) =>
      cloud.call(operation, { caller: CALLER, region: REGION, signal, ...ask }),
  }
}

async function house(reply = huawei(), options: Omit<CloudOptions, 'outside'> = {}) {
  const upstream = await startUpstream(reply)
  return { upstream, ...build({ overrides: { everything: upstream.origin }, ...options }) }
}

const targets = ({ requests }: Upstream) => requests.map(({ target }) => target)
const IAM = `/v3/projects?name=${REGION}`
const FLAVORS = '/v1/p1/cloudservers/flavors'

async function notAskable(call: Promise<unknown>): Promise<NotAskable> {
  const error = await call.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(NotAskable)
  expectNoSecrets(error)
  return error as NotAskable
}

describe('the project', () => {
  test('is asked from IAM once, for parallel and later calls of every service', async () => {
    const { upstream, call } = await house()
    await Promise.all([call(), call(), call({}, listImages)])
    await call()
    const expected = [IAM, FLAVORS, FLAVORS, FLAVORS, '/v2/images']
    expect(targets(upstream).toSorted()).toEqual(expected.toSorted())
    expect(targets(upstream)[0]).toBe(IAM)
    const [iam, ...others] = upstream.requests
    expect(iam?.headers).not.toHaveProperty('x-project-id')
    for (const { headers } of others) expect(headers['x-project-id']).toBe('p1')
    for (const received of upstream.requests) expect(isWellSigned(received, CALLER.secretKey)).toBe(true)
  })

  test('is not asked for when it is given', async () => {
    const { upstream, call } = await house()
    await call({ projectId: 'own' })
    expect(targets(upstream)).toEqual(['/v1/own/cloudservers/flavors'])
    expect(upstream.requests[0]?.headers['x-project-id']).toBe('own')
  })

  test('is not asked for by IAM’s own operations', async () => {
    const { upstream, call } = await house()
    await call({ query: [['page', '1']] }, listProjects)
    expect(targets(upstream)).toEqual(['/v3/projects?page=1'])
  })

  test('comes from the caller’s own list when listing is not allowed', async () => {
    const denied = json('{"error":{"code":403,"message":"not authorized","title":"Forbidden"}}', 403)
    const own = json(JSON.stringify(projects('p7')))
    const { upstream, call } = await house(
      huawei(({ target }) =>
        target.startsWith('/v3/projects') ? denied : target.startsWith('/v3/auth/') ? own : undefined,
      ),
    )
    await call()
    expect(targets(upstream)).toEqual([IAM, '/v3/auth/projects', '/v1/p7/cloudservers/flavors'])
  })

  test('that does not exist: the region was not opened, nothing is created', async () => {
    const { upstream, call } = await house(huawei(() => json('{"projects":[]}')))
    expect(await notAskable(call())).toMatchObject({ reason: 'region-not-opened', region: REGION })
    expect(upstream.requests.map(({ method }) => method)).toEqual(['GET'])
  })

  test.each<[what: string, reply: Reply, failure: object]>([
    ['broken JSON', json('{"projects":[}'), { kind: 'nonsense', why: 'protocol' }],
    ['no list', json('{}'), { kind: 'nonsense', why: 'protocol' }],
    ['a list of nothing', json('{"projects":[null]}'), { kind: 'nonsense', why: 'protocol' }],
    ['a list that is none', json('{"projects":"p1"}'), { kind: 'nonsense', why: 'protocol' }],
    [
      'an id that is a way out',
      json(JSON.stringify(projects('../../v3'))),
      { kind: 'nonsense', why: 'protocol' },
    ],
    [
      'an id that is no header',
      json(JSON.stringify(projects('p\r\nx: y'))),
      { kind: 'nonsense', why: 'protocol' },
    ],
    ['nothing', (outgoing) => outgoing.writeHead(204).end(), { kind: 'nonsense', why: 'protocol' }],
    [
      'a page',
      json('<html>', 200, { 'content-type': 'text/html' }),
      { kind: 'nonsense', why: 'content-type' },
    ],
    [
      'five megabytes',
      json(`{"projects":[],"x":"${'x'.repeat(5e6)}"}`),
      { kind: 'nonsense', why: 'too-large' },
    ],
    ['an error', json('{"error_code":"IAM.0006","error_msg":"m"}', 500), { kind: 'refused', status: 500 }],
    ['a hang-up', (outgoing) => outgoing.destroy(), { kind: 'unreachable' }],
  ])('IAM answers %s: a failure, no crash, and forgotten at once', async (_, reply, failure) => {
    let broken = true
    const { call, upstream } = await house(
      huawei(({ target }) => (broken && target.startsWith('/v3/projects') ? reply : undefined)),
      { connections: { limits: { most: 1, queue: 0 } } },
    )
    const error = await failureOf(call())
    expect(error.failure).toMatchObject(failure)
    expect(error.circumstances.operation.name).toBe('KeystoneListProjects')
    broken = false
    // The place was given back, too; a long body takes the moment its connection needs to close.
    await expect
      .poll(() =>
        call().then(
          ({ status }) => status,
          () => 'failed',
        ),
      )
      .toBe(200)
    expect(upstream.requests.at(-1)?.target).toBe(FLAVORS)
  })

  test('asked for by several, one of whom leaves, is still found for the others', async () => {
    const held = Promise.withResolvers<void>()
    const { call, upstream } = await house(
      huawei(({ target }) =>
        target.startsWith('/v3/projects')
          ? (outgoing, received) =>
              void held.promise.then(() => json(JSON.stringify(projects('p1')))(outgoing, received))
          : undefined,
      ),
    )
    const stop = new AbortController()
    const leaving = failureOf(call({ signal: stop.signal }, createServers))
    const staying = call()
    await expect.poll(() => upstream.requests.length).toBe(1)
    stop.abort(new CallerLeft())
    const { failure, circumstances } = await leaving
    expect([failure, circumstances.sent, circumstances.operation]).toEqual([
      { kind: 'cancelled' },
      false,
      createServers,
    ])
    held.resolve()
    expect((await staying).status).toBe(200)
    expect(targets(upstream)).toEqual([IAM, FLAVORS])
  })

  test('is not asked for by a caller who has left', async () => {
    const { call, upstream } = await house()
    const signal = AbortSignal.abort(new DeadlineExceeded())
    expect((await failureOf(call({ signal }))).failure).toEqual({ kind: 'timeout' })
    await call({ projectId: 'p1' }) // would have waited for the question to prove the keys
    expect(targets(upstream)).toEqual([FLAVORS])
  })

  test('whose look-up fails after its only caller has left is no unhandled failure', async () => {
    const end = Promise.withResolvers<void>()
    const { call, upstream } = await house(
      huawei(() => (outgoing) => void end.promise.then(() => outgoing.destroy())),
    )
    const stop = new AbortController()
    const left = failureOf(call({ signal: stop.signal }))
    await expect.poll(() => upstream.requests.length).toBe(1)
    stop.abort(new CallerLeft())
    expect((await left).circumstances.sent).toBe(false)
    end.resolve()
    await expect.poll(() => upstream.sockets.size).toBe(0)
    await settled()
  })
})

describe('a request', () => {
  test('carries query, JSON body, client token and path values', async () => {
    const { call, upstream } = await house()
    const body = { server: { name: '日本', count: 1 } }
    await call({ projectId: 'p1', body, clientToken: 't1', query: [['dry_run', 'true']] }, createServers)
    const [received] = upstream.requests
    expect(received?.target).toBe('/v1.1/p1/cloudservers?dry_run=true')
    expect(received?.body.toString()).toBe(JSON.stringify(body))
    expect(received?.headers['x-client-token']).toBe('t1')
    await call(
      { projectId: 'p1', params: { id: 'a b' } },
      { ...listServersDetails, path: '/v1/{project_id}/x/{id}' },
    )
    expect(upstream.requests[1]?.target).toBe('/v1/p1/x/a%20b')
  })

  test('params cannot stand in for the project, nor leave their place', async () => {
    const { call, upstream } = await house()
    await call({ projectId: 'p1', params: { project_id: 'other' } })
    expect(targets(upstream)).toEqual([FLAVORS])
    const operation = { ...listFlavors, path: '/v1/{project_id}/x/{id}' }
    await expect(call({ projectId: 'p1', params: { id: '..' } }, operation)).rejects.toThrow(
      'id cannot be part',
    )
    await expect(call({ projectId: '../x' })).rejects.toThrow('project_id cannot be part')
    expect(upstream.requests).toHaveLength(1)
  })

  test('a failed write tells what was sent, with which token, where', async () => {
    const { call, upstream } = await house(huawei(() => (outgoing) => outgoing.destroy()))
    const { circumstances } = await failureOf(
      call({ projectId: 'p1', body: {}, clientToken: 't1' }, createServers),
    )
    expect(circumstances).toEqual({
      operation: createServers,
      region: REGION,
      host: upstream.host,
      sent: true,
      clientToken: 't1',
    })
    expect(upstream.requests).toHaveLength(1)
  })
})

describe('a wrong secret', () => {
  const wrong = { caller: WRONG, projectId: 'p1' }

  test('reaches Huawei three times, however many calls come at once', async () => {
    const { call, upstream, outside } = await house()
    const errors = await Promise.all(
      Array.from({ length: 50 }, () => call(wrong).catch((error: unknown) => error)),
    )
    expect(upstream.requests).toHaveLength(3)
    expect(errors.filter((error) => error instanceof UpstreamFailure)).toHaveLength(3)
    const kept = errors.filter((error) => error instanceof NotAskable)
    expect(kept).toHaveLength(47)
    for (const error of errors) {
      expectNoSecrets(error)
      expect(String((error as Error).stack)).not.toContain(WRONG.secretKey)
    }
    expect(await notAskable(call(wrong))).toMatchObject({
      reason: 'protecting-account',
      region: REGION,
      retryAfter: 60,
    })
    outside.advance(59_000)
    expect(await notAskable(call(wrong))).toMatchObject({ retryAfter: 1 })
    expect(upstream.requests).toHaveLength(3)
    outside.advance(1_000)
    expect((await failureOf(call(wrong))).failure).toMatchObject({ kind: 'refused', status: 401 })
    expect(await notAskable(call(wrong))).toMatchObject({ retryAfter: 60 })
    expect(upstream.requests).toHaveLength(4)
  })

  test('does not keep the right one of the same key from working', async () => {
    const { call } = await house()
    for (let round = 0; round < 3; round += 1) await failureOf(call(wrong))
    await notAskable(call(wrong))
    expect((await call({ projectId: 'p1' })).status).toBe(200)
  })

  test('is counted while IAM is asked for the project, too', async () => {
    const { call, upstream } = await house()
    const errors = await Promise.all(
      Array.from({ length: 20 }, () => call({ caller: WRONG }).catch((error: unknown) => error)),
    )
    expect(errors.every((error) => error instanceof UpstreamFailure)).toBe(true)
    expect(targets(upstream)).toEqual([IAM]) // a shared question
    for (let round = 0; round < 2; round += 1) await failureOf(call({ caller: WRONG }))
    expect(await notAskable(call({ caller: WRONG }))).toMatchObject({ reason: 'protecting-account' })
    expect(upstream.requests).toHaveLength(3)
  })

  test('is counted whatever the call’s query, which Huawei’s text repeats', async () => {
    const { call, upstream } = await house()
    for (let round = 0; round < 5; round += 1) {
      await call({ ...wrong, query: [['name', 'locked']] }).catch(() => {})
    }
    expect(upstream.requests).toHaveLength(3)
  })

  test.each<[what: string, reply: Reply]>([
    ['a 401 without a text', json('{}', 401)],
    [
      'a 401 of IAM’s',
      json('{"error":{"code":401,"message":"requires authentication","title":"Unauthorized"}}', 401),
    ],
  ])('may show as %s', async (_, reply) => {
    const { call, upstream } = await house(huawei(() => reply))
    for (let round = 0; round < 5; round += 1) await call({ projectId: 'p1' }).catch(() => {})
    expect(upstream.requests).toHaveLength(3)
  })

  const expired =
    'calc aksk signature fail:signature expired, signature time:20211217T064303Z,server time:20211217T065804Z'
  test.each<[what: string, reply: Reply]>([
    ['a clock that is off', gatewayError(401, expired)],
    ['an unknown key', gatewayError(401, 'ak HPUATESTACCESSKEY001 not exist')],
    ['a lock of Huawei’s', gatewayError(401, 'AK access failed to reach the limit,forbidden.')],
    ['an old token', gatewayError(401, 'token expires')],
    ['403', gatewayError(403, 'no', 'APIGW.0302')],
    ['404', json('{"error":{"code":"Ecs.0114","message":"m"}}', 404)],
    ['429', gatewayError(429, 'slow', 'APIGW.0308')],
    ['500', json('{}', 500)],
    ['a hang-up', (outgoing) => outgoing.destroy()],
    ['nonsense', json('<html>')],
  ])('is not what %s means', async (_, reply) => {
    const { call, upstream } = await house(huawei(() => reply))
    for (let round = 0; round < 6; round += 1) await failureOf(call({ projectId: 'p1' }))
    expect(upstream.requests).toHaveLength(6)
  })

  test('a deadline while waiting for the proof of the keys: nothing was sent', async () => {
    const { call, upstream } = await house(huawei(() => () => {}))
    const first = new AbortController()
    const proving = Promise.all(
      [1, 2, 3].map(() => failureOf(call({ projectId: 'p1', signal: first.signal }))),
    )
    const stop = new AbortController()
    const waiting = failureOf(call({ projectId: 'p1', signal: stop.signal }, createServers))
    await expect.poll(() => upstream.requests.length).toBe(3)
    stop.abort(new DeadlineExceeded())
    const { failure, circumstances } = await waiting
    expect([failure, circumstances.sent]).toEqual([{ kind: 'overloaded', by: 'all' }, false])
    first.abort(new CallerLeft())
    await proving
    expect(upstream.requests).toHaveLength(3)
  })

  test.each<[what: string, reply: Reply, parallel: number]>([
    ['an answer', json('{}'), 5],
    ['a refusal by the service itself', json('{"error":{"code":"Ecs.0114","message":"m"}}', 404), 5],
    ['a refusal by the gateway', gatewayError(404, 'no such API', 'APIGW.0101'), 3],
    ['a failure', json('{"error":{"code":"Ecs.0001","message":"m"}}', 500), 3],
  ])('%s proves the keys or not: then %#', async (_, reply, parallel) => {
    let first = true
    const { call, upstream } = await house((outgoing, received) => {
      if (first) reply(outgoing, received)
      first = false
    })
    await call({ projectId: 'p1' }).catch(() => {})
    const stop = new AbortController()
    const calls = Array.from({ length: 5 }, () => call({ projectId: 'p1', signal: stop.signal }))
    await expect.poll(() => upstream.requests.length).toBe(1 + parallel)
    for (let turn = 0; turn < 20; turn += 1) await settled()
    expect(upstream.requests).toHaveLength(1 + parallel)
    stop.abort(new CallerLeft())
    await Promise.allSettled(calls)
  })
})

test('pairs of keys that were never accepted share the places of one caller', async () => {
  const { call, upstream } = await house(
    (outgoing, received) => {
      if (received.headers.authorization?.includes(CALLER.accessKey)) json('{}')(outgoing, received)
    },
    { connections: { limits: { most: 4, mostOfOne: 2, queue: 8 } } },
  )
  await call({ projectId: 'p1' })
  const stop = new AbortController()
  const madeUp = Array.from({ length: 6 }, (_, n) =>
    call({ projectId: 'p1', caller: { ...CALLER, accessKey: `MADEUPKEY${n}` }, signal: stop.signal }),
  )
  await expect.poll(() => upstream.requests.length).toBe(1 + 2)
  expect((await call({ projectId: 'p1' })).status).toBe(200)
  expect(upstream.requests).toHaveLength(1 + 2 + 1)
  stop.abort(new CallerLeft())
  await Promise.allSettled(madeUp)
})

describe('where nothing can be asked', () => {
  const sandboxCaller: Caller = { ...CALLER, accessKey: 'SANDBOXACCESSKEY0001' }

  test.each<[what: string, ask: Partial<Ask>, operation: Operation, reason: NotAskable['reason']]>([
    ['a region the service lacks', { region: 'ru-northwest-2' }, listFlavors, 'no-endpoint'],
    ['no region at all', { region: '' }, listFlavors, 'no-endpoint'],
    ['a region named for mischief', { region: '__proto__' }, listFlavors, 'no-endpoint'],
    ['a service nobody knows', {}, { ...listFlavors, service: 'nope' }, 'no-endpoint'],
    ['a sandbox key, the sandbox off', { caller: sandboxCaller }, listFlavors, 'sandbox-off'],
    ['the same for IAM', { caller: sandboxCaller }, listProjects, 'sandbox-off'],
    ['a sandbox key in no region', { caller: sandboxCaller, region: 'nope' }, listFlavors, 'no-endpoint'],
  ])('%s: %#', async (_, ask, operation, reason) => {
    const { call } = build({ connections: { limits: { connectMs: 1 } } })
    const region = ask.region ?? REGION
    expect(await notAskable(call(ask, operation))).toMatchObject({ reason, region })
    expect(await notAskable(call({ ...ask, projectId: 'p1' }, operation))).toMatchObject({ reason })
  })

  test('sandbox keys reach the sandbox over HTTP, signed, under Huawei’s host names', async () => {
    const sandbox = await startUpstream(huawei())
    const { call } = build({ sandboxOrigin: sandbox.origin })
    const answer = await call({ caller: sandboxCaller })
    expect(answer.host).toBe('ecs.cn-north-4.myhuaweicloud.com')
    const hosts = sandbox.requests.map(({ headers }) => headers.host)
    expect(hosts).toEqual(['iam.cn-north-4.myhuaweicloud.com', 'ecs.cn-north-4.myhuaweicloud.com'])
  })
})

test('closed with calls under way, it fails them and leaves nothing behind', async () => {
  const { call, cloud, upstream } = await house(huawei(() => () => {}))
  const underWay = failureOf(call({ projectId: 'p1' }, createServers))
  await expect.poll(() => upstream.requests.length).toBe(1)
  await cloud.close()
  expect((await underWay).circumstances.sent).toBe(true)
  await expect.poll(() => upstream.sockets.size).toBe(0)
})
