import { describe, expect, test } from 'vitest'
import { ratesOf } from '../src/rates.ts'
import { readSettings } from '../src/settings.ts'
import {
  ask,
  asked,
  askRaw,
  type Got,
  KEYS,
  keyHeaders,
  ourErrorOf,
  send,
  startBoth,
  startHouse,
} from './helpers/house.ts'
import { scraped } from './helpers/scrape.ts'
import { bearer, keyring } from './helpers/tokens.ts'

const IMAGES = '/api/images?regionId=cn-south-1&projectId=p-1'
const REGIONS = '/api/regions?regionType=ecs'
const WRONG = 'hca_0123456789_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/** Time that stands still for the limits until a test moves it. */
function stoppedTime() {
  let ms = 1_000
  return {
    elapsed: () => ms,
    pass: (more: number) => {
      ms += more
    },
  }
}

const limitOf = ({ headers }: Got) =>
  ['limit', 'remaining', 'reset'].map((name) => headers.get(`ratelimit-${name}`))

function expectLimited(answer: Got, seconds: number): void {
  expect(answer.status).toBe(429)
  const error = ourErrorOf(answer)
  expect([error.status, error.reason]).toEqual(['RESOURCE_EXHAUSTED', 'RATE_LIMITED'])
  expect(answer.headers.get('retry-after')).toBe(String(seconds))
  expect(error.retryDelay).toBe(`${seconds}s`)
}

async function times(count: number, one: () => Promise<Got>): Promise<Got[]> {
  const all: Got[] = []
  for (let n = 0; n < count; n += 1) all.push(await one())
  return all
}

describe('a caller', () => {
  const env = { HCA_RATE_CALLER: '2' }

  test('gets twice the rate at once, is told how things stand, and then has to wait', async () => {
    const time = stoppedTime()
    const { url, double } = await startBoth(env, { elapsed: time.elapsed })
    double.answer('GET', { body: '{"images":[]}' })
    const list = () => ask(`${url}${IMAGES}`, { headers: keyHeaders })
    const answers = await times(4, list)
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(answers.map(limitOf)).toEqual([
      ['4', '3', '1'],
      ['4', '2', '1'],
      ['4', '1', '2'],
      ['4', '0', '2'],
    ])
    const refused = await list()
    expectLimited(refused, 1)
    expect(limitOf(refused)).toEqual(['4', '0', '2'])
    expect(asked(double)).toHaveLength(4)
    time.pass(500)
    expect((await list()).status).toBe(200)
    expectLimited(await list(), 1)
  })

  test('is who has these keys, wherever they stand; others have limits of their own', async () => {
    const time = stoppedTime()
    const { url } = await startBoth(env, { elapsed: time.elapsed })
    const inQuery = new URLSearchParams(KEYS)
    await times(2, () => ask(`${url}${IMAGES}`, { headers: keyHeaders }))
    await times(2, () => ask(`${url}${IMAGES}&${inQuery}`))
    const start = { ...KEYS, regionId: 'cn-south-1', projectId: 'p-1', servers: [{ id: 'i-1' }] }
    expectLimited(await send('PUT', `${url}/api/instances/start`, start), 1)
    expectLimited(
      await ask(`${url}/api/raw/ecs/v1/x?regionId=cn-south-1&projectId=p-1`, { headers: keyHeaders }),
      1,
    )
    for (const other of [
      { 'x-access-key': 'AKOTHER0000000000001' },
      { 'x-secret-key': 'another' },
      { 'x-security-token': 'another' },
    ]) {
      const answer = await ask(`${url}${IMAGES}`, { headers: { ...keyHeaders, ...other } })
      expect(limitOf(answer).slice(0, 2)).toEqual(['4', '3'])
    }
  })

  test('with a token is that token', async () => {
    const time = stoppedTime()
    const ring = keyring()
    const { url } = await startBoth({ ...ring.env, ...env }, { elapsed: time.elapsed })
    const [one, other] = [await ring.mint(), await ring.mint()]
    const list = (headers: Record<string, string>) => ask(`${url}${IMAGES}`, { headers })
    await times(4, () => list(one.bearer))
    expectLimited(await list(one.bearer), 1)
    expect(limitOf(await list(other.bearer))).toEqual(['4', '3', '1'])
    expect(limitOf(await list(keyHeaders))).toEqual(['4', '3', '1'])
  })

  test('is not counted for what is refused before anybody would be asked, nor without keys', async () => {
    const { url } = await startBoth(env, { elapsed: stoppedTime().elapsed })
    const bad = await times(9, () => ask(`${url}/api/images?regionId=nowhere`, { headers: keyHeaders }))
    expect(new Set(bad.map(({ status }) => status))).toEqual(new Set([400]))
    expect(limitOf(await ask(`${url}${REGIONS}`))).toEqual([null, null, null])
    expect(limitOf(await ask(`${url}${IMAGES}`, { headers: keyHeaders }))).toEqual(['4', '3', '1'])
  })
})

