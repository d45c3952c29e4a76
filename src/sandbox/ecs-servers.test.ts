import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'

const namesOf = (body: { servers: { name: string }[] }) => body.servers.map(({ name }) => name)

test('the documented servers run in cn-east-2 and are off in cn-south-1', async () => {
  const cloud = await startCloud()
  for (const [region, status, power] of [
    ['cn-east-2', 'ACTIVE', 1],
    ['cn-south-1', 'SHUTOFF', 4],
  ] as const) {
    const { body } = await ecsIn(cloud, region).list()
    expect(body.count).toBe(2)
    expect(body.servers.map(({ id }: { id: string }) => id).toSorted()).toEqual([
      'ins-5d8a23rs',
      'ins-r8hr2upy',
    ])
    for (const server of body.servers)
      expect(server).toMatchObject({ status, 'OS-EXT-STS:power_state': power, 'OS-EXT-STS:task_state': null })
  }
  expect((await ecsIn(cloud, 'cn-north-1').list()).body).toEqual({ count: 0, servers: [] })
})

test('a server has the mixture of texts and numbers of the real one', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const { server } = (await ecs.show('ins-r8hr2upy')).body
  expect(server.flavor).toEqual({ id: 's6.large.2', name: 's6.large.2', vcpus: '2', ram: '4096', disk: '0' })
  const [vpcId] = Object.keys(server.addresses)
  expect(vpcId).toBe(server.metadata.vpc_id)
  expect(server.addresses[vpcId ?? '']).toEqual([
    {
      version: '4',
      addr: '192.168.0.2',
      'OS-EXT-IPS-MAC:mac_addr': expect.stringMatching(/^fa:16:3e(:[0-9a-f]{2}){3}$/),
      'OS-EXT-IPS:port_id': expect.any(String),
      'OS-EXT-IPS:type': 'fixed',
    },
  ])
  expect(server['os-extended-volumes:volumes_attached'][0]).toMatchObject({
    bootIndex: '0',
    delete_on_termination: 'true',
  })
  expect(server.created).toBe('2022-05-05T02:12:49Z')
  expect(server['OS-SRV-USG:launched_at']).toBe('2022-05-05T02:13:27.000000')
  expect(server.hostId).toMatch(/^[0-9a-f]{56}$/)
  expect(server.locked).toBe(false)
})

test('an unknown server is a 404 whatever its form', async () => {
  const cloud = await startCloud()
  for (const id of ['nobody', 'b37fd80e-ac67-4d02-b9f1-9891c9c0fabf', '%E6%B5%8B']) {
    const { status, body } = await ecsIn(cloud).show(id)
    expect(status).toBe(404)
    expect(body).toEqual({
      error: { message: `Instance[${decodeURIComponent(id)}] could not be found.`, code: 'Ecs.0114' },
    })
  }
})

test('offset is the number of a page and count the number of all', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  await ecs.create({ server: await ecs.wanted({ name: 'web', flavorRef: 's6.large.2', count: 28 }) })
  const first = (await ecs.list()).body
  expect([first.count, first.servers.length]).toEqual([30, 25])
  expect(first.servers[0].name).toBe('web-0028')
  const page = async (offset: string) => (await ecs.list(['limit', '12'], ['offset', offset])).body
  expect(namesOf(await page('0'))).toEqual(namesOf(await page('1')))
  expect((await page('3')).servers).toHaveLength(6)
  expect(await page('4')).toEqual({ count: 30, servers: [] })
  const after = (await ecs.list(['limit', '2'], ['marker', first.servers[0].id], ['offset', '9'])).body
  expect(namesOf(after)).toEqual(['web-0027', 'web-0026'])
  for (const limit of ['0', '1001', 'x'])
    expect((await ecs.list(['limit', limit])).body.error.code).toBe('Ecs.0005')
  expect((await ecs.list(['limit', '1000'])).body.servers).toHaveLength(30)
})

test('names are found in part, with a dot for any character and nothing else special', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  for (const name of ['web-a', 'web.b', 'database'])
    await ecs.create({ server: await ecs.wanted({ name, flavorRef: 's6.large.2' }) })
  const named = async (name: string) => namesOf((await ecs.list(['name', name])).body)
  expect(await named('web')).toEqual(['web.b', 'web-a'])
  expect(await named('web.a')).toEqual(['web-a'])
  expect(await named('b$|^d')).toEqual([])
  expect(await named('(a+)+$')).toEqual([])
  expect(await named('[')).toEqual([])
})

test('filters choose by address, flavor, tags and state', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const tagged = { name: 'tagged', flavorRef: 's6.large.2', server_tags: [{ key: 'env', value: 'dev' }] }
  await ecs.create({ server: await ecs.wanted(tagged) })
  const [server] = (await ecs.list(['name', 'tagged'])).body.servers
  const address = Object.values<{ addr: string }[]>(server.addresses)[0]?.[0]?.addr ?? ''
  const count = async (...query: [string, string][]) => (await ecs.list(...query)).body.count
  expect(server.tags).toEqual(['env=dev', '__type_virtual'])
  expect(await count(['ip_eq', address])).toBe(1)
  expect(await count(['ip', '192.168'])).toBe(3)
  expect(await count(['ip_eq', '192.168'])).toBe(0)
  expect(await count(['flavor', 's6.large.2'])).toBe(3)
  expect(await count(['tags', 'env=dev'])).toBe(1)
  expect(await count(['tags', 'env,__type_virtual'])).toBe(1)
  expect(await count(['not-tags', 'env=dev'])).toBe(2)
  expect(await count(['not-tags', '__type_baremetal'])).toBe(3)
  expect(await count(['reservation_id', server['OS-EXT-SRV-ATTR:reservation_id']])).toBe(1)
  expect(await count(['enterprise_project_id', 'all_granted_eps'])).toBe(3)
  expect(await count(['enterprise_project_id', 'b37fd80e-ac67-4d02-b9f1-9891c9c0fabf'])).toBe(0)
  expect(await count(['status', 'SHUTOFF'])).toBe(0)
  expect(await count(['status', 'constructor'])).toBe(0)
})

test('who asks for ACTIVE also gets what is being rebooted', async () => {
  const cloud = await startCloud({ by: 'clock', ms: 2_000 })
  const ecs = ecsIn(cloud)
  await ecs.act({ reboot: { type: 'SOFT', servers: [{ id: 'ins-r8hr2upy' }] } })
  expect((await ecs.show('ins-r8hr2upy')).body.server.status).toBe('REBOOT')
  expect((await ecs.list(['status', 'ACTIVE'])).body.count).toBe(2)
  expect((await ecs.list(['status', 'REBOOT'])).body.count).toBe(1)
})

test('asked by ids, other filters do not count and unknown ids are empty rows', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  for (const query of [
    [['server_id', 'ins-r8hr2upy,nobody']],
    [
      ['server_id', 'ins-r8hr2upy'],
      ['server_id', 'nobody'],
      ['name', 'zzz'],
    ],
  ] as [string, string][][]) {
    const { count, servers } = (await ecs.list(...query)).body
    expect(count).toBe(2)
    expect(servers[0].id).toBe('ins-r8hr2upy')
    const { id, fault, ...rest } = servers[1]
    expect([id, fault.code]).toEqual(['nobody', 404])
    expect(Object.keys(servers[1])).toEqual(expect.arrayContaining(Object.keys(servers[0])))
    expect(Object.values(rest).every((value) => value === null)).toBe(true)
  }
})
