/**
 * A thousand callers who wait for ten jobs, half by `wait`, half by events, while another asks for a list over and over:
 * how many polls that costs, and whether it slows the others down. `npm run build` first.
 */
import { SANDBOX_KEYS } from '../src/sandbox/keys.ts'
import { end, median, program, start } from './processes.ts'

const WAITERS = 1_000
const JOBS = 10
const SECONDS = 20
const REGION = 'cn-east-2'

const sandbox = await start([program, 'sandbox', '--port', '0', '--pace', 'clock:3600000'])
const gateway = await start([program, 'serve', '--port', '0', '--log-level', 'error'], {
  HUAWEICLOUD_ENDPOINT_URL: sandbox.url,
})
const headers = {
  'x-access-key': SANDBOX_KEYS.accessKey,
  'x-secret-key': SANDBOX_KEYS.secretKey,
  'content-type': 'application/json',
}
const ask = (path: string, init: RequestInit = {}) => fetch(`${gateway.url}${path}`, { headers, ...init })

const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T

/** At this pace a job takes an hour. */
async function beginJob(): Promise<string> {
  const body = JSON.stringify({
    regionId: REGION,
    name: 'bench',
    imageId: '88faab67-9e31-48d9-8027-f8a025da94de',
    instanceType: 'ac6.12xlarge.2',
    vpcId: 'dd7bac93-90f9-4fd3-8d4e-335e178f7aa5',
    nics: [{ subnetId: '3ffaa982-367f-4633-927a-ad4866e2ad4a' }],
    rootVolume: { volumeType: 'SSD', size: 40 },
  })
  const answer = await json<{ data: { value: { job_id: string } } }>(
    ask('/api/instances', { method: 'POST', body }),
  )
  return answer.data.value.job_id
}

async function polls(): Promise<number> {
  const log = (query: string) =>
    json<{ last: number; events: { operation?: string }[] }>(fetch(`${sandbox.url}/_sandbox/events?${query}`))
  const { last } = await log('limit=1')
  let count = 0
  for (let after = 0; after < last; after += 1_000) {
    const { events } = await log(`after=${after}&limit=1000`)
    count += events.filter(({ operation }) => operation === 'ShowJob').length
  }
  return count
}

async function timeLists(count: number): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < count; round += 1) {
    const began = performance.now()
    await (await ask(`/api/instances?regionId=${REGION}`)).text()
    times.push(performance.now() - began)
  }
  return median(times)
}

try {
  const jobs: string[] = []
  for (let job = 0; job < JOBS; job += 1) jobs.push(await beginJob())
  await timeLists(20)
  const alone = await timeLists(200)
  const leave = new AbortController()
  const waiters = Array.from({ length: WAITERS }, (_, index) => {
    const job = `/api/jobs/${jobs[index % JOBS]}`
    const path = index % 2 ? `${job}?regionId=${REGION}&wait=300` : `${job}/events?regionId=${REGION}`
    return ask(path, { signal: leave.signal })
      .then((answer) => answer.text())
      .catch(() => '')
  })
  await new Promise((resolve) => setTimeout(resolve, 2_000)) // until all have come
  const before = await polls()
  const began = performance.now()
  const beside = await timeLists(200)
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000 - (performance.now() - began)))
  const seconds = (performance.now() - began) / 1_000
  const perJob = ((await polls()) - before) / JOBS / seconds
  leave.abort()
  await Promise.all(waiters)
  console.log(
    `${WAITERS} waiters on ${JOBS} jobs: ${perJob.toFixed(2)} polls per job and second (goal: at most 1)`,
  )
  console.log(
    `a list beside them: ${beside.toFixed(1)} ms, without them ${alone.toFixed(1)} ms: ${(beside / alone).toFixed(2)} ×`,
  )
  if (perJob > 1) process.exitCode = 1
} finally {
  await end(gateway)
  await end(sandbox)
}
