import { once } from 'node:events'
import type { Socket } from 'node:net'
import { buildConnector, type Dispatcher } from 'undici'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { Exchange, type ExchangeError, type Incoming } from './exchange.ts'
import { type HttpPool, httpPool } from './http-pool.ts'
import { settled } from './test-outside.ts'
import { startRaw, type Upstream } from './test-upstream.ts'

const head = (...lines: string[]) => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n')
const GOOD = `${head('Content-Length: 2')}{}`

/** A pool whose time stands still until a test moves it. */
function poolTo(
  { origin }: Pick<Upstream, 'origin'>,
  connector: (options: object) => buildConnector.connector = buildConnector,
) {
  const time = { now: 0 }
  const limits = { firstByteMs: 1_000, idleMs: 2_000, keptMs: 4_000, mostKeptMs: 30_000, soonerMs: 2_000 }
  const pool = httpPool(origin, { connector, elapsed: () => time.now, ...limits })
  onTestFinished(() => pool.destroy())
  return { pool, time }
}

interface Told {
  came?: Incoming
  failed?: ExchangeError
  /** In which order. */
  order: string[]
}

function asks(pool: HttpPool, target = '/') {
  const told: Told = { order: [] }
  const over = Promise.withResolvers<void>()
  const exchange = new Exchange({
    came(incoming) {
      told.order.push('came')
      told.came = incoming
      over.resolve()
    },
    failed(error) {
      told.order.push('failed')
      told.failed = error
      over.resolve()
    },
    settled: () => void told.order.push('settled'),
  })
  exchange.begin(pool as unknown as Dispatcher, {
    origin: '',
    method: 'GET',
    target,
    headers: ['host', 'x.example'],
  })
  return { exchange, told, over: over.promise }
}

const codeOf = ({ failed }: Told) => Reflect.get(failed?.cause ?? {}, 'code')

/** The pool looks for connections whose time is over. */
const look = () => void vi.advanceTimersByTime(100)

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

describe('a connection that rests', () => {
  test.each([
    ['is let go before its other end does it', '', 4_000],
    ['as long as that says, less what a request takes', 'Keep-Alive: timeout=12', 10_000],
    ['not for ever, whatever that says', 'Keep-Alive: timeout=999', 30_000],
  ])('%s', async (_, line, ms) => {
    const upstream = await startRaw((socket) => void socket.write(head('Content-Length: 0', line || 'X: y')))
    const { pool, time } = poolTo(upstream)
    await asks(pool).over
    time.now += ms - 1
    look()
    await asks(pool).over
    expect(upstream.connections).toBe(1)
    time.now += ms
    look()
    await expect.poll(() => upstream.sockets.size, { interval: 2 }).toBe(0)
    await asks(pool).over
    expect(upstream.connections).toBe(2)
  })

  test.each(['Keep-Alive: timeout=2', 'Connection: close'])('%s: not at all', async (line) => {
    const upstream = await startRaw((socket) => void socket.write(head('Content-Length: 0', line)))
    const { pool } = poolTo(upstream)
    await asks(pool).over
    await expect.poll(() => upstream.sockets.size, { interval: 5 }).toBe(0)
    const { told, over } = asks(pool)
    await over
    expect([told.came?.status, upstream.connections]).toEqual([200, 2])
  })

  test('and was used last is asked next', async () => {
    const held: Socket[] = []
    const upstream = await startRaw((socket, asked) => {
      if (asked.startsWith('GET /held')) held.push(socket)
      else socket.write(GOOD)
    })
    const { pool } = poolTo(upstream)
    const both = [asks(pool, '/held'), asks(pool, '/held')]
    await expect.poll(() => held.length, { interval: 2 }).toBe(2)
    for (const socket of held) socket.write(GOOD)
    await Promise.all(both.map(({ over }) => over))
    const last = held[1]
    held.length = 0
    asks(pool, '/held')
    await expect.poll(() => held.length, { interval: 2 }).toBe(1)
    expect([held[0] === last, upstream.connections]).toEqual([true, 2])
  })

  test('and is ended by its other end, or told something, is not asked again', async () => {
    for (const end of [(socket: Socket) => socket.end(), (socket: Socket) => socket.write('more')]) {
      const asked: Socket[] = []
      const upstream = await startRaw((socket) => {
        asked.push(socket)
        socket.write(GOOD)
      })
      const { pool } = poolTo(upstream)
      await asks(pool).over
      const closed = once(asked[0] as Socket, 'close')
      end(asked[0] as Socket)
      await closed
      const { told, over } = asks(pool)
      await over
      expect([told.order, upstream.connections]).toEqual([['settled', 'came'], 2])
    }
  })
})

