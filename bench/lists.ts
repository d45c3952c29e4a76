/**
 * One list of everything: 10,000 servers over all regions, one of which hangs. How long it takes, and how much the
 * gateway grows by it. `npm run build` first.
 */
import { writeFileSync } from 'node:fs'
import { SANDBOX_KEYS } from '../src/sandbox/keys.ts'
import { end, file, memoryMib, program, type Started, start } from './processes.ts'
import { sandboxAt } from './sandbox-client.ts'

const SERVERS = 10_000
const DEADLINE_S = 2
const GOAL_MS = 3_000
const GOAL_MIB = 64
const HANGING = 'cn-east-3'
const headers = { 'x-access-key': SANDBOX_KEYS.accessKey, 'x-secret-key': SANDBOX_KEYS.secretKey }

const started: Started[] = []

/** Lets the most that a process held begin anew. */
const forgetMost = (pid: number) => writeFileSync(`/proc/${pid}/clear_refs`, '5')

async function control(url: string, path: string, body?: object): Promise<Log> {
  const method = body ? 'POST' : 'GET'
  const init = body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}
  const response = await fetch(`${url}/_sandbox/${path}`, { method, ...init })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json() as Promise<Log>
}

interface Log {
  events: { operation?: string }[]
}

async function ask(url: string, path: string) {
  const began = performance.now()
  const response = await fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(60_000) })
  const text = await response.text()
  const ms = performance.now() - began
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 500)}`)
  return { value: JSON.parse(text).data.value, ms, mib: Buffer.byteLength(text) / 2 ** 20 }
}

/** How often IAM was asked for projects. */
async function lookUpsOf(url: string): Promise<number> {
  const { events } = await control(url, 'events?limit=10000')
  return events.filter(({ operation }) => /ListProjects/i.test(operation ?? '')).length
}

async function measure(): Promise<boolean> {
  const sandbox = await start([file('sandbox-process.ts')])
  started.push(sandbox)
  const quiet = ['--port', '0', '--sandbox', 'off', '--log-level', 'warn']
  const gateway = await start([program, 'serve', ...quiet], {
    HUAWEICLOUD_ENDPOINT_URL: sandbox.url,
    HCA_REGION_DEADLINE: String(DEADLINE_S),
  })
  started.push(gateway)
  const path = '/api/instances?regionId=*&all=true'
  const { value } = await ask(gateway.url, '/api/regions')
  const regions: string[] = value.regions.map(({ Id }: { Id: string }) => Id)
  const { value: there } = await ask(gateway.url, path) // to be warm; few servers are there from the beginning
  const each = Math.ceil(SERVERS / (regions.length - 1))
  for (const region of regions) await (await sandboxAt(sandbox.url, region)).create(each)
  const isSlow = { on: 'ecs.ListServersDetails', region: HANGING, do: { delay: 60_000 } }
  await control(sandbox.url, 'faults', isSlow)

  const before = memoryMib(gateway.pid)
  forgetMost(gateway.pid)
  const first = await ask(gateway.url, path)
  const most = memoryMib(gateway.pid, 'VmHWM')
  const after = memoryMib(gateway.pid)
  const second = await ask(gateway.url, path)
  const lookUps = await lookUpsOf(sandbox.url)

  const servers = each * (regions.length - 1) + there.count
  const failed = first.value.errors.map(({ regionId }: { regionId: string }) => regionId)
  const ids = new Set(
    first.value.servers.map(({ id, regionId }: Record<string, string>) => `${regionId}/${id}`),
  )
  const rows: [what: string, measured: string, goal: string, kept: boolean][] = [
    [`regions asked (${regions.length})`, `${regions.length - failed.length} answered`, '', true],
    [
      'servers listed',
      String(first.value.servers.length),
      `${servers}, each once`,
      first.value.servers.length === servers && ids.size === servers && first.value.count === servers,
    ],
    ['regions in errors', failed.join(', '), HANGING, failed.join() === HANGING],
    ['bytes of the list', `${first.mib.toFixed(1)} MiB`, '', true],
    ['time', `${first.ms.toFixed(0)} ms`, `< ${GOAL_MS} ms`, first.ms < GOAL_MS],
    ['time, asked again', `${second.ms.toFixed(0)} ms`, `< ${GOAL_MS} ms`, second.ms < GOAL_MS],
    ['gateway, resident before', `${before.toFixed(0)} MiB`, '', true],
    [
      'gateway, grown at most',
      `${(most - before).toFixed(0)} MiB`,
      `< ${GOAL_MIB} MiB`,
      most - before < GOAL_MIB,
    ],
    ['gateway, grown after', `${(after - before).toFixed(0)} MiB`, '', true],
    ['times projects were asked for', String(lookUps), '1', lookUps === 1],
  ]
  for (const [what, measured, goal, kept] of rows)
    console.log(`${what.padEnd(30)} ${measured.padStart(16)}   ${goal}${kept ? '' : '   MISSED'}`)
  return rows.every(([, , , kept]) => kept)
}

try {
  process.exitCode = (await measure()) ? 0 : 1
} finally {
  for (const one of started) await end(one)
}
