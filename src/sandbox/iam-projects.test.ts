import { expect, test } from 'vitest'
import { type Call, projectIn, startCloud, type TestCloud } from './test-client.ts'

const host = 'iam.myhuaweicloud.com'
const north = projectIn('cn-north-4')
const create = (cloud: TestCloud, project: object) =>
  cloud.call({ host, method: 'POST', path: '/v3/projects', body: { project } })
const update = (cloud: TestCloud, id: string, project: object) =>
  cloud.call({ host, method: 'PATCH', path: `/v3/projects/${id}`, body: { project } })

test('a project made below a region’s is there at once, with a network of its own', async () => {
  const cloud = await startCloud()
  const made = await create(cloud, { name: 'cn-north-4_team', parent_id: north, description: 'ours' })
  expect(made.status).toBe(201)
  expect(made.body.project).toMatchObject({ name: 'cn-north-4_team', parent_id: north, description: 'ours' })
  const { id } = made.body.project
  const found = await cloud.call({ host, path: '/v3/projects', query: [['name', 'cn-north-4_team']] })
  expect(found.body.projects.map((each: { id: string }) => each.id)).toEqual([id])
  const servers: Call = { host: 'ecs.cn-north-4.myhuaweicloud.com', path: `/v1/${id}/cloudservers/detail` }
  expect((await cloud.call(servers)).body.count).toBe(0)
  const vpcs = await cloud.call({ host: 'vpc.cn-north-4.myhuaweicloud.com', path: `/v1/${id}/vpcs` })
  expect(vpcs.body.vpcs).toHaveLength(1)
})

test('a project’s name and description can be changed, but not the name of a region’s', async () => {
  const cloud = await startCloud()
  const { id } = (await create(cloud, { name: 'cn-north-4_team', parent_id: north })).body.project
  const renamed = await update(cloud, id, { name: 'cn-north-4_crew', description: 'theirs' })
  expect([renamed.status, renamed.body.project]).toMatchObject([
    200,
    { id, name: 'cn-north-4_crew', description: 'theirs' },
  ])
  const described = await update(cloud, north, { description: 'the capital' })
  expect(described.body.project).toMatchObject({ name: 'cn-north-4', description: 'the capital' })
  expect((await update(cloud, north, { name: 'cn-north-4_x' })).status).toBe(403)
  expect((await update(cloud, 'nobody', {})).status).toBe(404)
  expect((await update(cloud, id, { name: 'a b' })).status).toBe(400)
})

test.for<[string, object, number]>([
  ['no name', {}, 400],
  ['a name that is not its region’s', { name: 'team', parent_id: north }, 400],
  ['a name of another region', { name: 'cn-east-2_team', parent_id: north }, 400],
  ['too long a name', { name: `cn-north-4_${'x'.repeat(60)}`, parent_id: north }, 400],
  ['a region nobody has', { name: 'cn-north-7' }, 400],
  ['a name taken', { name: 'cn-north-4_dev', parent_id: north }, 409],
  ['the name of a region', { name: 'cn-north-4' }, 409],
  ['an unknown parent', { name: 'cn-north-4_x', parent_id: 'nobody' }, 404],
  ['an unknown domain', { name: 'cn-north-4_x', domain_id: 'nobody' }, 404],
])('refused: %s', async ([, project, status]) => {
  const cloud = await startCloud()
  const heard = await create(cloud, project)
  expect([heard.status, heard.body.error.code]).toEqual([status, status])
})
