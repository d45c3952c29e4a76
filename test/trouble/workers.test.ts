import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createPlain } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { auditLines, auditPlace, expectWhole } from '../helpers/audit.ts'
import { isWhole, type Line, lineTo, steadyCaller, type Tally } from '../helpers/callers.ts'
import { askRaw, keyHeaders } from '../helpers/house.ts'
import { mutters, run } from '../helpers/program.ts'
import { runs, startWorkers, type Workers } from '../helpers/workers.ts'

const REGIONS = '/api/regions'
const POLL = { interval: 5, timeout: 10_000 }
const LOST = 'a worker ended: another takes its place'
const REPLACED = 'a worker serves in the place of the one that ended'
const keys = Object.entries(keyHeaders).map((pair) => pair.join(': '))
const IMAGES = '/api/images?regionId=cn-south-1&projectId=p-1'
const head = (url: string, method: string, target: string, ...lines: string[]) =>
  [`${method} ${target} HTTP/1.1`, `Host: ${new URL(url).host}`, ...lines, '', ''].join('\r\n')
const stopRequest = (url: string) => {
  const body = '{"regionId":"cn-south-1","projectId":"p-1","servers":["s-1"]}'
  const json = ['Content-Type: application/json', `Content-Length: ${body.length}`]
  return head(url, 'PUT', '/api/instances/stop', ...keys, ...json) + body
}

/** An upstream in this process that holds its answers until the test gives them. */
async function holdingUpstream() {
  const held: ServerResponse[] = []
  const server = createServer((request, response) => {
    request.resume()
    held.push(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    held,
    answer(body: string) {
      for (const response of held.splice(0))
        response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    },
  }
}

/** One line to each of two workers, that both have answered on. */
async function lineToEach(url: string): Promise<[Line, Line]> {
  const [one, other] = [await lineTo(url), await lineTo(url)]
  for (const line of [one, other]) {
    line.socket.write(head(url, 'GET', '/livez'))
    await line.until(isWhole)
  }
  return [one, other]
}

const allGone = ({ pids }: Workers) => expect.poll(() => pids().filter(runs), POLL).toEqual([])

/** Each starts several processes, on processors that other tests use too. */
const LONG = { timeout: 60_000 }

describe('the end of two workers', LONG, () => {
  test('comes with one signal, loses no request, says so once, and exits with 0', async () => {
    const house = await startWorkers({ HCA_LOG_LEVEL: 'error' })
    const tally: Tally = { answered: 0, other: [], lost: 0 }
    const callers = Array.from({ length: 10 }, () => steadyCaller(house.url, REGIONS, tally))
    await expect.poll(() => tally.answered, { timeout: 10_000, interval: 5 }).toBeGreaterThan(100)
    house.program.end('SIGTERM') // to all of its group, as a terminal does
    await Promise.all(callers)
    expect(tally).toMatchObject({ other: [], lost: 0 })
    const { code, stderr } = await house.program.ended
    expect(code).toBe(0)
    expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('worker '))).toEqual([
      'Ending; again ends at once.',
    ])
    await allGone(house)
  })

  test('waits for what both are asked, writes down what came of it, and is not ready meanwhile', async () => {
    const upstream = await holdingUpstream()
    const file = auditPlace()
    const house = await startWorkers({ HUAWEICLOUD_ENDPOINT_URL: upstream.url, HCA_AUDIT_FILE: file })
    const [one, other] = await lineToEach(house.url)
    const probe = await lineTo(house.url, head(house.url, 'GET', '/livez'))
    await probe.until(isWhole)
    // Keys that are not proven go one by one, but three at once do.
    for (const line of [one, other]) line.socket.write(stopRequest(house.url))
    await expect.poll(() => upstream.held.length, POLL).toBe(2)
    const said = mutters(house.program, /Ending/)
    house.program.child.kill('SIGTERM')
    await said
    const isReady = async () => {
      const line = await lineTo(house.url, head(house.url, 'GET', '/readyz')).catch(() => undefined)
      return line === undefined ? false : /^HTTP\/1\.1 200 /.test(await line.until(isWhole).catch(() => ''))
    }
    await expect.poll(isReady, POLL).toBe(false)
    upstream.answer('{"job_id":"job-1"}')
    for (const line of [one, other]) {
      await line.ended
      expect(line.text()).toMatch(/HTTP\/1\.1 200 OK[\s\S]*"job-1"/)
    }
    expect((await house.program.ended).code).toBe(0)
    const lines = await auditLines(file, 4)
    expect(lines.map(({ kind, outcome }) => outcome ?? kind).sort()).toEqual([
      'done',
      'done',
      'intent',
      'intent',
    ])
    expect((await expectWhole(file)).lines).toBe(4)
  })

  test('comes at once with a second signal, and takes the workers along', async () => {
    const house = await startWorkers()
    await lineTo(house.url) // silent, so it would stay for 2 s
    const said = mutters(house.program, /Ending/)
    house.program.child.kill('SIGTERM')
    await said
    // One that comes at once is taken for the first, from somebody else.
    const insisting = setInterval(() => house.program.child.kill('SIGTERM'), 100)
    onTestFinished(() => clearInterval(insisting))
    expect((await house.program.ended).code).toBe(1)
    await allGone(house)
  })

  test('comes to the workers too when the first process is killed', async () => {
    const house = await startWorkers()
    house.program.child.kill('SIGKILL')
    await house.program.ended
    await allGone(house)
  })
})

