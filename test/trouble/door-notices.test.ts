import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ask, askRaw, exchangeRaw, keyHeaders, startBoth, startHouse } from '../helpers/house.ts'
import { scraped } from '../helpers/scrape.ts'

const QUIET = { HCA_SANDBOX: 'off' }
const GARBAGE = 'GARBAGE-0123456789 / HTTP/9.9\r\n\r\n'

async function refusals(url: string): Promise<Record<string, number>> {
  const samples = await scraped(url)
  const counted = samples.filter(({ name }) => name === 'hca_http_refused_total')
  return Object.fromEntries(counted.map(({ labels, value }) => [labels.reason, value]))
}

test('what is no request is counted by reason, and told in one line per source and ten seconds', async () => {
  const waits: (() => void)[] = []
  const sleep = (_: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      waits.push(resolve)
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  const { url, log } = await startHouse(QUIET, { sleep })
  for (let n = 0; n < 4; n += 1) await exchangeRaw(url, GARBAGE)
  await exchangeRaw(url, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`)
  await exchangeRaw(url, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n')
  expect(await refusals(url)).toEqual({ MALFORMED_HTTP: 4, URI_TOO_LONG: 1, METHOD_NOT_ALLOWED: 1 })
  const told = () => log.filter(({ msg }) => msg === 'refused')
  expect(told()).toMatchObject([{ level: 40, source: '127.0.0.1', count: 1, reasons: { MALFORMED_HTTP: 1 } }])
  for (const wake of waits.splice(0)) wake()
  await ask(`${url}/livez`)
  expect(told()[1]).toMatchObject({
    count: 5,
    reasons: { MALFORMED_HTTP: 3, URI_TOO_LONG: 1, METHOD_NOT_ALLOWED: 1 },
  })
  expect(JSON.stringify(log)).not.toMatch(/GARBAGE|evil|xxx/)
})

test('what is told last is told before the end', async () => {
  const house = await startHouse(QUIET)
  for (let n = 0; n < 3; n += 1) await askRaw(house.url, { target: '/', headers: ['Host: evil.example'] })
  await house.close()
  const told = house.log.filter(({ msg }) => msg === 'refused')
  expect(told).toMatchObject([{ count: 1 }, { count: 2, reasons: { HOST_NOT_ALLOWED: 2 } }])
})

test('a connection that only breaks is neither counted nor told', async () => {
  const { url, log } = await startHouse(QUIET)
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  await new Promise((resolve) => socket.write('GET /livez HTT', resolve))
  socket.resetAndDestroy()
  expect(await refusals(url)).toEqual({})
  expect(log.filter(({ level }) => level !== 30)).toEqual([])
})

test('an ordinary mistake is no security event', async () => {
  const { url, log } = await startBoth()
  const headers = { ...keyHeaders, 'content-type': 'application/json' }
  await ask(`${url}/api/images?regionId=cn-nort-4`, { headers })
  await ask(`${url}/api/images`, { headers })
  await ask(`${url}/api/nothing`, { headers })
  await ask(`${url}/api/instances/start`, { method: 'PUT', headers, body: '{"regionId":"cn-north-4",}' })
  await ask(`${url}/api/images?regionId=cn-north-4`)
  expect(log.filter(({ msg }) => msg === 'refused')).toEqual([])
})

test('bodies that are promised and not sent keep nobody from sending', async () => {
  const { double, url } = await startBoth()
  double.answer('POST /v1/x', { body: '{}' })
  const { hostname, port, host } = new URL(url)
  const lines = Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`)
  const target = '/api/raw/ecs/v1/x?regionId=cn-north-4&projectId=p-1'
  const megabytes = 12 * 1024 * 1024
  const socketsOpen = Array.from({ length: 8 }, () => connect({ host: hostname, port: Number(port) }))
  onTestFinished(() => {
    for (const socket of socketsOpen) socket.destroy()
  })
  const head = [`POST ${target} HTTP/1.1`, `Host: ${host}`, ...lines, `Content-Length: ${megabytes}`, '', 'x']
  for (const socket of socketsOpen) {
    socket.on('error', () => {})
    await new Promise((resolve) => socket.write(head.join('\r\n'), resolve))
  }
  const sent = await askRaw(url, { method: 'POST', target, headers: lines, body: Buffer.alloc(megabytes) })
  expect(sent.status).toBe(200)
})
