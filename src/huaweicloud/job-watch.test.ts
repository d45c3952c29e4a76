import { expect, test } from 'vitest'
import { type Caller, identifier } from './caller.ts'
import { type Failure, UpstreamFailure } from './failure.ts'
import { buildJobWatch, type JobAsk, type SeenJob, type WatchSettings } from './job-watch.ts'
import { jobOperation } from './jobs.ts'
import type { Operation } from './operation.ts'
import { handClock, settled } from './test-outside.ts'
import type { Answer } from './transport.ts'

const caller: Caller = { accessKey: 'AK', secretKey: 'SK' }
const ask: JobAsk = { caller, region: 'cn-north-4', jobId: 'job-1', services: ['ecs'] }
const never = new AbortController().signal
const job = (status: string) => `{ "status":"${status}", "n":1.0 }`

function failure(failure: Failure, operation: Operation = jobOperation('ecs')): UpstreamFailure {
  return new UpstreamFailure(failure, { operation, region: 'cn-north-4', host: 'h', sent: true })
}
const refusedWith = (status: number, code: string) => failure({ kind: 'refused', status, refusal: { code } })

/** A watch over a Huawei Cloud that answers as the test says at the moment. */
function watching(answer: (service: string, poll: number) => string | Error) {
  const outside = handClock()
  const polls: string[] = []
  const untils: number[] = []
  const call: WatchSettings['call'] = async (operation, { until }) => {
    untils.push(until)
    polls.push(operation.service)
    const said = answer(operation.service, polls.length)
    if (said instanceof Error) throw said
    return { status: 200, host: 'h', body: Buffer.from(said), requestId: `r${polls.length}` }
  }
  const projectOf = async () => 'p-1'
  const watch = buildJobWatch({ call, projectOf, identify: identifier(), outside, lookMs: 1_000 })
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) {
      outside.advance(100)
      await settled()
    }
  }
  return { watch, polls, untils, pass, outside }
}

test('a thousand who wait for a job share one poll a second and learn of its end together', async () => {
  let status = 'RUNNING'
  const { watch, polls, pass } = watching(() => job(status))
  const waiters = Array.from({ length: 1_000 }, () => watch.until({ ...ask, caller: { ...caller } }, never))
  await pass(10_000)
  expect(polls.length).toBeGreaterThan(5)
  expect(polls.length).toBeLessThanOrEqual(11)
  status = 'SUCCESS'
  await pass(2_000)
  const seen = await Promise.all(waiters)
  expect(new Set(seen).size).toBe(1)
  expect(seen[0]?.bytes.toString()).toBe(job('SUCCESS'))
})

test.each<[who: string, other: Partial<JobAsk>]>([
  ['another secret', { caller: { ...caller, secretKey: 'other' } }],
  ['a token beside', { caller: { ...caller, securityToken: 't' } }],
  ['another region', { region: 'cn-south-1' }],
  ['another project', { projectId: 'p' }],
  ['another job', { jobId: 'job-2' }],
])('%s shares nothing', async (_, other) => {
  const { watch, polls, outside } = watching(() => job('SUCCESS'))
  await Promise.all([watch.until(ask, never), watch.until({ ...ask, ...other }, never)])
  expect(polls).toHaveLength(2)
  watch.close()
  await settled()
  expect(outside.sleeping).toBe(0)
})

test('who comes back within a second is told what is known, ended or not', async () => {
  let status = 'RUNNING'
  const { watch, polls, pass } = watching(() => job(status))
  for (let round = 0; round < 20; round += 1) await watch.once(ask)
  expect(polls).toHaveLength(1)
  await pass(1_100)
  status = 'FAIL'
  const [first] = await Promise.all([watch.until(ask, never), pass(1_100)])
  expect(first.ended).toBe(true)
  const count = polls.length
  expect((await watch.until(ask, never)).ended).toBe(true)
  expect(polls).toHaveLength(count)
  await pass(1_200)
  await watch.until(ask, never)
  expect(polls).toHaveLength(count + 1)
})

