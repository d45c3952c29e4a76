import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ask, bytesAnswered, errorOf, keyHeaders } from '../helpers/house.ts'
import { numberAt } from '../helpers/scrape.ts'
import { type FaultHouse, scripted } from './fault-house.ts'
import { keysOf } from './fault-many.ts'
import { call, IMAGES } from './fault-row.ts'
import type { Step } from './fault-script.ts'
import { good, head, JSON_TYPE, say, sayAndEnd } from './fault-steps.ts'

const MIB = 1024 * 1024
const PIECE = Buffer.alloc(64 * 1024, 'x')
const BEGINNING = '{"images":[{"id":"'

const request = (url: string, keys: Record<string, string> = keyHeaders) =>
  [
    `GET ${IMAGES} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    ...Object.entries(keys).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
    '',
    '',
  ].join('\r\n')

/** So much of an answer as is taken, up to `most` bytes; and how much that was. */
function flood(most: number) {
  const flooding = { sent: 0, step: (() => {}) as Step }
  flooding.step = (socket) => {
    socket.write(
      head(200, JSON_TYPE, ...(Number.isFinite(most) ? [`Content-Length: ${most}`] : ['Connection: close'])),
    )
    socket.write(BEGINNING)
    flooding.sent += BEGINNING.length
    const go = () => {
      while (flooding.sent < most && !socket.destroyed) {
        const piece = PIECE.subarray(0, Math.min(PIECE.length, most - flooding.sent))
        flooding.sent += piece.length
        if (!socket.write(piece)) return
      }
    }
    socket.on('drain', go)
    go()
  }
  return flooding
}

/** A caller that reads, and counts what it read. */
async function reader(url: string, keys?: Record<string, string>) {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) }).on('error', () => {})
  onTestFinished(() => void socket.destroy())
  socket.write(request(url, keys))
  await once(socket, 'readable')
  return socket
}

const lineOf = async ({ log }: FaultHouse, count = 1) => {
  const lines = () => log.filter(({ route }) => route === '/api/images')
  await expect.poll(() => lines().length, { interval: 5, timeout: 15_000 }).toBeGreaterThanOrEqual(count)
  return lines()
}

const closed = (sockets: readonly Socket[]) =>
  expect.poll(() => sockets.every(({ destroyed }) => destroyed), { interval: 5 }).toBe(true)

describe('F-23 an answer that breaks off after it was begun', () => {
  const half = `${BEGINNING}${'x'.repeat(600_000)}`
  test.each([
    ['short of its length', sayAndEnd(head(200, JSON_TYPE, 'Content-Length: 900000'), half)],
    [
      'behind a whole chunk',
      sayAndEnd(
        head(200, JSON_TYPE, 'Transfer-Encoding: chunked'),
        `${half.length.toString(16)}\r\n${half}\r\n`,
      ),
    ],
  ])('%s looks like a break, and is not asked for again', async (_, step) => {
    const house = await scripted([step])()
    const bytes = await bytesAnswered(house.url, request(house.url))
    expect(bytes).toMatch(/^HTTP\/1\.1 200 /)
    expect(bytes.endsWith('0\r\n\r\n'), 'the last chunk').toBe(false)
    expect(bytes.slice(-10)).not.toContain('}')
    expect(house.heard).toHaveLength(1)
    expect((await lineOf(house))[0]).toMatchObject({ status: 200, reason: 'UPSTREAM_TRUNCATED' })
  })
})

test('F-23 a reset after an answer was begun looks like a break too', async () => {
  const house = await scripted([
    say(head(200, JSON_TYPE, 'Content-Length: 900000'), BEGINNING, PIECE.toString().repeat(8)),
  ])()
  const socket = await reader(house.url)
  house.sockets[0]?.resetAndDestroy()
  let text = ''
  for await (const chunk of socket) text += chunk
  expect(text).toMatch(/^HTTP\/1\.1 200 /)
  expect(text.slice(-10)).not.toMatch(/\}|0\r\n\r\n$/)
  expect((await lineOf(house))[0]).toMatchObject({ status: 200, reason: 'UPSTREAM_TRUNCATED' })
})

describe('F-24 an answer of 300 MiB', () => {
  test('passes piece by piece, and no more of it is held than is read', async () => {
    const flooding = flood(300 * MIB)
    const house = await scripted([flooding.step])()
    const socket = await reader(house.url)
    let got = 0
    let ahead = 0
    for await (const chunk of socket) {
      got += (chunk as Buffer).length
      ahead = Math.max(ahead, flooding.sent - got)
    }
    // Most of it lies in the buffers of the system.
    expect(ahead / MIB, 'MiB under way').toBeLessThan(40)
    expect(got).toBeGreaterThan(300 * MIB)
    expect((await lineOf(house))[0]).toMatchObject({ status: 200, reason: 'UPSTREAM_PROTOCOL_ERROR' })
  })

  test.each(['fields=id', 'all=true', 'sort=id'])(
    'is cut at 32 MiB where it is read for %s',
    async (search) => {
      const flooding = flood(300 * MIB)
      const house = await scripted([flooding.step])()
      const got = await ask(`${house.url}${IMAGES}&${search}`, { headers: keyHeaders })
      expect([got.status, errorOf(got).status, errorOf(got).reason]).toEqual([
        502,
        'INTERNAL',
        'UPSTREAM_TOO_LARGE',
      ])
      expect(errorOf(got).retryDelay).toBeUndefined()
      await closed(house.sockets)
      expect(flooding.sent / MIB, 'MiB sent').toBeLessThan(64)
      expect(house.heard).toHaveLength(1)
      expect((await lineOf(house))[0]).toMatchObject({ status: 502, reason: 'UPSTREAM_TOO_LARGE' })
    },
  )
})

describe('F-25 an answer without end', () => {
  test('is cut at 32 MiB where it is read', async () => {
    const flooding = flood(Number.POSITIVE_INFINITY)
    const house = await scripted([flooding.step])()
    const got = await ask(`${house.url}${IMAGES}&all=true`, { headers: keyHeaders })
    expect([got.status, errorOf(got).reason]).toEqual([502, 'UPSTREAM_TOO_LARGE'])
    await closed(house.sockets)
    expect(flooding.sent / MIB, 'MiB sent').toBeLessThan(64)
  })

  test('ends with its reader elsewhere', async () => {
    const flooding = flood(Number.POSITIVE_INFINITY)
    const house = await scripted([flooding.step])()
    const socket = await reader(house.url)
    let got = 0
    for await (const chunk of socket) {
      got += (chunk as Buffer).length
      if (got > 40 * MIB) break // leaving the loop destroys the socket
    }
    await closed(house.sockets)
    expect((await lineOf(house))[0]).toMatchObject({ status: 200, reason: 'CLIENT_LEFT' })
  })
})

test('F-59 a hundred who read nothing hold Huawei back, are cut, and nobody else notices', async () => {
  let isFlooding = false
  const flooding = flood(Number.POSITIVE_INFINITY)
  const house = await scripted([(socket, heard) => (isFlooding ? flooding.step : good)(socket, heard)])({
    HCA_CONNECTIONS: '200',
    HCA_CONNECTIONS_CALLER: '200',
    HCA_TIMEOUT_SILENT: '2',
    HCA_DEADLINE_READ: '1.9',
    HCA_DEADLINE_WRITE: '1.9',
    HCA_REGION_DEADLINE: '1.9',
    HCA_KEEP_ALIVE: '0.5',
  })
  expect((await call(house.url, 'read')).status).toBe(200)
  isFlooding = true
  await Promise.all(Array.from({ length: 100 }, () => reader(house.url)))
  isFlooding = false
  expect((await call(house.url, 'read', keysOf(1))).status, 'to another meanwhile').toBe(200)
  const cut = (await lineOf(house, 102)).filter(({ reason }) => reason === 'CLIENT_LEFT')
  expect(cut).toHaveLength(100)
  expect(await numberAt(house.url, 'hca_upstream_calls_in_flight')).toBe(0)
  // What stands in the buffers of the system between the three, and in ours.
  expect(flooding.sent / MIB / 100, 'MiB sent for each').toBeLessThan(24)
  expect((await call(house.url, 'read')).status).toBe(200)
})
