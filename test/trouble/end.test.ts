import { once } from 'node:events'
import { createServer, get, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isWhole, lineTo, steadyCaller, type Tally } from '../helpers/callers.ts'
import { selfSigned } from '../helpers/certificate.ts'
import { ask, askRaw, keyHeaders, startBefore, startHouse } from '../helpers/house.ts'
import { launcher, mutters, type Program, start, urlOf } from '../helpers/program.ts'

const REGIONS = '/api/regions'
const IMAGES = '/api/images?regionId=cn-south-1&projectId=p-1'
/** Other houses end at once. */
const GRACE = { HCA_GRACE: '10' }
const head = (url: string, method: string, target: string, ...lines: string[]) =>
  [`${method} ${target} HTTP/1.1`, `Host: ${new URL(url).host}`, ...lines, '', ''].join('\r\n')

const startRequest = (url: string) => {
  const keys = Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`)
  const body = '{"regionId":"cn-south-1","projectId":"p-1","servers":["s-1"]}'
  const json = ['Content-Type: application/json', `Content-Length: ${body.length}`]
  return head(url, 'PUT', '/api/instances/start', ...keys, ...json) + body
}

const begin = (env: Record<string, string> = {}): Program =>
  start(process.execPath, [launcher, '--port', '0'], {
    HCA_LOG_LEVEL: 'error',
    HCA_MAX_DELAY: '60000',
    ...env,
  })

describe('a signal to end', () => {
  test('F-56, E-08: under load no accepted request is lost, and hostile connections do not hold it', async () => {
    const program = begin()
    const url = await urlOf(program)
    const resting = await Promise.all(
      Array.from({ length: 20 }, () => lineTo(url, head(url, 'GET', '/livez'))),
    )
    for (const line of resting) await line.until(isWhole)
    const half = { head: 'GET /api/regions HTTP/1.1\r\nHost: x', body: '' }
    half.body = `${head(url, 'PUT', '/api/instances/start', 'Content-Type: application/json', 'Content-Length: 99')}{"reg`
    const heads = await Promise.all(Array.from({ length: 5 }, () => lineTo(url, half.head)))
    const bodies = await Promise.all(Array.from({ length: 5 }, () => lineTo(url, half.body)))
    const silent = await Promise.all(Array.from({ length: 5 }, () => lineTo(url)))

    const tally: Tally = { answered: 0, other: [], lost: 0 }
    const callers = Array.from({ length: 10 }, () => steadyCaller(url, REGIONS, tally))
    await expect.poll(() => tally.answered, { timeout: 10_000, interval: 5 }).toBeGreaterThan(100)
    const signalled = performance.now()
    program.end('SIGTERM')
    await Promise.all(callers)
    expect(tally).toMatchObject({ other: [], lost: 0 })
    await Promise.all(resting.map(({ ended }) => ended))
    const restedMs = performance.now() - signalled

    for (const line of [...heads, ...bodies]) {
      await line.ended
      expect(line.text()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"REQUEST_TIMEOUT"/)
    }
    for (const line of silent) {
      await line.ended
      expect(line.text()).toBe('')
    }
    const { code, stderr } = await program.ended
    const endedMs = performance.now() - signalled
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Ending; again ends at once.\n' })
    // Idle ones go within 200 ms, those that never finish after 2 s; the rest is other tests on the same processors.
    expect(restedMs).toBeLessThan(1_500)
    expect(endedMs).toBeGreaterThan(1_900)
    expect(endedMs).toBeLessThan(6_000)
  })

  test('E-08: with nobody in its way it ends at once', async () => {
    const program = begin()
    const url = await urlOf(program)
    const line = await lineTo(url, head(url, 'GET', '/livez'))
    await line.until(isWhole)
    const signalled = performance.now()
    program.end('SIGINT')
    expect((await program.ended).code).toBe(0)
    expect(performance.now() - signalled).toBeLessThan(1_500)
  })

  test('F-56: what Huawei Cloud does not answer in the grace is told so, and it ends with 0', async () => {
    const upstream = createServer(() => {}).listen(0, '127.0.0.1')
    await once(upstream, 'listening')
    onTestFinished(() => {
      upstream.closeAllConnections()
      upstream.close()
    })
    const { port } = upstream.address() as AddressInfo
    const program = begin({ HUAWEICLOUD_ENDPOINT_URL: `http://127.0.0.1:${port}`, HCA_GRACE: '0.5' })
    const url = await urlOf(program)
    const keys = Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`)
    const reading = await lineTo(url, head(url, 'GET', IMAGES, ...keys))
    await once(upstream, 'request')
    const body = '{"regionId":"cn-south-1","projectId":"p-1","servers":["s-1"]}'
    const json = ['Content-Type: application/json', `Content-Length: ${body.length}`]
    const writing = await lineTo(url, head(url, 'PUT', '/api/instances/start', ...keys, ...json) + body)
    await once(upstream, 'request')
    program.end('SIGTERM')
    await reading.ended
    expect(reading.text()).toMatch(/^HTTP\/1\.1 504 [\s\S]*"UPSTREAM_TIMEOUT"/)
    await writing.ended
    expect(writing.text()).toMatch(/^HTTP\/1\.1 502 [\s\S]*"UPSTREAM_OUTCOME_UNKNOWN"/)
    expect((await program.ended).code).toBe(0)
  })

  test('a second one ends it with 1 at once', async () => {
    const program = begin()
    const url = await urlOf(program)
    await lineTo(url) // silent, so it would stay for 2 s
    const said = mutters(program, /Ending/)
    program.end('SIGTERM')
    await said
    const again = performance.now()
    // One that comes at once is taken for the first, from somebody else.
    const insisting = setInterval(() => program.end('SIGTERM'), 100)
    onTestFinished(() => clearInterval(insisting))
    expect((await program.ended).code).toBe(1)
    expect(performance.now() - again).toBeLessThan(1_500)
  })

  test('Ctrl-C that reaches it twice, once from the terminal and once from who started it, is one', async () => {
    const program = begin()
    await urlOf(program)
    const said = mutters(program, /Ending/)
    program.end('SIGINT')
    program.end('SIGINT')
    await said
    expect((await program.ended).code).toBe(0)
  })
})

describe('a drain', () => {
  test('serves on while it is not ready any more, each connection for one more answer', async () => {
    const house = await startHouse()
    house.gateway.drain()
    const status = async (target: string) => {
      const { status, headers } = await askRaw(house.url, { target })
      expect(headers.get('connection')).toBe('close')
      return status
    }
    expect([await status('/readyz'), await status('/livez'), await status('/metrics')]).toEqual([
      503, 200, 200,
    ])
    expect(await status(REGIONS)).toBe(200)
  })

  test('goes on listening for its delay, and not longer', async () => {
    const house = await startHouse({ ...GRACE, HCA_DRAIN_DELAY: '0.3' })
    const closing = house.close()
    expect((await askRaw(house.url, { target: '/readyz' })).status).toBe(503)
    await closing
    await expect(fetch(house.url)).rejects.toThrow()
  })

  test('answers what was asked before, and what comes behind it on the same connection', async () => {
    const asked = Promise.withResolvers<() => void>()
    const house = await startBefore((_, response) => {
      asked.resolve(() =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"images":[]}'),
      )
    }, GRACE)
    const keys = Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`)
    const line = await lineTo(house.url, head(house.url, 'GET', IMAGES, ...keys))
    const answer = await asked.promise
    const closing = house.close()
    line.socket.write(head(house.url, 'GET', REGIONS))
    const isListening = () =>
      fetch(`${house.url}/livez`).then(
        () => true,
        () => false,
      )
    await expect.poll(isListening).toBe(false)
    answer()
    await line.ended
    await closing
    const [, first = '', second = ''] = line.text().split('HTTP/1.1 200 OK')
    expect(first).toContain('{"images":[]}')
    expect(first).not.toMatch(/connection: close/i)
    expect(second).toMatch(/connection: close/i)
    expect(second).toContain('"regions"')
  })

  test('leaves what is asked behind a last answer alone, as nobody would learn what came of it', async () => {
    const asked: string[] = []
    const first = Promise.withResolvers<() => void>()
    const house = await startBefore((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(`{"images":["${'x'.repeat(300_000)}`)
      first.resolve(() => response.end('"]}'))
    })
    const keys = Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`)
    house.gateway.drain()
    const line = await lineTo(house.url, head(house.url, 'GET', IMAGES, ...keys))
    const finish = await first.promise
    await line.until((text) => text.length > 100_000)
    const body = '{"regionId":"cn-south-1","projectId":"p-1","servers":["s-1"]}'
    const json = ['Content-Type: application/json', `Content-Length: ${body.length}`]
    line.socket.write(head(house.url, 'PUT', '/api/instances/start', ...keys, ...json) + body)
    await new Promise((resolve) => setImmediate(resolve))
    finish()
    await line.ended
    expect(line.text()).toMatch(/^HTTP\/1\.1 200 OK\r\nconnection: close/i)
    expect(line.text()).toMatch(/"\]\}\r\n[\s\S]*0\r\n\r\n$/)
    expect(asked).toEqual(['GET /v2/images'])
  })

  test('hears a write to its end whose caller has left', async () => {
    const asked = Promise.withResolvers<ServerResponse>()
    const over = Promise.withResolvers<boolean>()
    const house = await startBefore((request, response) => {
      request.resume()
      response.once('close', () => over.resolve(response.writableFinished))
      asked.resolve(response)
    }, GRACE)
    const line = await lineTo(house.url, startRequest(house.url))
    const response = await asked.promise
    line.socket.destroy()
    let isClosed = false
    const closing = house.close().then(() => {
      isClosed = true
    })
    await expect
      .poll(() =>
        fetch(house.url).then(
          () => false,
          () => true,
        ),
      )
      .toBe(true)
    expect(isClosed).toBe(false)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"job_id":"j-1"}')
    expect(await over.promise).toBe(true)
    await closing
    expect(house.log.find(({ msg }) => msg === 'ended')).toMatchObject({ cut: 0 })
  })

  test('ends all the same when such a write is never answered', async () => {
    const asked = Promise.withResolvers<void>()
    const house = await startBefore(() => asked.resolve(), { HCA_GRACE: '0.3' })
    const line = await lineTo(house.url, startRequest(house.url))
    await asked.promise
    line.socket.destroy()
    const began = performance.now()
    await house.close()
    expect(performance.now() - began).toBeGreaterThan(200)
  })

  test('answers everybody even without a grace', async () => {
    const asked = Promise.withResolvers<void>()
    const house = await startBefore(() => asked.resolve(), { HCA_GRACE: '0' })
    const line = await lineTo(house.url, startRequest(house.url))
    await asked.promise
    await house.close()
    await line.ended
    expect(line.text()).toMatch(/^HTTP\/1\.1 502 [\s\S]*"UPSTREAM_OUTCOME_UNKNOWN"/)
  })

  test('counts every answer that was due', async () => {
    const answers: ServerResponse[] = []
    const house = await startBefore((_, response) => {
      answers.push(response)
    }, GRACE)
    const keys = Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`)
    const one = head(house.url, 'GET', IMAGES, ...keys)
    const line = await lineTo(house.url, one + one.replaceAll('p-1', 'p-2'))
    await expect.poll(() => answers.length).toBe(2)
    const closing = house.close()
    for (const response of answers)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"images":[]}')
    await line.ended
    await closing
    expect(house.log.find(({ msg }) => msg === 'ended')).toMatchObject({ answered: 2, cut: 0 })
  })

  test('cuts a TLS connection that never ends its greeting', async () => {
    const { certFile, keyFile } = selfSigned('127.0.0.1')
    const house = await startHouse({ ...GRACE, HCA_TLS_CERT: certFile, HCA_TLS_KEY: keyFile })
    const line = await lineTo(house.url)
    const began = performance.now()
    await house.close()
    expect(performance.now() - began).toBeLessThan(6_000)
    await line.ended
  })

  test('tells in the log how it went', async () => {
    const house = await startHouse(GRACE)
    const line = await lineTo(house.url, 'GET / HT')
    await house.close()
    expect(line.text()).toContain('REQUEST_TIMEOUT')
    const ended = house.log.find(({ msg }) => msg === 'ended')
    expect(ended).toMatchObject({ answered: 0, cut: 1, ms: expect.any(Number) })
  })

  test('a steady stream of requests on one connection ends with an answer', async () => {
    const house = await startHouse()
    const agent = { agent: undefined, headers: { connection: 'keep-alive' } }
    const [response] = await once(get(`${house.url}/livez`, agent), 'response')
    response.resume()
    expect(response.headers.connection).toBe('keep-alive')
    house.gateway.drain()
    const { status } = await ask(`${house.url}${REGIONS}`)
    expect(status).toBe(200)
  })
})
