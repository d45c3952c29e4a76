import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'

test.each([
  ['no-quota-1', 'Ecs.0001'],
  ['off-sale-1', 'Ecs.0018'],
  ['no-money-1', 'Ecs.7000'],
])('%s is refused with %s', async (name, code) => {
  const ecs = ecsIn(await startCloud())
  const { status, body } = await ecs.create({ server: await ecs.wanted({ name }) })
  expect(status).toBe(400)
  expect(body.error.code).toBe(code)
})

test.each([
  ['sold-out-1', 'Ecs.0319'],
  ['build-fails-1', 'Ecs.0219'],
])('%s is taken, and its job fails with %s', async (name, code) => {
  const ecs = ecsIn(await startCloud())
  const { job_id, serverIds } = (await ecs.create({ server: await ecs.wanted({ name, count: 2 }) })).body
  const job = (await ecs.job(job_id)).body
  expect(job.status).toBe('FAIL')
  for (const part of job.entities.sub_jobs) expect(part.error_code).toBe(code)
  expect((await ecs.show(serverIds[0])).body.server.status).toBe('ERROR')
})

test('other names are just names', async () => {
  const ecs = ecsIn(await startCloud())
  const { status } = await ecs.create({ server: await ecs.wanted({ name: 'not-sold-out-1' }) })
  expect(status).toBe(200)
})