test('asks less often as time goes on, and stops when nobody follows', async () => {
  const { watch, polls, pass } = watching(() => job('RUNNING'))
  const leave = watch.follow(ask, { seen: () => {}, failed: () => {}, troubled: () => {} })
  await pass(60_000)
  const inFirstMinute = polls.length
  expect(inFirstMinute).toBeGreaterThan(20)
  await pass(300_000)
  expect(polls.length - inFirstMinute).toBeLessThan(110)
  leave()
  await pass(10_000)
  const count = polls.length
  await pass(60_000)
  expect(polls).toHaveLength(count)
})

test('time up: the job as it was seen last', async () => {
  const { watch, pass } = watching(() => job('RUNNING'))
  const timeUp = new AbortController()
  const waiting = watch.until(ask, timeUp.signal)
  await pass(3_000)
  timeUp.abort()
  expect((await waiting).job.status).toBe('RUNNING')
})

test.each<[what: string, trouble: Error]>([
  ['a broken line', failure({ kind: 'truncated' })],
  ['a slow answer', failure({ kind: 'timeout' })],
  ['an unreachable host', failure({ kind: 'unreachable', why: 'connection' })],
  ['a crowd of ours', failure({ kind: 'overloaded', by: 'all' })],
  ['throttling', refusedWith(429, 'APIGW.0308')],
  ['throttling in disguise', refusedWith(400, 'Common.0024')],
  ['a failure of Huawei’s', refusedWith(503, 'Common.1503')],
])('%s passes: the next poll is waited for', async (_, trouble) => {
  const { watch, pass } = watching((__, poll) => (poll === 1 ? trouble : job('SUCCESS')))
  const [seen] = await Promise.all([watch.until(ask, never), pass(2_000)])
  expect(seen.ended).toBe(true)
})

test('trouble until the time is up is the answer', async () => {
  const trouble = failure({ kind: 'timeout' })
  const { watch, pass } = watching(() => trouble)
  const timeUp = new AbortController()
  const waiting = watch.until(ask, timeUp.signal)
  waiting.catch(() => {})
  await pass(3_000)
  timeUp.abort()
  await expect(waiting).rejects.toBe(trouble)
})

test.each<[what: string, refusal: Error]>([
  ['an unknown job', refusedWith(400, 'Common.0011')],
  ['a wrong secret', refusedWith(401, 'APIGW.0301')],
  ['a missing right', refusedWith(403, 'Ecs.0003')],
])('%s ends the wait of all', async (_, refusal) => {
  const { watch, polls } = watching(() => refusal)
  const waiters = await Promise.allSettled([watch.until(ask, never), watch.until(ask, never)])
  expect(waiters.map((one) => one.status === 'rejected' && one.reason)).toEqual([refusal, refusal])
  expect(polls).toHaveLength(1)
})

test.each(['[]', '{}', '{"status":1}', '{"status":"SUCC', 'null'])('%s is no job', async (text) => {
  const { watch } = watching(() => text)
  await expect(watch.once(ask)).rejects.toMatchObject({
    failure: { kind: 'nonsense', why: 'protocol' },
  })
})

test('a look knows how long it may take', async () => {
  const { watch, untils, outside } = watching(() => job('SUCCESS'))
  outside.advance(5_000)
  await watch.once(ask)
  expect(untils).toEqual([6_000])
})

test('what makes no sense, or does not get through, is looked at again', async () => {
  const troubles = [failure({ kind: 'nonsense', why: 'content-type' }), failure({ kind: 'timeout' })]
  const { watch, pass } = watching(() => troubles.shift() ?? job('SUCCESS'))
  const waiting = watch.until(ask, never)
  await pass(3_000)
  expect((await waiting).ended).toBe(true)
})

