import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { control } from './test-control.ts'
import { ecsIn } from './test-ecs.ts'

test('the world goes back to a snapshot as often as wanted, jobs under way and clock included', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const { job_id } = (await ecs.create({ server: await ecs.wanted() })).body
  cloud.pass(3_000)
  await control(cloud, 'POST', 'snapshots/half-built')
  const seen = (await ecs.list()).text
  for (let count = 0; count < 2; count++) {
    cloud.pass(3_600_000)
    expect((await ecs.job(job_id)).body.status).toBe('SUCCESS')
    await ecs.remove({ servers: [{ id: 'ins-r8hr2upy' }] })
    expect((await control(cloud, 'POST', 'snapshots/half-built/restore')).status).toBe(204)
    expect((await ecs.list()).text).toBe(seen)
    expect((await ecs.job(job_id)).body.status).toBe('RUNNING')
    await control(cloud, 'POST', 'snapshots/half-built/restore')
  }
  expect((await control(cloud, 'GET', 'snapshots')).body).toEqual({ snapshots: ['half-built'] })
})

test('what happened after going back repeats, ids and all', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const body = { server: await ecs.wanted() }
  await control(cloud, 'POST', 'snapshots/here')
  const first = (await ecs.create(body)).text
  await control(cloud, 'POST', 'snapshots/here/restore')
  expect((await ecs.create(body)).text).toBe(first)
})

test('snapshots can be deleted; unknown ones, bad names and too many are refused', async () => {
  const cloud = await startCloud()
  expect((await control(cloud, 'POST', 'snapshots/nope/restore')).status).toBe(404)
  expect((await control(cloud, 'DELETE', 'snapshots/nope')).status).toBe(404)
  expect((await control(cloud, 'POST', 'snapshots/%20')).status).toBe(400)
  for (let count = 0; count < 20; count++) await control(cloud, 'POST', `snapshots/s${count}`)
  expect((await control(cloud, 'POST', 'snapshots/s19')).status).toBe(204)
  expect((await control(cloud, 'POST', 'snapshots/s20')).body.error_code).toBe('SANDBOX.TOO_MANY_SNAPSHOTS')
  expect((await control(cloud, 'DELETE', 'snapshots/s0')).status).toBe(204)
  expect((await control(cloud, 'POST', 'snapshots/s20')).status).toBe(204)
})