describe('a worker that ends', LONG, () => {
  test('by a kill is replaced, while the other one serves, and is told of', async () => {
    const house = await startWorkers()
    const [victim = 0, other = 0] = house.pids()
    process.kill(victim, 'SIGKILL')
    expect(await house.logged(LOST)).toMatchObject({
      level: 50,
      signal: 'SIGKILL',
      pauseMs: 100,
    })
    for (let n = 0; n < 4; n += 1) expect((await askRaw(house.url, { target: REGIONS })).status).toBe(200)
    await house.logged(REPLACED)
    const serving = house.pids().filter(runs)
    expect(serving).toHaveLength(2)
    expect(serving).toContain(other)
    process.kill(other, 'SIGKILL') // now all depends on the new one
    await house.logged(LOST, 2)
    expect((await askRaw(house.url, { target: REGIONS })).status).toBe(200)
    house.program.end()
    expect((await house.program.ended).code).toBe(0)
  })

  test('by a kill leaves nobody hanging whose connection was on its way to it', async () => {
    const house = await startWorkers()
    process.kill(house.pids()[0] ?? 0, 'SIGKILL')
    const lines = await Promise.all(
      Array.from({ length: 6 }, () =>
        lineTo(house.url, head(house.url, 'GET', '/livez', 'Connection: close')),
      ),
    )
    await Promise.all(lines.map(({ ended }) => ended))
    expect(lines.filter((line) => isWhole(line.text())).length).toBeGreaterThanOrEqual(4)
  })

  test('by a bug answers those it was asked by, and is replaced', async () => {
    const upstream = await holdingUpstream()
    const house = await startWorkers(
      { HUAWEICLOUD_ENDPOINT_URL: upstream.url },
      `if (cluster.isWorker) process.on('SIGUSR2', () => setImmediate(() => { throw new Error('canary') }))`,
    )
    const [one, other] = await lineToEach(house.url)
    for (const line of [one, other]) line.socket.write(head(house.url, 'GET', IMAGES, ...keys))
    await expect.poll(() => upstream.held.length, POLL).toBe(2)
    process.kill(house.pids()[0] ?? 0, 'SIGUSR2')
    await house.logged('unexpected error')
    upstream.answer('{"images":[]}')
    for (const line of [one, other]) await line.until((text) => text.includes('"images"'))
    expect(await house.logged(LOST)).toMatchObject({ code: 1 })
    await house.logged(REPLACED)
    house.program.end()
    const { code, stderr } = await house.program.ended
    expect([code, stderr.includes('canary')]).toEqual([0, false])
  })

  test('holds no place that others wait for, and leaves an intent without outcome', async () => {
    const upstream = await holdingUpstream()
    const file = auditPlace()
    const house = await startWorkers({ HUAWEICLOUD_ENDPOINT_URL: upstream.url, HCA_AUDIT_FILE: file })
    const dying = await lineTo(house.url, stopRequest(house.url))
    await expect.poll(() => upstream.held.length, POLL).toBe(1)
    // Which of the two has it shows in who is cut.
    const [first = 0, second = 0] = house.pids()
    process.kill(first, 'SIGKILL')
    await house.logged(REPLACED)
    if (!dying.socket.destroyed) {
      process.kill(second, 'SIGKILL')
      await house.logged(REPLACED, 2)
    }
    await dying.ended
    upstream.answer('{}')
    for (let n = 0; n < 3; n += 1) {
      const line = await lineTo(house.url, stopRequest(house.url))
      await expect.poll(() => upstream.held.length, POLL).toBe(1)
      upstream.answer('{"job_id":"job-1"}')
      expect(await line.until(isWhole)).toContain('job-1')
    }
    house.program.end()
    await house.program.ended
    const found = await expectWhole(file)
    expect([found.lines, found.open.length]).toEqual([7, 1])
  })
})

describe('the start of two workers', LONG, () => {
  test('on a taken port ends with 1 and the same line as with one', async () => {
    const server = createPlain().listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const [one, two] = await Promise.all(
      ['1', '2'].map((workers) => run(['--port', String(port), '--workers', workers])),
    )
    expect(two).toEqual(one)
    expect(one).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`),
    })
  })

  test('says what is wrong with its files once, in the same words', async () => {
    const [one, two] = await Promise.all(
      ['1', '2'].map((workers) =>
        run(['--port', '0'], { HCA_CA_FILE: '/no/such/file', HCA_WORKERS: workers }),
      ),
    )
    expect(two).toEqual(one)
    expect(one?.stderr.trim().split('\n')).toHaveLength(1)
  })

  test('ends with 1 where a worker dies before it serves', async () => {
    const house = startWorkers({}, 'if (cluster.isWorker) process.kill(process.pid, "SIGKILL")')
    await expect(house).rejects.toThrow('A worker ended while it started (SIGKILL)')
  })
})
