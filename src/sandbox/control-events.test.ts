import { expect, test } from 'vitest'
import type { Entry } from './events.ts'
import { startCloud, type TestCloud } from './test-client.ts'
import { control } from './test-control.ts'
import { ecsIn } from './test-ecs.ts'

const events = async (cloud: TestCloud, after = 0): Promise<Entry[]> =>
  (await control(cloud, 'GET', `events?after=${after}`)).body.events

test('every answer and every ended job is in the log, with what it changed', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const wanted = await ecs.wanted()
  const { number: last = 0 } = (await events(cloud)).at(-1) ?? {}
  const { job_id, serverIds } = (await ecs.create({ server: wanted })).body
  cloud.pass(10_000)
  await ecs.show('nobody')
  const [create, ended, refused, ...more] = await events(cloud, last)
  expect(more).toEqual([])
  expect(create).toMatchObject({
    number: last + 1,
    at: '2026-01-01T00:00:00.000Z',
    kind: 'request',
    service: 'ecs',
    operation: 'CreateServers',
    region: 'cn-east-2',
    status: 200,
    jobs: [job_id],
    changed: { servers: 1, volumes: 1 },
  })
  expect(ended).toMatchObject({
    number: last + 2,
    at: '2026-01-01T00:00:06.000Z',
    kind: 'job',
    operation: 'create',
    jobs: [job_id],
    targets: serverIds,
  })
  expect(refused).toMatchObject({ number: last + 3, status: 404, code: 'Ecs.0114' })
})

test('who is turned away at the gate is in it too', async () => {
  const cloud = await startCloud()
  await cloud.call({ path: '/v3/regions', secretKey: 'wrong' })
  await cloud.call({ path: '/nowhere' })
  expect(await events(cloud)).toMatchObject([
    { status: 401, code: 'APIGW.0301' },
    { status: 404, code: 'APIGW.0101' },
  ])
})

test('looking changes nothing; changes of the clock, the pace and faults are told', async () => {
  const cloud = await startCloud()
  await control(cloud, 'GET', 'world')
  await control(cloud, 'GET', 'clock')
  expect(await events(cloud)).toEqual([])
  await control(cloud, 'PUT', 'pace', { by: 'poll', polls: 2 })
  await control(cloud, 'PUT', 'pace', { by: 'magic' })
  expect(await events(cloud)).toMatchObject([{ kind: 'control', operation: 'PUT pace', status: 204 }])
})

test('same seed, same requests, same log, byte for byte, also after a reset', async () => {
  const story = async (cloud: TestCloud) => {
    const ecs = ecsIn(cloud)
    await control(cloud, 'POST', 'faults', { on: 'ecs.showserver', chance: 0.5, do: 'hang-up' })
    const { serverIds } = (await ecs.create({ server: await ecs.wanted({ count: 3 }) })).body
    cloud.pass(7_000)
    for (const id of [...serverIds, ...serverIds]) await ecs.show(id).catch(() => undefined)
    await ecs.act({ 'os-stop': { servers: serverIds.map((id: string) => ({ id })) } })
    await control(cloud, 'PUT', 'clock', { advance: 3_600 })
    await ecs.remove({ servers: [{ id: serverIds[0] }] })
    cloud.pass(7_000)
    return (await control(cloud, 'GET', 'events')).text
  }
  const cloud = await startCloud({ by: 'clock' })
  const told = await story(cloud)
  expect(JSON.parse(told).events.length).toBeGreaterThan(10)
  expect(await story(await startCloud({ by: 'clock' }))).toBe(told)

  cloud.pass(-cloud.now() + Date.parse('2026-01-01T00:00:00Z'))
  await control(cloud, 'POST', 'reset')
  expect(await story(cloud)).toBe(told)
})

test('it is read in pieces, and says where it begins and ends', async () => {
  const cloud = await startCloud()
  for (let count = 0; count < 5; count++) await cloud.call({ path: '/v3/regions' })
  const { body } = await control(cloud, 'GET', 'events?after=1&limit=2')
  expect(body).toMatchObject({ first: 1, last: 5, events: [{ number: 2 }, { number: 3 }] })
  for (const wrong of ['after=x', 'after=-1', 'limit=0', 'limit=1.5'])
    expect((await control(cloud, 'GET', `events?${wrong}`)).status).toBe(400)
})
