import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const OTHER = 'ins-5d8a23rs'
const PATH = 'cloudservers/os-server-groups'
const make = (ecs: Ecs, name = 'apart', policies = ['anti-affinity']) =>
  ecs.call('POST', 'v1', PATH, { server_group: { name, policies } })

test('a group is made, filled, emptied and deleted', async () => {
  const ecs = ecsIn(await startCloud())
  const { status, body } = await make(ecs)
  expect([status, body.server_group]).toEqual([
    200,
    { id: body.server_group.id, name: 'apart', policies: ['anti-affinity'], members: [], metadata: {} },
  ])
  const one = `${PATH}/${body.server_group.id}`
  const act = (what: string, id: string) =>
    ecs.call('POST', 'v1', `${one}/action`, { [what]: { instance_uuid: id } })
  expect((await act('add_member', ID)).status).toBe(200)
  expect((await ecs.call('GET', 'v1', one)).body.server_group.members).toEqual([ID])
  expect((await act('add_member', 'nobody')).body.error.code).toBe('Ecs.0114')
  const another = (await make(ecs, 'another')).body.server_group.id
  const twice = { add_member: { instance_uuid: ID } }
  expect((await ecs.call('POST', 'v1', `${PATH}/${another}/action`, twice)).body.error.code).toBe('Ecs.0005')
  await act('remove_member', ID)
  expect((await act('remove_member', ID)).body.error.code).toBe('Ecs.0005')

  const ids = { server_ids: [ID, OTHER, 'nobody'] }
  const added = (await ecs.call('POST', 'v1', `${one}/add_members`, ids)).body
  expect([added.status, added.servers.map((each: { status: string }) => each.status)]).toEqual([
    'partial_success',
    ['success', 'success', 'failed'],
  ])
  expect((await ecs.limits()).totalServerGroupsUsed).toBe(2)
  await ecs.remove({ servers: [{ id: OTHER }] })
  expect((await ecs.call('GET', 'v1', one)).body.server_group.members).toEqual([ID])
  await ecs.call('POST', 'v1', `${one}/remove_members`, { server_ids: [ID] })
  expect((await ecs.call('DELETE', 'v1', one)).status).toBe(204)
  const gone = await ecs.call('GET', 'v1', one)
  expect([gone.status, gone.body.error.code]).toEqual([400, 'Ecs.0313'])
})

test('there are ten groups and no more, page by page', async () => {
  const ecs = ecsIn(await startCloud())
  for (let number = 0; number < 10; number++) await make(ecs, `group-${number}`)
  const eleventh = await make(ecs)
  expect([eleventh.status, eleventh.body.error.code]).toEqual([400, 'Ecs.0022'])
  expect((await ecs.call('GET', 'v1', PATH)).body.page_info).toBeUndefined()
  const first = (await ecs.call('GET', 'v1', `${PATH}?limit=6`)).body
  expect([first.server_groups.length, first.page_info.next_marker]).toEqual([6, first.server_groups[5].id])
  const second = (await ecs.call('GET', 'v1', `${PATH}?limit=6&marker=${first.page_info.next_marker}`)).body
  expect([second.server_groups.length, second.page_info]).toEqual([4, undefined])
  expect((await make(ecs, 'x', ['affinity'])).body.error.code).toBe('Ecs.0005')
})

test('a new server is born into its group, while there is room', async () => {
  const ecs = ecsIn(await startCloud())
  const group = (await make(ecs)).body.server_group.id
  const hints = { 'os:scheduler_hints': { group } }
  const id = await ecs.made(hints)
  expect((await ecs.call('GET', 'v1', `${PATH}/${group}`)).body.server_group.members).toEqual([id])
  const many = await ecs.create({ server: await ecs.wanted({ ...hints, count: 16 }) })
  expect(many.body.error.code).toBe('Ecs.0022')
  const unknown = await ecs.create({
    server: await ecs.wanted({ 'os:scheduler_hints': { group: 'nobody' } }),
  })
  expect(unknown.body.error.code).toBe('Ecs.0313')
})
