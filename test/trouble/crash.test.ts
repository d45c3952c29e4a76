import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isWhole, lineTo } from '../helpers/callers.ts'
import { ask, askRaw, keyHeaders, ourErrorOf, startBefore, startBoth, startHouse } from '../helpers/house.ts'
import { preloaded } from '../helpers/preload.ts'
import { launcher, mutters, start, urlOf } from '../helpers/program.ts'

const IMAGES = '/api/images?regionId=cn-south-1&projectId=p-1'
const CANARY = 'canary-in-an-error'

const sandboxKeys = {
  'x-access-key': 'SANDBOXACCESSKEY0001',
  'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000001',
}

/** An upstream in this process that holds its answers until the test gives them. */
async function holdingUpstream() {
  const waiting: ServerResponse[] = []
  const server = createServer((_, response) => {
    waiting.push(response)
    server.emit('held')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const answer = () => {
    for (const response of waiting.splice(0))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"images":[]}')
  }
  const held = once(server, 'held')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, held, answer }
}

describe('F-58', () => {
  test('what a handler throws is a 500 with the request id, and no text of it', async () => {
    let isBroken = false
    const house = await startBoth(
      {},
      {
        now: () => {
          if (isBroken) throw new RangeError(CANARY)
          return Date.now()
        },
      },
    )
    isBroken = true
    const answer = await ask(`${house.url}${IMAGES}`, { headers: keyHeaders })
    isBroken = false
    expect(answer.status).toBe(500)
    expect(ourErrorOf(answer).reason).toBe('INTERNAL')
    expect(answer.text).not.toContain(CANARY)
    const line = (await house.logged(2)).find(({ msg }) => msg === 'unexpected error')
    expect(line).toMatchObject({
      requestId: answer.headers.get('x-request-id'),
      error: { name: 'RangeError' },
    })
    expect(JSON.stringify(house.log)).not.toContain(CANARY)
    expect((await ask(`${house.url}${IMAGES}`, { headers: keyHeaders })).status).toBe(200)
  })

  test.each([
    ['an exception that nobody catches', `throw new Error('${CANARY}')`],
    ['a rejection that nobody awaits', `Promise.reject(new Error('${CANARY}'))`],
  ])('%s is told by its place, those under way are answered, and it exits with 1', async (_, deed) => {
    const upstream = await holdingUpstream()
    const program = start(process.execPath, [launcher, '--port', '0'], {
      HUAWEICLOUD_ENDPOINT_URL: upstream.url,
      ...preloaded(`process.on('SIGUSR2', () => setImmediate(() => { ${deed} }))`),
    })
    const url = await urlOf(program)
    const asking = ask(`${url}${IMAGES}`, { headers: keyHeaders })
    await upstream.held
    const probe = await lineTo(url)
    const told = mutters(program, /unexpected error/)
    program.end('SIGUSR2')
    await told
    probe.socket.write(`GET /readyz HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`)
    expect(await probe.until(isWhole)).toMatch(/^HTTP\/1\.1 503 /)
    upstream.answer()
    expect((await asking).status).toBe(200)
    const { code, stderr } = await program.ended
    expect(code).toBe(1)
    expect(stderr).not.toContain(CANARY)
    const lines = stderr.split('\n').filter((line) => line.includes('unexpected error'))
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 60,
      error: { name: 'Error', at: [expect.stringContaining('preload.mjs'), ...[expect.anything()]] },
    })
  })
})

test('F-50: an event loop that stands still for a second makes requests late, and loses none', async () => {
  const house = await startBefore((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"images":[]}')
  })
  const target = `${house.url}${IMAGES}`
  await ask(target, { headers: keyHeaders })
  const asking = Array.from({ length: 20 }, () => ask(target, { headers: keyHeaders }))
  await new Promise((resolve) => setImmediate(resolve))
  const began = performance.now()
  while (performance.now() - began < 1_000);
  expect((await Promise.all(asking)).map(({ status }) => status)).toEqual(Array(20).fill(200))
})

test('F-50: a deadline that passes meanwhile is kept afterwards', async () => {
  const house = await startBefore(() => {})
  const asking = ask(`${house.url}${IMAGES}`, { headers: { ...keyHeaders, 'x-request-timeout': '0.5' } })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const began = performance.now()
  while (performance.now() - began < 1_000);
  const answer = await asking
  expect(answer.status).toBe(504)
  expect(performance.now() - began).toBeLessThan(3_000)
})

describe('F-60: the sandbox in the same process', () => {
  test('breaks for its own callers only, and is whole for the next', async () => {
    const house = await startHouse()
    if (!house.sandbox) return expect.fail('no sandbox')
    const { world } = house.sandbox
    const { holdings } = world
    const instances = () => ask(`${house.url}/api/instances?regionId=cn-east-2`, { headers: sandboxKeys })
    expect((await instances()).status).toBe(200)
    Object.assign(world, {
      holdings: () => {
        throw new Error(CANARY)
      },
    })
    const broken = await instances()
    expect(broken.status).toBe(502)
    expect(broken.text).not.toContain(CANARY)
    expect((await ask(`${house.url}/api/regions`)).status).toBe(200)
    expect((await askRaw(house.url, { target: '/readyz' })).status).toBe(200)
    Object.assign(world, { holdings })
    expect((await instances()).status).toBe(200)
    expect(house.log.filter(({ msg }) => msg === 'unexpected error in the sandbox').length).toBeGreaterThan(0)
    expect(JSON.stringify(house.log)).not.toContain(CANARY)
  })
})