describe('an address', () => {
  test('is limited whoever asks, before anything is read; probes and numbers are not', async () => {
    const time = stoppedTime()
    const house = await startHouse({ HCA_RATE_ADDRESS: '1' }, { elapsed: time.elapsed })
    const { url } = house
    expect(limitOf(await ask(`${url}${REGIONS}`))).toEqual(['2', '1', '1'])
    expect((await ask(`${url}/api/nothing`)).status).toBe(404)
    expectLimited(await ask(`${url}${REGIONS}`), 1)
    expectLimited(await send('POST', `${url}/api/instances`, { any: 'thing' }), 1)
    const page = await ask(`${url}/docs`)
    expectLimited(page, 1)
    expect(limitOf(page)).toEqual([null, null, null])
    for (const path of ['/livez', '/readyz', '/metrics'])
      expect((await ask(`${url}${path}`)).status).toBe(200)
    time.pass(1_000)
    expect((await ask(`${url}${REGIONS}`)).status).toBe(200)
  })

  test('is where the connection comes from, whatever a header says', async () => {
    const { url } = await startHouse({ HCA_RATE_ADDRESS: '1' }, { elapsed: stoppedTime().elapsed })
    const from = (address: string) =>
      askRaw(url, {
        target: REGIONS,
        headers: [`X-Forwarded-For: ${address}`, `Forwarded: for=${address}`, `X-Real-IP: ${address}`],
      })
    expect([(await from('192.0.2.1')).status, (await from('192.0.2.2')).status]).toEqual([200, 200])
    expectLimited(await from('192.0.2.3'), 1)
  })

  test('and a caller together: the tighter of both is told', async () => {
    const env = { HCA_RATE_ADDRESS: '3', HCA_RATE_CALLER: '2' }
    const { url, double } = await startBoth(env, { elapsed: stoppedTime().elapsed })
    double.answer('GET', { body: '{"images":[]}' })
    const list = (headers = keyHeaders) => ask(`${url}${IMAGES}`, { headers })
    expect(limitOf(await list()).slice(0, 2)).toEqual(['4', '3'])
    await times(3, () => ask(`${url}${REGIONS}`))
    expect(limitOf(await list()).slice(0, 2)).toEqual(['6', '1'])
  })

  test('is limited for foreign hosts and sites too', async () => {
    const { url } = await startHouse({ HCA_RATE_ADDRESS: '1' }, { elapsed: stoppedTime().elapsed })
    const foreign = () => askRaw(url, { target: REGIONS, headers: ['Host: evil.example'] })
    const [first, second, third] = await times(3, foreign)
    expect([first?.status, second?.status]).toEqual([403, 403])
    expectLimited(third as Got, 1)
  })

  test('may ask for the numbers twenty times at once, and not without end', async () => {
    const { url } = await startHouse({ HCA_RATE_ADDRESS: '1' }, { elapsed: stoppedTime().elapsed })
    const scrapes = await times(21, () => ask(`${url}/metrics`))
    expect(scrapes.filter(({ status }) => status === 200)).toHaveLength(20)
    expectLimited(scrapes[20] as Got, 1)
    expect((await ask(`${url}${REGIONS}`)).status).toBe(200)
  })
})

