import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'

const host = 'iam.myhuaweicloud.com'

test('services and their endpoints are listed, filtered and shown', async () => {
  const cloud = await startCloud()
  const get = (path: string, ...query: [string, string][]) => cloud.call({ host, path, query })
  const [compute] = (await get('/v3/services', ['type', 'compute'])).body.services
  expect(compute).toMatchObject({ name: 'nova', type: 'compute', enabled: true })
  expect((await get(`/v3/services/${compute.id}`)).body.service).toEqual(compute)
  const { endpoints } = (await get('/v3/endpoints', ['service_id', compute.id])).body
  expect(endpoints.length).toBeGreaterThan(20)
  expect(endpoints[0].url).toMatch(/^https:\/\/ecs\..+\.myhuaweicloud\.com\/v2\.1\/\$\(tenant_id\)s$/)
  expect((await get(`/v3/endpoints/${endpoints[0].id}`)).body.endpoint).toEqual(endpoints[0])
  expect((await get('/v3/endpoints', ['interface', 'admin'])).body.endpoints).toEqual([])
  for (const path of ['/v3/services/nobody', '/v3/endpoints/nobody'])
    expect((await get(path)).body.error).toMatchObject({ code: 404, title: 'Not Found' })
})