test('services are asked in turn, and the one that knows the job from then on', async () => {
  const { watch, polls, pass } = watching((service, poll) =>
    service === 'evs' ? job(poll > 4 ? 'SUCCESS' : 'RUNNING') : refusedWith(400, 'Common.0011'),
  )
  await Promise.all([watch.until({ ...ask, services: ['ecs', 'ims', 'evs'] }, never), pass(3_000)])
  expect(polls).toEqual(['ecs', 'ims', 'evs', 'evs', 'evs'])
})

test('a job that no service knows is refused in the words of the first', async () => {
  const refusals = { ecs: refusedWith(400, 'Common.0011'), ims: refusedWith(400, 'Common.0011') }
  const { watch } = watching((service) => refusals[service as 'ecs' | 'ims'])
  await expect(watch.until({ ...ask, services: ['ecs', 'ims'] }, never)).rejects.toBe(refusals.ecs)
})

test('an unpaid order ends the wait', async () => {
  const { watch } = watching(() => job('PENDING_PAYMENT'))
  expect((await watch.until(ask, never)).ended).toBe(true)
})

test('followers are told every state, a newcomer the last one at once', async () => {
  const states = ['INIT', 'RUNNING', 'SUCCESS']
  const { watch, pass } = watching((_, poll) => job(states[poll - 1] ?? 'SUCCESS'))
  const told: Record<string, string[]> = { first: [], second: [] }
  const follower = (name: string) => ({
    seen: ({ job: { status } }: SeenJob) => void told[name]?.push(status),
    failed: () => {},
    troubled: () => {},
  })
  watch.follow(ask, follower('first'))
  await pass(1_300)
  watch.follow(ask, follower('second'))
  await pass(3_000)
  expect(told).toEqual({ first: ['INIT', 'RUNNING', 'SUCCESS'], second: ['RUNNING', 'SUCCESS'] })
})

test('time up and nothing seen: a timeout at once, not when the look is given up', async () => {
  const outside = handClock()
  const hanging = () => new Promise<Answer>(() => {})
  const projectOf = async () => 'p-1'
  const watch = buildJobWatch({ call: hanging, projectOf, identify: identifier(), outside, lookMs: 10_000 })
  const timeUp = new AbortController()
  const waiting = watch.until(ask, timeUp.signal)
  timeUp.abort()
  await expect(waiting).rejects.toMatchObject({ failure: { kind: 'timeout' } })
})

test('a job asked for in several words is polled once, as soon as it is known', async () => {
  let status = 'RUNNING'
  const { watch, polls, pass } = watching((service) =>
    service === 'ecs' ? job(status) : refusedWith(400, 'Common.0011'),
  )
  const words: Partial<JobAsk>[] = [
    {},
    { projectId: 'p-1' },
    { services: ['ecs', 'ims', 'evs'] },
    { services: ['ecs', 'ims', 'evs'], projectId: 'p-1' },
  ]
  const waiters = words.map((more) => watch.until({ ...ask, ...more }, never))
  await pass(1_000)
  const first = polls.length
  expect(first).toBeLessThanOrEqual(5)
  await pass(10_000)
  expect(polls.length - first).toBeLessThanOrEqual(10)
  const late = watch.until({ ...ask, services: ['ecs', 'ims', 'evs'] }, never)
  status = 'SUCCESS'
  await pass(2_500)
  expect((await Promise.all([...waiters, late])).every(({ ended }) => ended)).toBe(true)
})

test('who leaves after the job moved to another poll is forgotten there too', async () => {
  const { watch, polls, pass } = watching(() => job('RUNNING'))
  const follower = () => ({ seen: () => {}, failed: () => {}, troubled: () => {} })
  const leaves = [watch.follow(ask, follower()), watch.follow({ ...ask, projectId: 'p-1' }, follower())]
  await pass(3_000)
  for (const leave of leaves) leave()
  await pass(3_000)
  const count = polls.length
  await pass(10_000)
  expect(polls).toHaveLength(count)
})
