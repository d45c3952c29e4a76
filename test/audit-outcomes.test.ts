import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { answering, auditLines, auditPlace, idOf, linesIn, PARAMS, stop } from './helpers/audit.ts'
import { ask, keyHeaders, ourErrorOf, send, startBefore, startHouse } from './helpers/house.ts'

describe('the outcome is', () => {
  const ecs = (code: string) => JSON.stringify({ error: { code, message: 'no' } })
  test.each<[string, RequestListener, object]>([
    [
      'refused, with the code of Huawei Cloud',
      answering(400, ecs('Ecs.0114')),
      { outcome: 'refused', status: 400, reason: 'Ecs.0114', upstreamRequestId: 'up-1' },
    ],
    [
      'refused for a throttling that looks like a success',
      answering(202, ecs('Common.0024')),
      { outcome: 'refused', status: 202, reason: 'Common.0024' },
    ],
    [
      'refused for a subnet in use, though it looks like a failure',
      answering(500, '{"code":"VPC.0209","message":"in use"}'),
      { outcome: 'refused', status: 500, reason: 'VPC.0209' },
    ],
    [
      'failed where Huawei Cloud failed',
      answering(500, ecs('Ecs.0000')),
      { outcome: 'failed', status: 500, reason: 'Ecs.0000' },
    ],
    [
      'failed where it sends us elsewhere',
      answering(302, '', { location: 'http://127.0.0.1:1/' }),
      { outcome: 'failed', reason: 'UPSTREAM_REDIRECT' },
    ],
    [
      'unknown where its answer was lost',
      (_, response) => void response.destroy(),
      { outcome: 'unknown', reason: 'UPSTREAM_OUTCOME_UNKNOWN' },
    ],
    [
      'unknown where its answer is nonsense',
      answering(200, '<html>'),
      { outcome: 'unknown', reason: 'UPSTREAM_OUTCOME_UNKNOWN' },
    ],
    [
      'without a code that no code looks like',
      answering(400, ecs('made up\nby somebody')),
      { outcome: 'refused', status: 400, reason: '*' },
    ],
  ])('%s', async (_, upstream, wanted) => {
    const file = auditPlace()
    const { url } = await startBefore(upstream, { HCA_AUDIT_FILE: file })
    await stop(url)
    const [intent, outcome, ...more] = await auditLines(file, 2)
    expect(intent).toMatchObject({ kind: 'intent' })
    expect(outcome).toMatchObject({ kind: 'outcome', intent: 1, ...wanted })
    expect(more).toEqual([])
  })

  test('not-sent where nobody could be reached', async () => {
    const file = auditPlace()
    const { url } = await startHouse({
      HCA_AUDIT_FILE: file,
      HUAWEICLOUD_ENDPOINT_URL: `http://127.0.0.1:${await unusedPort()}`,
    })
    await stop(url)
    const [, outcome] = await auditLines(file, 2)
    expect(outcome).toMatchObject({ outcome: 'not-sent', reason: 'UPSTREAM_UNREACHABLE' })
  })

  test('not-sent where its project could not be found', async () => {
    const file = auditPlace()
    const { url } = await startBefore(answering(200, '{"projects":[]}'), { HCA_AUDIT_FILE: file })
    const body = { regionId: 'cn-south-1', servers: ['ins-1'] }
    const got = await send('PUT', `${url}/api/instances/start`, body, keyHeaders)
    expect(ourErrorOf(got).reason).toBe('REGION_NOT_OPENED')
    const [intent, outcome] = await auditLines(file, 2)
    expect(intent).not.toHaveProperty('projectId')
    expect(outcome).toMatchObject({ outcome: 'not-sent', reason: 'REGION_NOT_OPENED' })
  })
})

test('not-sent where IAM refused to look its project up', async () => {
  const file = auditPlace()
  const denied = '{"error":{"code":403,"message":"not authorized","title":"Forbidden"}}'
  const { url } = await startBefore(answering(403, denied), { HCA_AUDIT_FILE: file })
  const body = { regionId: 'cn-south-1', servers: ['ins-1'] }
  expect((await send('PUT', `${url}/api/instances/start`, body, keyHeaders)).status).toBe(403)
  const [, outcome] = await auditLines(file, 2)
  expect(outcome).toMatchObject({ outcome: 'not-sent' })
  expect(outcome).not.toHaveProperty('status')
})

async function unusedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('raw calls', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s leaves both lines, with its path', async (method) => {
    const file = auditPlace()
    const { url } = await startBefore(answering(202, '{"job_id":"job-1"}'), { HCA_AUDIT_FILE: file })
    const target = `${url}/api/raw/evs/v2/{project_id}/cloudvolumes/2f0c2f6e-1a0b-4a7e-8a6c-000000000001/os-extend`
    const got = await ask(`${target}?${new URLSearchParams(PARAMS)}`, { method, headers: keyHeaders })
    expect(got.status).toBe(202)
    const [intent, outcome] = await auditLines(file, 2)
    expect(intent).toMatchObject({
      requestId: idOf(got),
      route: '/api/raw/*',
      service: 'evs',
      operation: 'raw',
      method,
      path: '/v2/{project_id}/cloudvolumes/2f0c2f6e-1a0b-4a7e-8a6c-000000000001/os-extend',
      regionId: 'cn-south-1',
      projectId: 'p-1',
    })
    expect(outcome).toMatchObject({ intent: 1, outcome: 'done', status: 202, jobId: 'job-1' })
  })

  test('GET leaves nothing', async () => {
    const file = auditPlace()
    const { url } = await startBefore(answering(200, '{}'), { HCA_AUDIT_FILE: file })
    await ask(`${url}/api/raw/ecs/v1/{project_id}/x?${new URLSearchParams(PARAMS)}`, { headers: keyHeaders })
    expect(linesIn(file)).toEqual([])
  })

  test.each<[number, string, object]>([
    [
      409,
      '{"error":{"code":"Ecs.0030","message":"no"}}',
      { outcome: 'refused', status: 409, reason: 'Ecs.0030' },
    ],
    [503, '{}', { outcome: 'failed', status: 503 }],
    [302, '', { outcome: 'failed', status: 302 }],
    [202, '{"error":{"code":"Common.0024","message":"slow"}}', { outcome: 'refused', reason: 'Common.0024' }],
  ])('answered %i %s say so', async (status, body, wanted) => {
    const file = auditPlace()
    const { url } = await startBefore(answering(status, body), { HCA_AUDIT_FILE: file })
    const target = `${url}/api/raw/ecs/v1/{project_id}/x?${new URLSearchParams(PARAMS)}`
    await ask(target, { method: 'POST', headers: keyHeaders, redirect: 'manual' })
    expect((await auditLines(file, 2))[1]).toMatchObject(wanted)
  })
})