describe('what is stopped', () => {
  test('while a connection is made sends nothing, and gives its place back when it is made', async () => {
    const upstream = await startRaw((socket) => void socket.write(GOOD))
    const made = Promise.withResolvers<() => void>()
    const { pool } = poolTo(upstream, (options) => {
      const connect = buildConnector(options)
      return (target, callback) => connect(target, (...result) => made.resolve(() => callback(...result)))
    })
    const { exchange, told } = asks(pool)
    const go = await made.promise
    exchange.stop(new Error('left'))
    exchange.stop(new Error('again'))
    expect([told.order, told.failed?.sent]).toEqual([['failed'], false])
    go()
    expect(told.order).toEqual(['failed', 'settled'])
    await expect.poll(() => upstream.sockets.size, { interval: 5 }).toBe(0)
    expect(upstream.requests).toEqual([])
  })

  test.each([
    ['before the answer', ''],
    ['in the middle of its head', 'HTTP/1.1 200 OK\r\nConte'],
    ['in the middle of its body', `${head('Content-Length: 50')}{"a"`],
  ])('%s takes its connection with it', async (_, begun) => {
    const asked = Promise.withResolvers<void>()
    const upstream = await startRaw((socket) => void socket.write(begun || '', () => asked.resolve()))
    const { pool } = poolTo(upstream)
    const { exchange, told, over } = asks(pool)
    await asked.promise
    const why = new Error('left')
    exchange.stop(why)
    await over
    expect([told.order, told.failed?.cause, told.failed?.sent]).toEqual([['settled', 'failed'], why, true])
    await expect.poll(() => upstream.sockets.size, { interval: 5 }).toBe(0)
  })

  test('when it is over touches nobody who is asked on the same connection next', async () => {
    const upstream = await startRaw((socket, asked) => {
      if (asked.startsWith('GET /first')) socket.write(GOOD)
    })
    const { pool } = poolTo(upstream)
    let first: Dispatcher.DispatchController | undefined
    const ended = Promise.withResolvers<void>()
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        first = controller
      },
      onResponseEnd: () => ended.resolve(),
    }
    pool.dispatch({ path: '/first', method: 'GET', headers: ['host', 'x'] }, handler)
    await ended.promise
    const { told } = asks(pool, '/second')
    await expect.poll(() => upstream.requests.length, { interval: 2 }).toBe(2)
    first?.pause()
    first?.resume()
    first?.abort(new Error('late'))
    await settled()
    expect([told.order, upstream.sockets.size, upstream.connections]).toEqual([[], 1, 1])
  })
})

describe('time', () => {
  test('for the first byte ends with it, and that between two pieces begins', async () => {
    const asked: Socket[] = []
    const upstream = await startRaw((socket) => void asked.push(socket))
    const { pool, time } = poolTo(upstream)
    const late = asks(pool)
    await expect.poll(() => asked.length, { interval: 2 }).toBe(1)
    time.now += 999
    look()
    const answered = vi.spyOn(late.exchange, 'onResponseStart')
    asked[0]?.write(head('Content-Length: 50'))
    await expect.poll(() => answered.mock.calls.length, { interval: 2 }).toBe(1)
    time.now += 1_999
    look()
    expect(late.told.order).toEqual([])
    time.now += 1
    look()
    expect([codeOf(late.told), late.told.failed?.answered]).toEqual(['UND_ERR_BODY_TIMEOUT', true])

    const never = asks(pool)
    await expect.poll(() => asked.length, { interval: 2 }).toBe(2)
    time.now += 1_000
    look()
    expect([codeOf(never.told), never.told.failed?.answered]).toEqual(['UND_ERR_HEADERS_TIMEOUT', false])
  })

  test('does not run for a body that its reader holds up', async () => {
    const size = 8 * 1024 * 1024
    const upstream = await startRaw(
      (socket) => void socket.write(head(`Content-Length: ${size}`) + 'x'.repeat(size - 10)),
    )
    const { pool, time } = poolTo(upstream)
    const { told, over } = asks(pool)
    await over
    const body = told.came?.body
    if (!body || Buffer.isBuffer(body)) return expect.fail('no stream')
    const begun = body.readableLength
    // It is one piece ahead when it stops.
    await expect.poll(() => body.readableLength, { interval: 2 }).toBeGreaterThan(begun)
    time.now += 60_000
    look()
    let got = 0
    let broken: Error | undefined
    body.on('error', (error) => {
      broken = error
    })
    body.on('data', (chunk: Buffer) => {
      got += chunk.length
    })
    await expect.poll(() => got, { interval: 5 }).toBe(size - 10)
    time.now += 1_999
    look()
    await settled()
    expect(broken).toBeUndefined()
    time.now += 1
    look()
    await settled()
    expect([Reflect.get(broken ?? {}, 'code'), told.order]).toEqual([
      'UND_ERR_BODY_TIMEOUT',
      ['came', 'settled'],
    ])
  })
})

test('the end of a pool ends what is asked, what rests, and what is being connected', async () => {
  const upstream = await startRaw((socket, asked) => {
    if (asked.startsWith('GET /good')) socket.write(GOOD)
  })
  const { pool } = poolTo(upstream)
  await asks(pool, '/good').over
  const silent = asks(pool)
  await expect.poll(() => upstream.requests.length, { interval: 2 }).toBe(2)
  const connecting = asks(pool)
  pool.destroy()
  const late = asks(pool)
  await Promise.all([silent.over, connecting.over, late.over])
  expect([silent, connecting, late].map(({ told }) => told.order)).toEqual(
    Array.from({ length: 3 }, () => ['settled', 'failed']),
  )
  await expect.poll(() => upstream.sockets.size, { interval: 5 }).toBe(0)
  expect(upstream.requests).toHaveLength(2)
})
