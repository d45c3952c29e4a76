import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const change = (ecs: Ecs, more = {}, ids = [ID]) =>
  ecs.call('POST', 'v1', 'cloudservers/actions/change-charge-mode', {
    server_ids: ids,
    charge_mode: 'prePaid',
    prepaid_options: { period_type: 'month', period_num: '1', auto_pay: true },
    ...more,
  })
const terminate = (ecs: Ecs, auto_terminate_time: string, id = ID) =>
  ecs.call('POST', 'v1', `cloudservers/${id}/actions/update-auto-terminate-time`, { auto_terminate_time })

test('a server is paid for in advance once the order is paid', async () => {
  const ecs = ecsIn(await startCloud())
  const mode = async () => (await ecs.show(ID)).body.server.metadata.charging_mode
  const unpaid = await change(ecs, { prepaid_options: { period_type: 'month', period_num: '1' } })
  expect([unpaid.status, await mode()]).toEqual([200, '0'])
  expect((await change(ecs, { dry_run: true })).status).toBe(202)
  const { status, body } = await change(ecs)
  expect([status, body.order_id]).toEqual([200, expect.stringMatching(/^CS/)])
  expect(await mode()).toBe('1')
  expect((await ecs.remove({ servers: [{ id: ID }] })).body.error.code).toBe('Ecs.0513')
  expect((await change(ecs)).body.error.code).toBe('Ecs.0112')
  const migrate = await ecs.call('POST', 'v1', `cloudservers/${ID}/migrate`, { migrate: null })
  expect(migrate.body.error.code).toBe('Ecs.0112')
  expect((await terminate(ecs, '2026-02-01T00:00:00Z')).body.error.code).toBe('Ecs.0084')
})

test('what cannot be paid for in advance is refused', async () => {
  const ecs = ecsIn(await startCloud())
  expect((await change(ecs, { prepaid_options: {} })).body.error.code).toBe('Ecs.0005')
  expect((await change(ecs, { charge_mode: 'other' })).body.error.code).toBe('Ecs.0005')
  expect((await change(ecs, {}, ['nobody'])).status).toBe(404)
  await terminate(ecs, '2026-02-01T00:00:00Z')
  expect((await change(ecs)).body.error.code).toBe('Ecs.0084')
})

test('a server can be told when to go, and told to stay', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const heard = await terminate(ecs, '2026-01-01T01:00:00Z')
  expect(heard.status).toBe(204)
  expect((await ecs.show(ID)).body.server.auto_terminate_time).toBe('2026-01-01T01:00:00Z')
  await terminate(ecs, '')
  expect((await ecs.show(ID)).body.server.auto_terminate_time).toBe('')
  for (const [time, status, code] of [
    ['tomorrow', 400, 'Ecs.0082'],
    ['2026-01-01T00:10:00Z', 403, 'Ecs.0083'],
  ] as const) {
    const refused = await terminate(ecs, time)
    expect([refused.status, refused.body.error.code]).toEqual([status, code])
  }
})

test('a spot server goes when the market says so, not at a set time', async () => {
  const ecs = ecsIn(await startCloud())
  const [image] = (await ecs.ims('GET', '/v2/cloudimages?__imagetype=gold&architecture=x86&limit=1')).body
    .images
  const extendparam = { marketType: 'spot' }
  const id = await ecs.made({ imageRef: image.id, flavorRef: 's6.large.2', extendparam })
  expect((await terminate(ecs, '2026-02-01T00:00:00Z', id)).body.error.code).toBe('Ecs.0081')
})
