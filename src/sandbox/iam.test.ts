import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'

const host = 'iam.myhuaweicloud.com'

test('a region’s project is found by its exact name', async () => {
  const cloud = await startCloud()
  const { status, body } = await cloud.call({ host, path: '/v3/projects', query: [['name', 'cn-south-1']] })
  expect(status).toBe(200)
  expect(body.projects).toHaveLength(1)
  const [project] = body.projects
  expect(project).toMatchObject({
    id: 'ded721d4e0204e3880aa06dccddf65c0',
    name: 'cn-south-1',
    enabled: true,
    is_domain: false,
    links: {
      next: null,
      previous: null,
      self: `https://${host}/v3/projects/ded721d4e0204e3880aa06dccddf65c0`,
    },
  })
  expect(project.parent_id).toBe(project.domain_id)
  expect(body.links).toEqual({
    next: null,
    previous: null,
    self: `https://${host}/v3/projects?name=cn-south-1`,
  })
})

test('a region that was never opened has no project, and that is no error', async () => {
  const cloud = await startCloud()
  const { status, body } = await cloud.call({ host, path: '/v3/projects', query: [['name', 'cn-north-7']] })
  expect([status, body.projects]).toEqual([200, []])
})

test('the list also holds object storage’s pseudo-project and a sub-project under its region', async () => {
  const cloud = await startCloud()
  const { body } = await cloud.call({ host, path: '/v3/projects' })
  expect(body.projects).toHaveLength(35)
  const named = (name: string) => body.projects.find((project: { name: string }) => project.name === name)
  expect(named('MOS')).toBeDefined()
  expect(named('cn-north-4_dev').parent_id).toBe(named('cn-north-4').id)
  const below = await cloud.call({
    host,
    path: '/v3/projects',
    query: [['parent_id', named('cn-north-4').id]],
  })
  expect(below.body.projects.map((project: { name: string }) => project.name)).toEqual(['cn-north-4_dev'])
  for (const { id } of body.projects) expect(id).toMatch(/^[0-9a-f]{32}$/)
})

test('page and per_page count only together', async () => {
  const cloud = await startCloud()
  const page = (...query: [string, string][]) => cloud.call({ host, path: '/v3/projects', query })
  expect((await page(['page', '2'])).body.projects).toHaveLength(35)
  const second = (await page(['page', '2'], ['per_page', '20'])).body
  expect(second.projects).toHaveLength(15)
  expect(second.links.next).toBeNull()
  expect(second.links.previous).toContain('page=1&per_page=20')
  expect((await page(['page', '0'], ['per_page', '20'])).status).toBe(400)
})

test('regions, domains and the caller’s own projects are listed', async () => {
  const cloud = await startCloud()
  const regional = 'iam.cn-east-2.myhuaweicloud.com'
  expect((await cloud.call({ host: regional, path: '/v3/regions' })).body.regions).toHaveLength(33)
  const one = await cloud.call({ host, path: '/v3/regions/cn-south-1' })
  expect(one.body.region).toMatchObject({
    id: 'cn-south-1',
    type: 'public',
    locales: { 'en-us': 'CN South-Guangzhou' },
  })
  const { domains } = (await cloud.call({ host, path: '/v3/auth/domains' })).body
  const { projects } = (await cloud.call({ host, path: '/v3/auth/projects' })).body
  expect(projects[0].domain_id).toBe(domains[0].id)
  expect(Object.keys(projects[0].links)).toEqual(['self'])
})

test('what is not there is refused in the shape of Keystone', async () => {
  const cloud = await startCloud()
  const { status, body } = await cloud.call({ host, path: '/v3/projects/nobody' })
  expect(status).toBe(404)
  expect(body).toEqual({
    error: { code: 404, message: 'Could not find project: nobody.', title: 'Not Found' },
  })
})
