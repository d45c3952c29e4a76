import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { auditPlace, expectWhole, linesIn } from '../helpers/audit.ts'
import { keyHeaders, send } from '../helpers/house.ts'
import { launcher, start } from '../helpers/program.ts'

/** More of them by hand: `AUDIT_KILLS=200`. */
const KILLS = Number(process.env.AUDIT_KILLS ?? 20)
const WRITERS = 8
/** A kill comes after so many answers, at most. */
const MOST_ANSWERS = 40
const PATIENT = { timeout: 10_000 }

/** A Huawei Cloud that outlives the gateway, and remembers which servers it was asked to stop. */
async function startUpstream() {
  const heard: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text) => {
      body += text
    })
    request.on('end', () => {
      const { servers } = JSON.parse(body)['os-stop']
      heard.push(servers[0].id)
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"job_id":"job-1"}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  /** Once what a killed gateway had sent is read, all of it. */
  const isDone = () =>
    expect
      .poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count))), PATIENT)
      .toBe(0)
  return { heard, isDone, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Stops one server after the other until nobody answers any more; each server once. */
async function write(url: string, next: () => string, onAnswer: () => void): Promise<void> {
  try {
    for (;;) {
      const body = { regionId: 'cn-south-1', projectId: 'p-1', servers: [next()] }
      const { status, text } = await send('PUT', `${url}/api/instances/stop`, body, keyHeaders)
      expect(status, text).toBe(200)
      onAnswer()
    }
  } catch (error) {
    // A refusal would be a fault of the test; everything else is the kill.
    if (error instanceof Error && error.name === 'AssertionError') throw error
  }
}

test(
  `E-18, F-57: through ${KILLS} kills under writes, whatever was sent has its intent, no line stays torn, and nothing is repeated by itself`,
  async () => {
    const file = auditPlace()
    const upstream = await startUpstream()
    const env = {
      HCA_AUDIT_FILE: file,
      HCA_PORT: '0',
      HCA_SANDBOX: 'off',
      HCA_MAX_DELAY: '60000', // a busy machine is no part of this
      HUAWEICLOUD_ENDPOINT_URL: upstream.url,
    }
    let number = 0
    let answered = 0
    for (let round = 0; round < KILLS; round += 1) {
      const before = upstream.heard.length
      const program = start(process.execPath, [launcher], env)
      const said = await program.says(/listens on (\S+)/)
      const [, url = ''] = /listens on (\S+)/.exec(said) ?? []
      expect(upstream.heard).toHaveLength(before)
      await expectWhole(file)

      let left = 1 + Math.floor(Math.random() * MOST_ANSWERS)
      const enough = Promise.withResolvers<void>()
      const onAnswer = () => {
        answered += 1
        left -= 1
        if (left === 0) enough.resolve()
      }
      const writing = Array.from({ length: WRITERS }, () => write(url, () => `ins-${number++}`, onAnswer))
      await Promise.race([enough.promise, Promise.all(writing)])
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
      program.end('SIGKILL')
      await Promise.all(writing)
      await program.ended
      await upstream.isDone()

      const intents = linesIn(file).filter(({ kind }) => kind === 'intent')
      const meant = new Set(intents.map(({ targets }) => targets.servers[0]))
      expect(meant.size).toBe(intents.length)
      expect(upstream.heard.filter((id) => !meant.has(id))).toEqual([])
    }
    expect(answered).toBeGreaterThanOrEqual(KILLS)
    expect(new Set(upstream.heard).size).toBe(upstream.heard.length)

    const last = start(process.execPath, [launcher], env)
    await last.says(/listens on/)
    last.end()
    expect((await last.ended).code).toBe(0)
    const { open } = await expectWhole(file)
    const told = linesIn(file).filter(({ kind }) => kind === 'outcome')
    expect(open.length + told.length).toBe(linesIn(file).filter(({ kind }) => kind === 'intent').length)
    // Each kill leaves at most what was under way.
    expect(open.length).toBeLessThanOrEqual(KILLS * WRITERS)

    const verified = await start(process.execPath, [launcher, 'audit', 'verify'], { HCA_AUDIT_FILE: file })
      .ended
    expect(verified.code, verified.stderr).toBe(0)
    expect(verified.stdout).toContain(`intents without outcome: ${open.length}\n`)
    for (const { fields } of open) expect(verified.stdout).toContain(`request ${fields.requestId}`)
  },
  60_000 + KILLS * 20_000,
)

test('F-57: a kill between a write and its answer leaves an intent without outcome', async () => {
  const file = auditPlace()
  const heard = Promise.withResolvers<void>()
  const silent = createServer(() => heard.resolve())
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    silent.closeAllConnections()
    silent.close()
  })
  const program = start(process.execPath, [launcher], {
    HCA_AUDIT_FILE: file,
    HCA_PORT: '0',
    HUAWEICLOUD_ENDPOINT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
  })
  const [, url = ''] = /listens on (\S+)/.exec(await program.says(/listens on \S+/)) ?? []
  const body = { regionId: 'cn-south-1', projectId: 'p-1', servers: ['ins-1'] }
  const lost = send('PUT', `${url}/api/instances/stop`, body, keyHeaders).catch(() => 'lost')
  await heard.promise
  program.end('SIGKILL')
  expect(await lost).toBe('lost')
  await program.ended
  const { open } = await expectWhole(file)
  expect(open).toMatchObject([
    { seq: 1, fields: { operation: 'BatchStopServers', targets: { servers: ['ins-1'] } } },
  ])
})
