import { expect, test } from 'vitest'
import { startCloud, type TestCloud } from './test-client.ts'
import { control } from './test-control.ts'
import { ecsIn } from './test-ecs.ts'

const DAY = 86_400_000

async function turns(cloud: TestCloud): Promise<{ at: string; operation: string }[]> {
  const { events } = (await control(cloud, 'GET', 'events')).body
  return events.filter(({ kind }: { kind: string }) => kind === 'lifetime')
}

async function bought(cloud: TestCloud, extendparam: object) {
  const ecs = ecsIn(cloud)
  const server = await ecs.wanted({
    extendparam: { chargingMode: 'prePaid', isAutoPay: 'true', ...extendparam },
  })
  const [id] = (await ecs.create({ server })).body.serverIds as string[]
  return { ecs, id: id ?? '' }
}

test('a server is deleted by itself when it was said to be, not before', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const server = await ecs.wanted({ auto_terminate_time: '2026-01-01T02:00:00Z' })
  const [id] = (await ecs.create({ server })).body.serverIds
  cloud.pass(2 * 3_600_000 - 1)
  expect((await ecs.show(id)).status).toBe(200)
  cloud.pass(1)
  expect((await ecs.show(id)).status).toBe(404)
  cloud.pass(DAY)
  expect(await turns(cloud)).toMatchObject([
    { at: '2026-01-01T02:00:00.000Z', operation: 'terminated', targets: [id] },
  ])
})

test('a job that has the server in hands is ended first', async () => {
  const cloud = await startCloud({ by: 'clock', ms: 3_600_000 })
  const ecs = ecsIn(cloud)
  const server = await ecs.wanted({ auto_terminate_time: '2026-01-01T00:30:00Z' })
  const { job_id } = (await ecs.create({ server })).body
  cloud.pass(DAY)
  expect((await ecs.job(job_id)).body.status).toBe('SUCCESS')
  expect(await turns(cloud)).toMatchObject([{ at: '2026-01-01T01:00:00.000Z', operation: 'terminated' }])
})

test('it makes no difference how often anybody looks', async () => {
  const story = async (looks: number) => {
    const cloud = await startCloud({ by: 'clock' })
    await bought(cloud, { periodType: 'month', periodNum: 1 })
    const ecs = ecsIn(cloud)
    for (const minutes of [31, 31, 45])
      await ecs.create({ server: await ecs.wanted({ auto_terminate_time: `2026-01-01T00:${minutes}:00Z` }) })
    for (let look = 0; look < looks; look++) {
      cloud.pass((60 * DAY) / looks)
      await control(cloud, 'GET', 'world')
    }
    return (await control(cloud, 'GET', 'events')).text
  }
  expect(await story(997)).toBe(await story(1))
})

test('a prepaid server whose time is over stands still, and is released 15 days later', async () => {
  const cloud = await startCloud()
  const { ecs, id } = await bought(cloud, { periodType: 'month', periodNum: 1 })
  cloud.pass(31 * DAY - 1)
  expect((await ecs.show(id)).body.server.status).toBe('ACTIVE')
  cloud.pass(1)
  expect((await ecs.show(id)).body.server.status).toBe('SHUTOFF')
  expect((await ecs.act({ 'os-start': { servers: [{ id }] } })).body.error.code).toBe('Ecs.0030')
  cloud.pass(15 * DAY)
  expect((await ecs.show(id)).status).toBe(404)
  expect((await turns(cloud)).map(({ at, operation }) => `${operation} ${at.slice(0, 10)}`)).toEqual([
    'frozen 2026-02-01',
    'released 2026-02-16',
  ])
})

test('one that renews itself goes on', async () => {
  const cloud = await startCloud()
  const { ecs, id } = await bought(cloud, { periodType: 'month', periodNum: 1, isAutoRenew: 'true' })
  cloud.pass(100 * DAY)
  expect((await ecs.show(id)).body.server.status).toBe('ACTIVE')
  expect((await turns(cloud)).map(({ at, operation }) => `${operation} ${at.slice(0, 10)}`)).toEqual([
    'renewed 2026-02-01',
    'renewed 2026-03-01',
    'renewed 2026-04-01',
  ])
})
