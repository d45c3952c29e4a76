import { expect, test } from 'vitest'
import { startCloud, type TestCloud } from './test-client.ts'
import { control } from './test-control.ts'
import { ecsIn } from './test-ecs.ts'

const servers = async (cloud: TestCloud) => (await control(cloud, 'GET', 'world')).body.servers as number
const arm = async (cloud: TestCloud, fault: object) => {
  const { status, body } = await control(cloud, 'POST', 'faults', fault)
  expect(status).toBe(201)
  return body
}

test('a lost answer after the work: with the same client token there is no second server', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const body = { server: await ecs.wanted() }
  const before = await servers(cloud)
  await arm(cloud, { on: 'ecs.createServers', times: 1, phase: 'after', do: 'hang-up' })
  const token = { 'X-Client-Token': '11111111-2222-3333-4444-555555555555' }
  await expect(ecs.create(body, token)).rejects.toThrow()
  expect(await servers(cloud)).toBe(before + 1)
  expect((await ecs.create(body, token)).status).toBe(200)
  expect(await servers(cloud)).toBe(before + 1)
  expect((await control(cloud, 'GET', 'faults')).body.faults).toMatchObject([{ left: 0, struck: 1 }])
})

test('before the work nothing is done', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const body = { server: await ecs.wanted() }
  const before = await servers(cloud)
  for (const trouble of ['hang-up', 'cut', 'garbage', 'throttle', { status: 500 }]) {
    await arm(cloud, { on: 'ECS.CREATESERVERS', times: 1, do: trouble })
    await ecs.create(body).then(
      (heard) => heard.status,
      () => 0,
    )
    expect(await servers(cloud)).toBe(before)
  }
})

test('a refusal is worded as the service words it, or the gateway in front', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  await arm(cloud, { on: 'ecs', times: 1, do: { status: 503 } })
  const busy = await ecs.list()
  expect(busy.status).toBe(503)
  expect(busy.body.error.code).toBe('Common.1503')
  await arm(cloud, { on: '*', times: 1, do: { status: 429, retryAfter: 7 } })
  const throttled = await ecs.list()
  expect(throttled.status).toBe(429)
  expect(throttled.headers['retry-after']).toBe('7')
  expect(throttled.body.error_code).toBe('APIGW.0308')
  await arm(cloud, { on: 'ecs', times: 1, do: { status: 400, code: 'Ecs.4711', message: 'So be it.' } })
  expect((await ecs.list()).body.error).toEqual({ code: 'Ecs.4711', message: 'So be it.' })
  expect((await ecs.list()).status).toBe(200)
})

test('aimed at one operation or region the others are spared', async () => {
  const cloud = await startCloud()
  const [here, there] = [ecsIn(cloud, 'cn-east-2'), ecsIn(cloud, 'cn-south-1')]
  await arm(cloud, { on: 'ecs.ListServersDetails', region: 'cn-south-1', do: { status: 500 } })
  expect((await here.list()).status).toBe(200)
  expect((await there.list()).status).toBe(500)
  expect((await there.list()).status).toBe(500)
  expect((await there.limits()).maxTotalInstances).toBeGreaterThan(0)
  expect((await control(cloud, 'DELETE', 'faults/fault-1')).status).toBe(204)
  expect((await there.list()).status).toBe(200)
  expect((await control(cloud, 'DELETE', 'faults/fault-1')).status).toBe(404)
})

test('operations that share a place are told apart', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const servers = [{ id: 'ins-r8hr2upy' }]
  await arm(cloud, { on: 'ecs.BatchStopServers', do: { status: 503 } })
  expect((await ecs.act({ 'os-start': { servers } })).status).toBe(200)
  expect((await ecs.act({ 'os-stop': { servers } })).status).toBe(503)
  expect((await ecs.act({ reboot: { type: 'SOFT', servers } })).status).toBe(200)
})

test('a body may end in its middle, or be no JSON', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  await arm(cloud, { on: 'ecs', times: 1, phase: 'after', do: 'cut' })
  await expect(ecs.list()).rejects.toThrow(/aborted|reset|hang up/)
  await arm(cloud, { on: 'ecs', times: 1, phase: 'after', do: 'garbage' })
  await expect(ecs.list()).rejects.toThrow(SyntaxError)
})

test('a delay holds one answer, not the others, and ends with the sandbox', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  await arm(cloud, { on: 'ecs', times: 1, do: { delay: 60 } })
  const slow = ecs.list().then(() => 'slow')
  const quick = ecs.limits().then(() => 'quick')
  expect(await Promise.race([slow, quick])).toBe('quick')
  expect(await slow).toBe('slow')
  await arm(cloud, { on: 'ecs', times: 1, do: { delay: 600_000 } })
  const never = ecs.list().catch((error) => error)
  await ecs.limits()
  await cloud.sandbox.close()
  expect(await never).toBeInstanceOf(Error)
})

test('chance falls the same way for the same seed', async () => {
  const story = async () => {
    const cloud = await startCloud()
    const ecs = ecsIn(cloud)
    await arm(cloud, { on: 'ecs', chance: 0.5, do: { status: 503 } })
    const heard: number[] = []
    for (let count = 0; count < 20; count++) heard.push((await ecs.list()).status)
    return heard
  }
  const first = await story()
  expect(new Set(first)).toEqual(new Set([200, 503]))
  expect(await story()).toEqual(first)
})

test('callers who prove nothing use up no fault', async () => {
  const cloud = await startCloud()
  await arm(cloud, { on: '*', times: 1, do: { status: 503 } })
  await cloud.call({ path: '/v3/regions', secretKey: 'wrong' })
  expect((await control(cloud, 'GET', 'faults')).body.faults).toMatchObject([{ left: 1, struck: 0 }])
})

test.each([
  [{}],
  [{ on: 'ecs' }],
  [{ on: 'ecs.NoSuch', do: 'cut' }],
  [{ on: 'obs', do: 'cut' }],
  [{ on: 'ecs', region: 'nowhere', do: 'cut' }],
  [{ on: 'ecs', times: 0, do: 'cut' }],
  [{ on: 'ecs', chance: 2, do: 'cut' }],
  [{ on: 'ecs', do: 'explode' }],
  [{ on: 'ecs', do: { delay: -1 } }],
  [{ on: 'ecs', do: { status: 99 } }],
  [{ on: 'ecs', do: { status: 500, delay: 1 } }],
  [{ on: 'ecs', do: 'cut', phase: 'during' }],
])('%j is no fault', async (fault) => {
  const cloud = await startCloud()
  expect((await control(cloud, 'POST', 'faults', fault)).body.error_code).toBe('SANDBOX.INVALID_FAULT')
})

test('all faults can be taken away at once, and a reset does it too', async () => {
  const cloud = await startCloud()
  for (const way of [() => control(cloud, 'DELETE', 'faults'), () => control(cloud, 'POST', 'reset')]) {
    await arm(cloud, { on: '*', do: { status: 503 } })
    await way()
    expect((await control(cloud, 'GET', 'faults')).body.faults).toEqual([])
  }
})
