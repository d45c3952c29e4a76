import { expect, test } from 'vitest'
import { START, startCloud } from './test-client.ts'
import { control } from './test-control.ts'
import { ecsIn } from './test-ecs.ts'

test('a moved clock moves jobs, and callers who sign by their own clocks are still heard', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const { job_id } = (await ecs.create({ server: await ecs.wanted() })).body
  expect((await ecs.job(job_id)).body.status).toBe('INIT')
  expect((await control(cloud, 'PUT', 'clock', { advance: 3 })).status).toBe(204)
  expect((await ecs.job(job_id)).body.status).toBe('RUNNING')
  await control(cloud, 'PUT', 'clock', { advance: 365 * 86_400 })
  expect((await ecs.job(job_id)).body).toMatchObject({
    status: 'SUCCESS',
    begin_time: '2026-01-01T00:00:00.000Z',
    end_time: '2026-01-01T00:00:06.000Z',
  })
})

test('the clock can be set, frozen and let run on', async () => {
  const cloud = await startCloud()
  const now = async () => (await control(cloud, 'GET', 'clock')).body
  expect(await now()).toEqual({ now: '2026-01-01T00:00:00.000Z', frozen: false, ahead: 0 })
  await control(cloud, 'PUT', 'clock', { set: '2027-05-06T07:08:09Z', frozen: true })
  cloud.pass(60_000)
  expect(await now()).toMatchObject({ now: '2027-05-06T07:08:09.000Z', frozen: true })
  await control(cloud, 'PUT', 'clock', { advance: 1.5 })
  expect((await now()).now).toBe('2027-05-06T07:08:10.500Z')
  await control(cloud, 'PUT', 'clock', { frozen: false })
  cloud.pass(1_000)
  expect(await now()).toMatchObject({ now: '2027-05-06T07:08:11.500Z', frozen: false })
  await control(cloud, 'PUT', 'clock', { set: '2020-01-01T00:00:00Z' })
  expect((await now()).now).toBe('2020-01-01T00:00:00.000Z')
})

test('a reset puts the clock back', async () => {
  const cloud = await startCloud()
  await control(cloud, 'PUT', 'clock', { advance: 1_000, frozen: true })
  await control(cloud, 'POST', 'reset')
  expect((await control(cloud, 'GET', 'clock')).body).toMatchObject({ frozen: false, ahead: 0 })
  expect(cloud.now()).toBe(START)
})

test.each([
  [{}],
  [{ advance: 1, set: '2027-01-01T00:00:00Z' }],
  [{ set: 'soon' }],
  [{ set: '2027' }],
  [{ advance: 1e15 }],
  [{ advance: -1e15 }],
  [{ advance: '1' }],
  [{ frozen: 'yes' }],
  [{ advance: 1, more: true }],
])('%j moves no clock', async (body) => {
  const cloud = await startCloud()
  expect((await control(cloud, 'PUT', 'clock', body)).body.error_code).toBe('SANDBOX.INVALID_CLOCK')
  expect((await control(cloud, 'GET', 'clock')).body.ahead).toBe(0)
})

test('a client token of more than eight hours is too old', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const body = { server: await ecs.wanted() }
  const token = { 'X-Client-Token': '11111111-2222-3333-4444-555555555555' }
  expect((await ecs.create(body, token)).status).toBe(200)
  await control(cloud, 'PUT', 'clock', { advance: 8 * 3_600 + 1 })
  expect((await ecs.create(body, token)).body.error.code).toBe('Ecs.0124')
})
