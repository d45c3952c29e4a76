import { describe, expect, test } from 'vitest'
import { createClient, HuaweiCloudApiError } from '../packages/client/src/index.ts'
import { answering, SANDBOX_KEYS, startClient, still } from './helpers/client.ts'
import { ONCE, startBefore } from './helpers/house.ts'

const regionId = 'cn-east-2'
const good = () => Response.json({ data: { value: { done: true } } })
const broken = () => {
  throw new TypeError('fetch failed')
}
const nobody = () => {
  throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })
}

/** An error of the gateway, which says whether repeating is safe. */
const refused =
  (
    code: number,
    { delay, retryAfter, retryable }: { delay?: number; retryAfter?: string; retryable?: boolean } = {},
  ) =>
  () =>
    Response.json(
      {
        error: {
          code,
          status: 'UNAVAILABLE',
          message: 'Not now.',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'NOT_NOW',
              domain: 'huawei-cloud-api',
              metadata: retryable === undefined ? {} : { retryable: String(retryable) },
            },
            ...(delay === undefined
              ? []
              : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${delay}s` }]),
          ],
        },
      },
      { status: code, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } },
    )

const page = (status: number) => () => new Response('<html>', { status })

/** What became of a call that met these answers, how often it was made and how long it paused in between. */
async function meeting(
  call: 'read' | 'create' | 'write' | 'raw',
  answers: readonly (() => Response)[],
  options: { retries?: number; timeoutMs?: number } = {},
) {
  const { fetch, asked } = answering(...answers)
  const { outside, slept } = still()
  const client = createClient({ fetch, outside })
  const calls = {
    read: () => client.listVpcs({ regionId }, options),
    create: () => client.createInstances({ regionId } as never, options),
    write: () => client.deleteVpc({ regionId, vpcId: 'v' }, options),
    raw: () => client.raw('GET', 'ecs', '/v1', options),
  }
  const end = await calls[call]().then(
    () => 'good',
    (error: HuaweiCloudApiError) => error.reason,
  )
  return { end, made: asked.length, slept, asked }
}

describe('a failed call is made again where that cannot do harm', () => {
  test.each([
    ['read', 'a lost line', broken, 3],
    ['create', 'a lost line', broken, 2],
    ['write', 'a lost line', broken, 1],
    ['write', 'nobody to send to', nobody, 2],
    ['read', 'a proxy’s page', page(502), 3],
    ['create', 'a proxy’s page', page(503), 2],
    ['write', 'a proxy’s page', page(504), 1],
    ['read', 'an answer that is none', page(200), 3],
    ['write', 'an answer that is none', page(200), 1],
    ['read', 'what the gateway says is safe', refused(503, { delay: 1 }), 3],
    ['write', 'what the gateway says is safe', refused(503, { delay: 1 }), 2],
    ['create', 'an outcome that is unknown', refused(502, { retryable: true }), 2],
    ['write', 'an outcome that is unknown', refused(502, { retryable: false }), 1],
    ['read', 'a refusal', refused(403), 1],
    ['read', 'a bug of the gateway', refused(500), 1],
    ['raw', 'a lost line', broken, 1],
  ] as const)('a %s after %s', async (call, _, failure, made) => {
    expect(await meeting(call, [failure])).toMatchObject({ made })
    if (made > 1) expect(await meeting(call, [failure, good])).toMatchObject({ end: 'good', made: 2 })
  })

  test('as often as the caller says', async () => {
    expect(await meeting('read', [broken], { retries: 0 })).toMatchObject({ made: 1 })
    expect(await meeting('write', [nobody], { retries: 4 })).toMatchObject({ made: 5 })
  })

  test('until a budget is used up, which successes refill', async () => {
    const { fetch, asked } = answering(broken)
    const client = createClient({ fetch, outside: still().outside })
    for (let call = 0; call < 20; call += 1) await client.listRegions().catch(() => undefined)
    expect(asked).toHaveLength(40)
  })
})

describe('pauses', () => {
  test('grow, and are random', async () => {
    expect((await meeting('read', [broken], { retries: 8 })).slept).toEqual([
      50, 100, 200, 400, 800, 1_600, 2_500, 2_500,
    ])
  })

  test.each([
    ['a Retry-After', refused(503, { delay: 1, retryAfter: '3' }), 3_050],
    ['a RetryInfo', refused(503, { delay: 2 }), 2_050],
    ['throttling', refused(429, { delay: 1, retryAfter: '1' }), 1_500],
    ['a date', refused(503, { delay: 1, retryAfter: new Date(1_800_000_004_000).toUTCString() }), 4_050],
    ['a date gone by', refused(503, { delay: 1, retryAfter: new Date(0).toUTCString() }), 50],
    ['nonsense', refused(503, { delay: 1, retryAfter: 'soon' }), 1_050],
  ])('heed %s', async (_, failure, slept) => {
    expect(await meeting('read', [failure, good])).toMatchObject({ end: 'good', slept: [slept] })
  })

  test('are no longer than 30 s, whatever is asked, and not made where they leave no time', async () => {
    const failure = refused(503, { delay: 1, retryAfter: '40' })
    expect(await meeting('read', [failure])).toMatchObject({ end: 'NOT_NOW', made: 2, slept: [30_050] })
  })
})

describe('a create', () => {
  const keysOf = (asked: readonly { init: RequestInit }[]) =>
    asked.map(({ init }) => new Headers(init.headers).get('idempotency-key'))

  test('keeps its key when it is repeated, and the next has another', async () => {
    const { fetch, asked } = answering(broken, good, good)
    const client = createClient({ fetch, outside: still().outside })
    await client.createInstances({ regionId } as never)
    await client.createInstances({ regionId } as never)
    const [first, again, next] = keysOf(asked)
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(again).toBe(first)
    expect(next).not.toBe(first)
  })

  test('tells its key when it failed, and takes one', async () => {
    const { fetch, asked } = answering(broken)
    const client = createClient({ fetch, retries: 0 })
    const lost = await client.createInstances({ regionId } as never).catch((error) => error)
    expect(lost).toMatchObject({ reason: 'NETWORK_ERROR', retryable: true })
    await client
      .createInstances({ regionId } as never, { idempotencyKey: lost.idempotencyKey })
      .catch(() => undefined)
    expect(keysOf(asked)).toEqual([lost.idempotencyKey, lost.idempotencyKey])
  })

  test('tells its key when its time is over while it pauses', async () => {
    const { fetch, asked } = answering(broken)
    let now = 0
    let timeIsOver = () => {}
    const sleep = (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        if (ms < 1_000) return timeIsOver()
        timeIsOver = () => {
          now = 1_000
          resolve()
        }
      })
    const outside = { now: () => now, random: () => 0, sleep }
    const client = createClient({ fetch, timeoutMs: 1_000, outside })
    const late = await client.createInstances({ regionId } as never).catch((error) => error)
    expect(late).toMatchObject({ reason: 'TIMEOUT', retryable: true, idempotencyKey: keysOf(asked)[0] })
    expect(asked).toHaveLength(1)
  })

  test('tells its key and its request when an answer that was good at first tells of a failure', async () => {
    const failed = async () =>
      new Response(await refused(502, { retryable: false })().text(), { headers: { 'x-request-id': 'r1' } })
    const { fetch, asked } = answering(failed)
    const lost = await createClient({ fetch })
      .createInstances({ regionId } as never)
      .catch((error) => error)
    expect(lost).toMatchObject({ reason: 'NOT_NOW', status: 502, requestId: 'r1' })
    expect(lost.idempotencyKey).toBe(keysOf(asked)[0])
  })

  test('whose answer is lost on the way to us is made again, and buys one', async () => {
    const { client, url } = await startClient(ONCE)
    let lose = true
    const losing: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init)
      if (!lose || init?.method !== 'POST' || !String(input).endsWith('/api/instances')) return answer
      lose = false
      await answer.arrayBuffer()
      throw new TypeError('terminated')
    }
    const unlucky = createClient({ ...SANDBOX_KEYS, baseUrl: url, fetch: losing })
    const { vpc } = await client.createVpc({ regionId, name: 'one', cidr: '10.1.0.0/16' })
    const { subnet } = await client.createSubnet({
      regionId,
      name: 'one',
      vpcId: vpc?.id ?? '',
      cidr: '10.1.1.0/24',
      gatewayIp: '10.1.1.1',
    })
    const { serverIds } = await unlucky.createInstances({
      regionId,
      name: 'only-one',
      imageId: '88faab67-9e31-48d9-8027-f8a025da94de',
      instanceType: 'ac6.12xlarge.2',
      vpcId: vpc?.id ?? '',
      nics: [{ subnetId: subnet?.id ?? '' }],
      rootVolume: { volumeType: 'SSD', size: 40 },
    })
    expect(lose).toBe(false)
    const { servers = [] } = await client.listInstances({ regionId, name: 'only-one' })
    expect(servers.map(({ id }) => id)).toEqual(serverIds)
  })
})

describe('a call ends', () => {
  const silent = () => startBefore(() => undefined)

  test('when its time is over', async () => {
    const { url } = await silent()
    const client = createClient({ ...SANDBOX_KEYS, baseUrl: url, timeoutMs: 5_000 })
    const late = await client
      .showInstance({ regionId, projectId: 'p', instanceId: 'i' }, { timeoutMs: 100 })
      .catch((error) => error)
    expect(late).toBeInstanceOf(HuaweiCloudApiError)
    expect(late).toMatchObject({ status: 0, reason: 'TIMEOUT', retryable: true })
  })

  test.each(['call', 'client'])('with the reason of the signal of its %s', async (whose) => {
    const { url } = await silent()
    const over = new AbortController()
    const client = createClient({
      ...SANDBOX_KEYS,
      baseUrl: url,
      ...(whose === 'client' ? { signal: over.signal } : {}),
    })
    const waiting = client.listVpcs(
      { regionId, projectId: 'p' },
      whose === 'call' ? { signal: over.signal } : {},
    )
    over.abort(new RangeError('enough'))
    await expect(waiting).rejects.toThrow('enough')
    if (whose === 'client') await expect(client.listRegions()).rejects.toThrow('enough')
  })

  test('while it pauses, too', async () => {
    const over = new AbortController()
    const { fetch } = answering(() => {
      queueMicrotask(() => setImmediate(() => over.abort(new RangeError('enough'))))
      return refused(503, { delay: 20 })()
    })
    const client = createClient({ fetch })
    await expect(client.listRegions({}, { signal: over.signal })).rejects.toThrow('enough')
  })

  test('and leaves no listener on a signal that lives on', async () => {
    const { client } = await startClient()
    const over = new AbortController()
    let listeners = 0
    const { signal } = over
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
    signal.addEventListener = (...given: Parameters<typeof add>) => {
      listeners += 1
      add(...given)
    }
    signal.removeEventListener = (...given: Parameters<typeof remove>) => {
      listeners -= 1
      remove(...given)
    }
    await client.listRegions({}, { signal })
    for await (const _ of client.each.listVpcs({ regionId }, { signal })) break
    await client.raw('GET', 'ecs', '/v1/{project_id}/cloudservers/limits', { regionId, signal })
    expect(listeners).toBeLessThanOrEqual(0)
  })
})
