import { appendFileSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { auditLines, auditPlace, expectWhole, stop } from './helpers/audit.ts'
import { isWhole, type Line, lineTo } from './helpers/callers.ts'
import { startDouble } from './helpers/double.ts'
import { parseExposition } from './helpers/exposition.ts'
import { asked, askRaw, type Got, KEYS, keyHeaders, ourErrorOf, send } from './helpers/house.ts'
import { numberAt } from './helpers/scrape.ts'
import { startWorkers } from './helpers/workers.ts'

const IMAGES = '/api/images?regionId=cn-south-1&projectId=p-1'
const POLL = { interval: 5, timeout: 10_000 }
const REGIONS = '/api/regions?regionType=ecs'
const SANDBOX = {
  'x-access-key': 'SANDBOXACCESSKEY0001',
  'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000001',
}
const lines = (headers: Record<string, string>) =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`)

/** Each on a connection of its own: they go to the workers in turn. */
const inTurn = (url: string, target: string, headers: Record<string, string> = keyHeaders): Promise<Got> =>
  askRaw(url, { target, headers: lines(headers) })

async function times<T>(count: number, one: (n: number) => Promise<T>): Promise<T[]> {
  const all: T[] = []
  for (let n = 0; n < count; n += 1) all.push(await one(n))
  return all
}

const counted = (answers: readonly { status: number }[], status: number) =>
  answers.filter((one) => one.status === status).length

/** The double, with two workers in front of it. */
async function startBothWorkers(env: Record<string, string> = {}) {
  const double = await startDouble(KEYS)
  onTestFinished(() => double.close())
  double.answer('GET /v2/images', { body: '{"images":[]}' })
  const house = await startWorkers({ HUAWEICLOUD_ENDPOINT_URL: double.url, ...env })
  return { ...house, double }
}

describe('two workers', { timeout: 60_000 }, () => {
  test('serve one sandbox on all ports, count together, and write whole log lines', async () => {
    const { url, urls, pids, log, program } = await startWorkers({ HCA_SANDBOX_PACE: 'at-once' }, '', '0,0')
    expect(new Set(pids()).size).toBe(2)
    expect(await program.says(/try: /)).toMatch(
      /^huawei-cloud-api \S+ listens on \S+ and \S+\nsandbox keys: .*\ntry: .*\n$/,
    )

    expect(new Set(urls).size).toBe(2)
    for (const each of [...urls, ...urls]) expect((await inTurn(each, '/livez')).status).toBe(200)

    const stopped = await send(
      'PUT',
      `${url}/api/instances/stop`,
      { regionId: 'cn-east-2', servers: ['ins-r8hr2upy'] },
      SANDBOX,
    )
    expect(stopped.status, stopped.text).toBe(200)
    const seen = await times(4, () => inTurn(url, '/api/instances/ins-r8hr2upy?regionId=cn-east-2', SANDBOX))
    expect(seen.map(({ json }) => json.data.value.server.status)).toEqual(Array(4).fill('SHUTOFF'))
    const world = await times(2, () => inTurn(url, '/_sandbox/world', SANDBOX))
    expect(new Set(world.map((got) => got.text)).size).toBe(1)

    await Promise.all(Array.from({ length: 40 }, () => inTurn(url, REGIONS)))
    await expect.poll(() => log().filter(({ route }) => route === '/api/regions').length, POLL).toBe(40)
    for (const _ of [1, 2]) {
      const { samples } = parseExposition((await inTurn(url, '/metrics')).text)
      const requests = samples.filter(
        ({ name, labels }) => name === 'hca_http_requests_total' && labels.route === '/api/regions',
      )
      expect(requests.map(({ value }) => value)).toEqual([40])
      const began = samples.filter(({ name }) => name === 'process_start_time_seconds')
      expect(began.map(({ value }) => Math.abs(Date.now() / 1_000 - value) < 600)).toEqual([true])
      expect(samples.filter(({ name }) => name === 'hca_build_info').map(({ value }) => value)).toEqual([1])
    }
  })

  test('have half of each rate, and both of them all of it', async () => {
    const { url } = await startBothWorkers({ HCA_RATE_CALLER: '4' })
    const kept = () => new Agent({ keepAlive: true, maxSockets: 1 })
    const agents = [kept(), kept()]
    onTestFinished(() => agents.forEach((agent) => void agent.destroy()))
    const one = (agent: Agent) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        get(`${url}${IMAGES}`, { agent, headers: keyHeaders }, resolve).on('error', reject)
      }).then(async (response) => {
        await text(response)
        return { status: response.statusCode ?? 0, limit: response.headers['ratelimit-limit'] }
      })
    // Twice the rate at once, over both; on a busy machine a little comes back meanwhile.
    for (const agent of agents) {
      const answers = await times(15, () => one(agent))
      expect(answers[0]?.limit).toBe('4')
      expect(counted(answers, 200)).toBeGreaterThanOrEqual(4)
      expect(counted(answers, 429)).toBeGreaterThan(0)
    }
  })

  test('have half of the connections each, and close what is more', async () => {
    const { url } = await startWorkers({ HCA_MAX_CONNECTIONS: '2' })
    const ask = (line: Line, target: string) => {
      line.socket.write(`GET ${target} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`)
      return line.until(isWhole)
    }
    const open = [await lineTo(url), await lineTo(url)]
    for (const line of open) expect(await ask(line, '/livez')).toContain('200 OK')
    const more = await Promise.all([lineTo(url), lineTo(url)])
    for (const line of more) await line.ended
    const [first] = open as [Line]
    first.socket.write(`GET /metrics HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`)
    expect(await first.until((text) => /nodejs_eventloop_lag_max_seconds \d/.test(text))).toMatch(
      /hca_connections_dropped_total 2\n/,
    )
  })

  test('try a wrong secret no more often than one would', async () => {
    const { url, double } = await startBothWorkers()
    const wrong = { ...keyHeaders, 'x-secret-key': 'wrong' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => inTurn(url, IMAGES, wrong)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    expect(asked(double)).toHaveLength(3)
    const last = await inTurn(url, IMAGES, wrong)
    expect(ourErrorOf(last).metadata.cause).toBe('protecting-account')

    const others = await times(6, (n) => inTurn(url, IMAGES, { ...keyHeaders, 'x-secret-key': `guess-${n}` }))
    expect(counted(others, 401)).toBe(6)
    expect(asked(double)).toHaveLength(4)
  })

  test('know a pair that one of them has proven, and forget it when one of them has it refused', async () => {
    const { url, double } = await startBothWorkers()
    expect(counted(await times(4, () => inTurn(url, IMAGES)), 200)).toBe(4)
    double.answer('GET /v2/images', {
      status: 401,
      body: '{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: verify aksk signature fail"}',
    })
    const refused = await times(10, () => inTurn(url, IMAGES))
    expect(counted(refused, 401)).toBe(10)
    expect(asked(double)).toHaveLength(4 + 3)
  })

  test('write one audit file, whole, before anything is sent, and refuse writes where it cannot be', async () => {
    const file = auditPlace()
    const { url, double } = await startBothWorkers({ HCA_AUDIT_FILE: file })
    double.answer('POST', { body: '{"job_id":"job-1"}' })
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        askRaw(url, {
          method: 'PUT',
          target: '/api/instances/stop',
          headers: [...lines(keyHeaders), 'Content-Type: application/json'],
          body: JSON.stringify({ regionId: 'cn-south-1', projectId: 'p-1', servers: [`ins-${n}`] }),
        }),
      ),
    )
    expect(counted(answers, 200)).toBe(30)
    const told = await auditLines(file, 60)
    const intents = told.filter(({ kind }) => kind === 'intent')
    expect(new Set(intents.map(({ targets }) => targets.servers[0])).size).toBe(30)
    for (const { intent, requestId } of told.filter(({ kind }) => kind === 'outcome'))
      expect(told.find(({ seq }) => seq === intent)?.requestId).toBe(requestId)
    // A line can be read before the disk has said that it holds it, and is counted only then.
    await expect.poll(() => numberAt(url, 'hca_audit_lines_total'), POLL).toBe(60)

    expect((await expectWhole(file)).lines).toBe(60)

    appendFileSync(file, 'somebody else\n')
    const before = asked(double).length
    for (const _ of [1, 2]) {
      const refused = await stop(url)
      expect(ourErrorOf(refused).reason).toBe('AUDIT_UNAVAILABLE')
    }
    expect(asked(double)).toHaveLength(before)
    expect((await inTurn(url, IMAGES)).status).toBe(200)
  })
})
