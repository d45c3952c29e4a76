import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const OTHER = 'ins-5d8a23rs'
const list = (ecs: Ecs, query = '') => ecs.call('GET', 'v1.1', `cloudservers/detail${query}`)
const found = async (ecs: Ecs, query: string) =>
  (await list(ecs, query)).body.servers.map(({ id }: { id: string }) => id)

test('the newer list has a schema of its own, numbers as numbers', async () => {
  const ecs = ecsIn(await startCloud())
  const { status, body, headers } = await list(ecs, `?id=${ID}`)
  expect([status, Object.keys(body)]).toEqual([200, ['servers', 'request_id']])
  expect(body.request_id).toBe(headers['x-request-id'])
  expect(body.servers).toMatchObject([
    {
      id: ID,
      status: 'ACTIVE',
      vm_state: 'active',
      task_state: null,
      availability_zone: 'cn-east-2a',
      flavor: { id: 's6.large.2', vcpus: 2, ram: 4096, disk: 0 },
      in_recycle_bin: false,
    },
  ])
  expect(body.servers[0]).not.toHaveProperty('addresses')
})

test('more fields come to those who ask for them', async () => {
  const ecs = ecsIn(await startCloud())
  const fields = 'addresses,volumes_attached,market_info,power_state,image,locked'
  const [server] = (await list(ecs, `?id=${ID}&expect-fields=${fields}&expect-fields=tags`)).body.servers
  expect(server).toMatchObject({
    volumes_attached: [{ device: '/dev/vda', bootIndex: '0', delete_on_termination: true, size: 40 }],
    market_info: { charge_mode: 'postpaid' },
    power_state: 1,
    locked: false,
    tags: ['__type_virtual'],
  })
  const [address] = Object.values<{ version: number; primary: boolean }[]>(server.addresses).flat()
  expect([address?.version, address?.primary]).toEqual([4, true])
  const unknown = await list(ecs, '?expect-fields=nonsense')
  expect([unknown.status, unknown.body.error.code]).toEqual([400, 'Ecs.0005'])
})

test('pages follow a cursor, ten at a time', async () => {
  const ecs = ecsIn(await startCloud())
  await ecs.create({ server: await ecs.wanted({ count: 11 }) })
  const first = (await list(ecs)).body
  expect(first.servers).toHaveLength(10)
  const next = new URL(first.servers_links[0].href)
  expect(next.searchParams.get('marker')).toBe(first.servers[9].id)
  const second = (await list(ecs, next.search)).body
  expect([second.servers.length, second.servers_links]).toEqual([3, undefined])
  for (const query of ['?limit=101', '?limit=0', '?marker=nobody'])
    expect((await list(ecs, query)).body.error.code).toBe('Ecs.0005')
})

test('every filter filters', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  await ecs.keypair('mine')
  const extendparam = { chargingMode: 'prePaid', periodType: 'month', periodNum: 2, isAutoPay: 'true' }
  const id = await ecs.made({
    name: 'web-1',
    key_name: 'mine',
    metadata: { role: 'web', op_svc_userid: 'me' },
    server_tags: [{ key: 'env', value: 'dev' }],
    availability_zone: 'cn-east-2b',
    extendparam,
  })
  for (const query of [
    'name=eb-',
    'flavor_name=ac6.12xlarge.2',
    'image_id=88faab67-9e31-48d9-8027-f8a025da94de',
    'metadata=role%3Dweb',
    'metadata-key=role',
    'tags=env%3Ddev',
    'tags=env',
    'availability_zone=east-2b',
    'availability_zone_eq=cn-east-2b',
    'charging_mode=prepaid',
    'charging_mode=1',
    'key_name=mine',
    'launched_since=2025-01-01T00%3A00%3A00Z',
    'status=ACTIVE&name=web',
    'enterprise_project_id=0&name=web',
    'in_recycle_bin=false&name=web',
  ])
    expect([query, await found(ecs, `?${query}`)]).toEqual([query, [id]])
  expect(await found(ecs, '?not-tags=env')).toEqual([OTHER, ID])
  expect(await found(ecs, `?id=${ID}&id=${OTHER}`)).toEqual([OTHER, ID])
  expect(await found(ecs, `?id=${ID},${id}`)).toEqual([id, ID])
  for (const query of ['availability_zone_eq=east', 'status=SHUTOFF', 'in_recycle_bin=true', 'spod_id=x'])
    expect(await found(ecs, `?${query}`)).toEqual([])
  for (const query of ['metadata=x', 'launched_since=yesterday'])
    expect((await list(ecs, `?${query}`)).body.error.code).toBe('Ecs.0005')
  const [server] = (await list(ecs, `?id=${id}&expect-fields=market_info`)).body.servers
  expect(server.market_info).toEqual({
    charge_mode: 'prepaid',
    prepaid_info: { expired_time: '2026-03-01T00:00:00Z' },
  })
})
