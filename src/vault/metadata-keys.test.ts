import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type Outside, outside } from '../outside.ts'
import { metadataKeys } from './metadata-keys.ts'

const MINUTE = 60_000
const START = Date.parse('2026-11-25T08:00:00Z')

/** Time that stands still until the test moves it. */
function clock() {
  const moved = { ms: 0 }
  const own: Outside = { ...outside, now: () => START + moved.ms, elapsed: () => moved.ms }
  const move = (ms: number) => {
    moved.ms += ms
  }
  return { outside: own, move }
}

/** A metadata service in which the n-th keys hold for an hour from when they are asked for. */
async function startMetadata(listener: RequestListener) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const lines = () => asked.map(({ method, url }) => `${method} ${url}`)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, lines }
}

const credential = (n: number, expires: number) =>
  JSON.stringify({
    credential: {
      access: `HST${n}`,
      secret: `secret-${n}`,
      securitytoken: `token-${n}`,
      expires_at: new Date(expires).toISOString().replace('Z', '000Z'),
    },
  })

const keysOf = (n: number) => ({
  keys: { accessKey: `HST${n}`, secretKey: `secret-${n}`, securityToken: `token-${n}` },
})

/** Answers both requests well until `fails` is set. */
function rotating(now: () => number) {
  const state = { given: 0, fails: false }
  const listener: RequestListener = (request, response) => {
    if (state.fails) response.writeHead(500).end()
    else if (request.method === 'PUT') response.end('metadata-token')
    else response.end(credential(++state.given, now() + 60 * MINUTE))
  }
  return { state, listener }
}

const TOKEN = 'PUT /meta-data/latest/api/token'
const KEYS = 'GET /openstack/latest/securitykey'

test('keys are asked for with a token of the metadata service, once', async () => {
  const time = clock()
  const { listener } = rotating(time.outside.now)
  const { url, asked, lines } = await startMetadata(listener)
  const source = metadataKeys(url, time.outside)
  expect(await Promise.all([source(), source(), source()])).toEqual([keysOf(1), keysOf(1), keysOf(1)])
  expect(lines()).toEqual([TOKEN, KEYS])
  expect(asked[0]?.headers['x-metadata-token-ttl-seconds']).toMatch(/^\d+$/)
  expect(asked[1]?.headers['x-metadata-token']).toBe('metadata-token')
})

test.each([404, 405])('a service that answers the token with %i is asked without one', async (status) => {
  const time = clock()
  const { url, asked } = await startMetadata((request, response) => {
    if (request.method === 'PUT') response.writeHead(status).end()
    else response.end(credential(1, START + 60 * MINUTE))
  })
  expect(await metadataKeys(url, time.outside)()).toEqual(keysOf(1))
  expect(asked[1]?.headers).not.toHaveProperty('x-metadata-token')
})

test('they rotate: new ones are fetched when less than five minutes are left', async () => {
  const time = clock()
  const { listener } = rotating(time.outside.now)
  const { url, lines } = await startMetadata(listener)
  const source = metadataKeys(url, time.outside)
  await source()
  time.move(55 * MINUTE)
  expect(await source()).toEqual(keysOf(1))
  time.move(1)
  expect(await source()).toEqual(keysOf(2))
  expect(lines()).toEqual([TOKEN, KEYS, TOKEN, KEYS])
})

test('when no new ones come, the old ones go on while they hold, and the service is left in peace between', async () => {
  const time = clock()
  const { listener, state } = rotating(time.outside.now)
  const { url, asked } = await startMetadata(listener)
  const source = metadataKeys(url, time.outside)
  await source()
  state.fails = true
  time.move(56 * MINUTE)
  expect(await source()).toEqual(keysOf(1))
  expect(asked.length).toBe(3)
  expect(await source()).toEqual(keysOf(1))
  expect(asked.length).toBe(3)
  time.move(10_000)
  expect(await source()).toEqual(keysOf(1))
  expect(asked.length).toBe(4)
  time.move(4 * MINUTE)
  expect(await source()).toEqual({ missing: `${url}: it gave no token (500)` })
  state.fails = false
  expect(await source()).toEqual(keysOf(2))
})

test.each<[what: string, answer: string, says: string]>([
  ['no JSON', '<html>', 'what it answered is no JSON'],
  ['JSON that is no object', 'null', 'what it answered holds no keys'],
  ['a part of the keys', '{"credential":{"access":"A"}}', 'what it answered holds no keys'],
  [
    'a key that would break a header',
    credential(1, START + MINUTE).replace('token-1', 'a\\nb'),
    'what it answered holds no keys',
  ],
  ['no end', credential(1, START).replace('expires_at', 'x'), 'its keys do not say when they end'],
  ['keys of yesterday', credential(1, START), 'its keys have expired'],
  ['more than keys can be', ' '.repeat(100_000), 'it cannot be asked (TypeError)'],
])('%s is none', async (_, answer, says) => {
  const time = clock()
  const { url } = await startMetadata((request, response) =>
    response.end(request.method === 'PUT' ? 'metadata-token' : answer),
  )
  expect(await metadataKeys(url, time.outside)()).toEqual({ missing: `${url}: ${says}` })
})

test('without an agency there are none', async () => {
  const { url } = await startMetadata((request, response) =>
    request.method === 'PUT' ? response.end('t') : response.writeHead(404).end(),
  )
  expect(await metadataKeys(url, outside)()).toEqual({
    missing: `${url}: it answered 404 (is there an agency?)`,
  })
})

test('a redirect is not followed', async () => {
  const { url, lines } = await startMetadata((request, response) =>
    request.method === 'PUT' ? response.end('t') : response.writeHead(302, { location: '/other' }).end(),
  )
  expect(await metadataKeys(url, outside)()).toHaveProperty('missing')
  expect(lines()).toEqual([TOKEN, KEYS])
})

test('one that says nothing is given up after three seconds', async () => {
  const slept: number[] = []
  const { url } = await startMetadata(() => {})
  const impatient: Outside = {
    ...outside,
    sleep: async (ms) => {
      slept.push(ms)
    },
  }
  expect(await metadataKeys(url, impatient)()).toEqual({ missing: `${url}: it did not answer in time` })
  expect(slept).toEqual([3_000])
})

test('nobody there is told so', async () => {
  const { url } = await startMetadata(() => {})
  const gone = url.replace(/\d+$/, '1')
  expect(await metadataKeys(gone, outside)()).toEqual({
    missing: `${gone}: it cannot be asked (ECONNREFUSED)`,
  })
})