describe('tokens cannot be guessed at speed', () => {
  const guess = (url: string) => ask(`${url}${IMAGES}`, { headers: bearer(WRONG) })

  test('even where addresses are not limited: after sixty wrong ones the next are not looked at', async () => {
    const time = stoppedTime()
    const ring = keyring()
    const { url } = await startBoth(ring.env, { elapsed: time.elapsed })
    const fresh = await ring.mint()
    const known = await ring.mint()
    const list = (headers: Record<string, string>) => ask(`${url}${IMAGES}`, { headers })
    const before = (await list(known.bearer)).status
    const guesses = await times(60, () => guess(url))
    expect(new Set(guesses.map((answer) => ourErrorOf(answer).reason))).toEqual(new Set(['TOKEN_UNKNOWN']))
    expectLimited(await guess(url), 1)
    // A right guess would not be told from a wrong one.
    expectLimited(await list(fresh.bearer), 1)
    // Yet who has shown a good token before is not shut out by others, nor is who has keys.
    expect((await list(known.bearer)).status).toBe(before)
    expect((await list(keyHeaders)).status).toBe(before)
    time.pass(34)
    expect((await list(fresh.bearer)).status).toBe(before)
  })

  test('and where they are, one counts for ten more', async () => {
    const { url } = await startHouse({ HCA_RATE_ADDRESS: '20' }, { elapsed: stoppedTime().elapsed })
    expect(limitOf(await ask(`${url}${REGIONS}`)).slice(0, 2)).toEqual(['40', '39'])
    await guess(url)
    expect(limitOf(await ask(`${url}${REGIONS}`)).slice(0, 2)).toEqual(['40', '27'])
  })
})

test('what is refused is counted and logged', async () => {
  const env = { HCA_RATE_ADDRESS: '2', HCA_RATE_CALLER: '1' }
  const { url, logged } = await startBoth(env, { elapsed: stoppedTime().elapsed })
  await times(6, () => ask(`${url}${IMAGES}`, { headers: keyHeaders }))
  const lines = await logged(6)
  expect(lines.filter(({ reason }) => reason === 'RATE_LIMITED')).toHaveLength(4)
  const samples = await scraped(url)
  const of = (by: string) =>
    samples.find(({ name, labels }) => name === 'hca_rate_limited_total' && labels.by === by)?.value
  expect([of('caller'), of('address')]).toEqual([2, 2])
})

describe('limits that nobody set', () => {
  test.each([
    ['on loopback: none', {}, { caller: 0, address: 0 }],
    ['beyond it, behind a proxy: callers', { host: '0.0.0.0', insecure: 'on' }, { caller: 100, address: 0 }],
    [
      'beyond it, with a certificate: callers and addresses',
      { host: '0.0.0.0', 'tls-cert': 'a', 'tls-key': 'b' },
      { caller: 100, address: 300 },
    ],
  ])('%s', (_, flags, rates) => {
    expect(ratesOf(readSettings(flags, {}))).toEqual(rates)
  })

  test('and those that somebody set hold everywhere, 0 too', () => {
    const env = { HCA_RATE_CALLER: '0', HCA_RATE_ADDRESS: '7' }
    expect(ratesOf(readSettings({}, env))).toEqual({ caller: 0, address: 7 })
    expect(ratesOf(readSettings({ host: '0.0.0.0', insecure: 'on' }, env))).toEqual({ caller: 0, address: 7 })
  })

  test('leave no headers behind', async () => {
    const { url } = await startBoth()
    expect(limitOf(await ask(`${url}${IMAGES}`, { headers: keyHeaders }))).toEqual([null, null, null])
  })
})
