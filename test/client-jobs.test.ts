import { describe, expect, test } from 'vitest'
import { createClient } from '../packages/client/src/index.ts'
import { answering, startClient, still } from './helpers/client.ts'

const regionId = 'cn-south-1'
const job = (status: string, ended = 0, parts = 0) => ({
  job_id: 'j',
  status,
  ...(parts > 0
    ? {
        entities: {
          sub_jobs: Array.from({ length: parts }, (_, index) => ({
            status: index < ended ? 'SUCCESS' : 'INIT',
          })),
        },
      }
    : {}),
})
const events = (...told: readonly (readonly [id: string, job: unknown])[]) =>
  new Response(told.map(([id, data]) => `event: job\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`).join(''))
const answered = (value: unknown) => Response.json({ data: { value } })

describe('waitForJob', () => {
  test('waits for the end, and tells how far it is', async () => {
    const { client } = await startClient({ HCA_SANDBOX_PACE: 'poll:3' })
    const { servers = [] } = await client.listInstances({ regionId })
    const { job_id: jobId = '' } = await client.startInstances({
      regionId,
      servers: servers.map(({ id = '' }) => ({ id })),
    })
    const told: string[] = []
    const ended = await client.waitForJob(
      { regionId, jobId },
      { onProgress: ({ ended, parts, job }) => told.push(`${ended}/${parts} ${job.status}`) },
    )
    expect(ended).toMatchObject({ job_id: jobId, status: 'SUCCESS' })
    expect(told[0]).toMatch(/^0\/2 (?:INIT|RUNNING)$/)
    expect(told.at(-1)).toBe('2/2 SUCCESS')
  })

  test('takes a lost line up where it broke', async () => {
    const { fetch, asked } = answering(
      () => events(['1', job('INIT', 0, 2)], ['2', job('RUNNING', 1, 2)]),
      () => events(['3', job('SUCCESS', 2, 2)]),
    )
    const { outside, slept } = still()
    const client = createClient({ fetch, outside })
    const told: number[] = []
    const ended = await client.waitForJob(
      { regionId, jobId: 'j' },
      { onProgress: ({ ended }) => told.push(ended) },
    )
    expect(ended.status).toBe('SUCCESS')
    expect(told).toEqual([0, 1, 2])
    expect(asked.map(({ init }) => new Headers(init.headers).get('last-event-id'))).toEqual([null, '2'])
    expect(slept).toEqual([2_000])
  })

  test('asks again and again where events do not get through', async () => {
    const { fetch, asked } = answering(
      ...Array.from({ length: 6 }, () => () => new Response('<html>proxy</html>')),
      () => answered(job('RUNNING')),
      () => answered(job('FAIL')),
    )
    const client = createClient({ fetch, outside: still().outside })
    expect(await client.waitForJob({ regionId, jobId: 'j' })).toEqual(job('FAIL'))
    expect(asked.at(-1)?.url).toMatch(/\/api\/jobs\/j\?regionId=cn-south-1&wait=20$/)
  })

  test('throws what is refused, at once', async () => {
    const { client } = await startClient()
    await expect(client.waitForJob({ regionId, jobId: 'nope', service: 'ecs' })).rejects.toMatchObject({
      status: 400,
      reason: 'Common.0011',
    })
  })

  test('throws what an event says', async () => {
    const said = {
      error: {
        code: 403,
        status: 'PERMISSION_DENIED',
        message: 'No.',
        details: [
          { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'No.1', domain: 'x', metadata: {} },
        ],
      },
    }
    const { fetch } = answering(() => new Response(`event: error\ndata: ${JSON.stringify(said)}\n\n`))
    await expect(createClient({ fetch }).waitForJob({ regionId, jobId: 'j' })).rejects.toMatchObject({
      reason: 'No.1',
    })
  })

  test.each([
    ['no JSON', 'data: {"job_id"\n\n'],
    ['no job', 'data: 7\n\n'],
    ['an error that says nothing', 'event: error\ndata: {}\n\n'],
    ['nothing', ''],
  ])('gives up following one whose events tell %s, again and again', async (_, garbage) => {
    const { fetch, asked } = answering(...Array.from({ length: 6 }, () => () => new Response(garbage)), () =>
      events(['1', job('SUCCESS')]),
    )
    const { outside, slept } = still()
    const follow = async () => {
      for await (const _ of createClient({ fetch, outside }).followJob({ regionId, jobId: 'j' }));
    }
    await expect(follow()).rejects.toMatchObject({ reason: 'ANSWER_UNREADABLE' })
    expect([asked.length, slept]).toEqual([6, Array(5).fill(2_000)])
  })

  test.each(['timeoutMs', 'signal'])('ends by %s, though the job has not', async (by) => {
    const { client } = await startClient({ HCA_SANDBOX_PACE: 'poll:1000000' })
    const { servers = [] } = await client.listInstances({ regionId })
    const { job_id: jobId = '' } = await client.startInstances({
      regionId,
      servers: [{ id: servers[0]?.id ?? '' }],
    })
    const over = new AbortController()
    const waiting = client.waitForJob(
      { regionId, jobId },
      {
        ...(by === 'signal' ? { signal: over.signal } : { timeoutMs: 300 }),
        onProgress: () => over.abort(new RangeError('enough')),
      },
    )
    await expect(waiting).rejects.toThrow(by === 'signal' ? 'enough' : 'The time for it, 0.3 s, is over.')
  })
})

test('an answer can wait for its job', async () => {
  const { client } = await startClient()
  const { servers = [] } = await client.listInstances({ regionId })
  const [{ id = '' } = {}] = servers
  const { results, job } = await client.startInstances({ regionId, servers: [{ id }] }, { waitSeconds: 30 })
  expect(results).toEqual([{ id, ok: true }])
  expect(job?.status).toBe('SUCCESS')
})
