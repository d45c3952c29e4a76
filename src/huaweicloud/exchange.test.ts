import { getEventListeners, once } from 'node:events'
import { createServer } from 'node:net'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HELD_BYTES } from './exchange.ts'
import type { Failure } from './failure.ts'
import { settled } from './test-outside.ts'
import {
  sender as anySender,
  failureOf,
  json,
  read,
  type Sender,
  startRaw,
  startUpstream,
  write,
} from './test-upstream.ts'
import { CallerLeft, DeadlineExceeded } from './why-failed.ts'

// A stream or a promise that nobody watches would end the gateway; Vitest only counts such errors.
const uncaught: unknown[] = []
const note = (error: unknown) => void uncaught.push(error)
beforeAll(() => void process.on('uncaughtException', note).on('unhandledRejection', note))
afterAll(() => {
  process.off('uncaughtException', note).off('unhandledRejection', note)
  expect(uncaught).toEqual([])
})

/** A place each for what is tested, none to wait in: one lost place shows at the next call. */
const ONE = { most: 1, queue: 0 }

/** Every place is free again: as many calls at once as there are places get an answer. */
async function expectFree({ send }: Sender, most = 1): Promise<void> {
  const calls = Array.from({ length: most }, () => send({ path: '/free' }))
  for (const { status } of await Promise.all(calls)) expect(status).toBe(200)
}

const GOOD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const isFree = (head: string) => head.startsWith('GET /free ')

type Bytes = string | Buffer | (() => void)

/** Answers each request with these bytes and closes, or does what it is told; `/free` is always answered well. */
const answering = (bytes: string | Buffer, end = true) =>
  startRaw((socket, head) => {
    if (isFree(head)) socket.write(GOOD)
    else if (end) socket.end(bytes)
    else socket.write(bytes)
  })

const connection: Failure = { kind: 'unreachable', why: 'connection' }
const protocol: Failure = { kind: 'nonsense', why: 'protocol' }
const truncated: Failure = { kind: 'truncated' }

describe.each(['library', 'own'] as const)('over connections: %s', (over) => {
  const sender = (upstream: Parameters<typeof anySender>[0], settings?: Parameters<typeof anySender>[1]) =>
    anySender(upstream, settings, over)

  describe('an answer that is none', () => {
    test.each<[what: string, bytes: Exclude<Bytes, () => void>, failure: Failure]>([
      ['nothing but an end', '', connection],
      ['garbage', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', protocol],
      ['TLS in place of HTTP', Buffer.from([21, 3, 1, 0, 2, 2, 10]), protocol],
      ['a status that is no number', 'HTTP/1.1 OK 200\r\n\r\n', protocol],
      ['half a head', 'HTTP/1.1 200 OK\r\nContent-Ty', connection],
      ['a head beyond measure', `${HEAD}X: ${'x'.repeat(70_000)}\r\n\r\n{}`, protocol],
      ['two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}`, protocol],
      [
        'a length and chunks',
        `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
        protocol,
      ],
      ['a body too short', `${HEAD}Content-Length: 50\r\n\r\n{"a":1`, truncated],
      ['chunks without an end', `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n`, truncated],
      ['a bad chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{"a":\r\n`, protocol],
      ['another protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', protocol],
    ])('%s is told apart, and was sent', async (_, bytes, failure) => {
      const upstream = await answering(bytes)
      const calls = sender(upstream, { limits: ONE })
      for (const operation of [read, write]) {
        const error = await failureOf(calls.send({ operation }))
        expect(error.failure).toEqual(failure)
        expect(error.circumstances.sent).toBe(true)
        await expectFree(calls)
      }
    })

    test('bytes after the answer do not leak into the next', async () => {
      const upstream = await startRaw((socket, head) => {
        socket.write(isFree(head) ? GOOD : `${GOOD}HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n`)
      })
      const calls = sender(upstream, { limits: ONE })
      for (let round = 0; round < 3; round += 1) {
        expect((await calls.send()).body.toString()).toBe('{}')
        await expectFree(calls)
      }
    })

    test('without a length, a whole answer ends with the connection', async () => {
      const upstream = await answering(`${HEAD}Connection: close\r\n\r\n{"a":1}`)
      const calls = sender(upstream, { limits: ONE })
      expect((await calls.send()).body.toString()).toBe('{"a":1}')
      await expectFree(calls)
    })

    test('interim answers are passed over', async () => {
      const upstream = await answering(`HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n${GOOD}`)
      expect((await sender(upstream).send()).status).toBe(200)
    })
  })

  describe('no connection', () => {
    test('refused: never sent', async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as { port: number }
      await new Promise((resolve) => server.close(resolve))
      const host = `127.0.0.1:${port}`
      const { send } = sender({ origin: `http://${host}`, host }, { limits: ONE })
      for (let round = 0; round < 3; round += 1) {
        const { failure, circumstances } = await failureOf(send({ operation: write, body: '{}' }))
        expect([failure, circumstances.sent]).toEqual([connection, false])
        await settled()
      }
    })

    test('a name that does not exist: never sent', async () => {
      const { send } = sender({ origin: 'http://nowhere.invalid', host: 'nowhere.invalid' }, { limits: ONE })
      for (let round = 0; round < 2; round += 1) {
        const { failure, circumstances } = await failureOf(send({ operation: write }))
        expect([failure, circumstances.sent]).toEqual([{ kind: 'unreachable', why: 'dns' }, false])
        await settled()
      }
    })

    test('a hang-up once the request has arrived: sent, for all we know', async () => {
      const upstream = await startRaw((socket, head) =>
        isFree(head) ? socket.write(GOOD) : socket.resetAndDestroy(),
      )
      const calls = sender(upstream, { limits: ONE })
      const { failure, circumstances } = await failureOf(calls.send({ operation: write, body: '{}' }))
      expect([failure, circumstances.sent]).toEqual([connection, true])
      expect(upstream.requests).toHaveLength(1)
      await expectFree(calls)
    })

    test('a write lost on a used connection is not sent again', async () => {
      const upstream = await startRaw((socket, head) =>
        isFree(head) ? socket.write(GOOD) : socket.destroy(),
      )
      const calls = sender(upstream, { limits: ONE })
      await expectFree(calls)
      const { circumstances } = await failureOf(calls.send({ operation: write, path: '/lost', body: '{}' }))
      expect(circumstances.sent).toBe(true)
      expect(upstream.requests.map(({ target }) => target)).toEqual(['/free', '/lost'])
      await expectFree(calls)
    })
  })

  describe('too slow', () => {
    test('without a first byte: timeout, sent', async () => {
      const upstream = await startRaw((socket, head) => void (isFree(head) && socket.write(GOOD)))
      const calls = sender(upstream, { limits: { ...ONE, firstByteMs: 20 } })
      const { failure, circumstances } = await failureOf(calls.send())
      expect([failure, circumstances.sent]).toEqual([{ kind: 'timeout' }, true])
      await expectFree(calls)
    })

    test('a write without a first byte waits for its own deadline, since giving up early would settle nothing', async () => {
      const upstream = await startRaw((socket, head) => void (isFree(head) && socket.write(GOOD)))
      const calls = sender(upstream, { limits: { ...ONE, firstByteMs: 20 } })
      const stop = new AbortController()
      const read = failureOf(sender(upstream, { limits: { ...ONE, firstByteMs: 20 } }).send())
      const written = failureOf(calls.send({ operation: write, signal: stop.signal }))
      expect((await read).failure).toEqual({ kind: 'timeout' })
      expect(await Promise.race([written, Promise.resolve('still waiting')])).toBe('still waiting')
      stop.abort(new DeadlineExceeded())
      expect((await written).failure).toEqual({ kind: 'timeout' })
      await expectFree(calls)
    })

    test('in a body that is held: timeout', async () => {
      const upstream = await answering(`${HEAD}Content-Length: 50\r\n\r\n{"a":`, false)
      const calls = sender(upstream, { limits: { ...ONE, idleMs: 20 } })
      const { failure, circumstances } = await failureOf(calls.send())
      expect([failure, circumstances.sent]).toEqual([{ kind: 'timeout' }, true])
      await expectFree(calls)
    })

    test('in a body that is streamed: the stream fails', async () => {
      const part = `{${'x'.repeat(HELD_BYTES)}`
      const upstream = await answering(`${HEAD}Content-Length: 900000\r\n\r\n${part}`, false)
      const calls = sender(upstream, { limits: { ...ONE, idleMs: 20 } })
      const { body } = await calls.send()
      await expect(buffer(body as Readable)).rejects.toMatchObject({ code: 'UND_ERR_BODY_TIMEOUT' })
      await expectFree(calls)
    })
  })

  describe('the caller’s signal', () => {
    test.each([
      [new DeadlineExceeded(), { kind: 'timeout' }],
      [new CallerLeft(), { kind: 'cancelled' }],
    ])('%o after the request went out closes the upstream connection', async (reason, failure) => {
      const arrived = Promise.withResolvers<void>()
      const upstream = await startRaw((socket, head) =>
        isFree(head) ? socket.write(GOOD) : arrived.resolve(),
      )
      const calls = sender(upstream, { limits: ONE })
      const stop = new AbortController()
      const call = failureOf(calls.send({ operation: write, signal: stop.signal }))
      await arrived.promise
      const [socket] = upstream.sockets
      const closed = once(socket ?? expect.fail('no socket'), 'close')
      stop.abort(reason)
      const error = await call
      expect([error.failure, error.circumstances.sent]).toEqual([failure, true])
      await closed
      await expectFree(calls)
    })

    test('in the middle of a held body closes the upstream connection too', async () => {
      const upstream = await answering(`${HEAD}Content-Length: 50\r\n\r\n{"a":`, false)
      const calls = sender(upstream, { limits: ONE })
      const stop = new AbortController()
      const call = failureOf(calls.send({ signal: stop.signal }))
      await expect.poll(() => upstream.sockets.size).toBe(1)
      stop.abort(new CallerLeft())
      expect((await call).failure).toEqual({ kind: 'cancelled' })
      await expect.poll(() => upstream.sockets.size).toBe(0)
      await expectFree(calls)
    })

    test('given before the call sends nothing', async () => {
      const upstream = await startUpstream()
      const calls = sender(upstream, { limits: ONE })
      const signal = AbortSignal.abort(new DeadlineExceeded())
      const { failure, circumstances } = await failureOf(calls.send({ operation: write, signal }))
      expect([failure, circumstances.sent]).toEqual([{ kind: 'timeout' }, false])
      expect(upstream.connections).toBe(0)
      await expectFree(calls)
    })

    test('given in the same turn sends nothing', async () => {
      const upstream = await startUpstream()
      const calls = sender(upstream, { limits: ONE })
      const stop = new AbortController()
      const call = failureOf(calls.send({ operation: write, signal: stop.signal }))
      stop.abort(new CallerLeft())
      const { failure, circumstances } = await call
      expect([failure, circumstances.sent]).toEqual([{ kind: 'cancelled' }, false])
      await expect
        .poll(() =>
          expectFree(calls).then(
            () => true,
            () => false,
          ),
        )
        .toBe(true)
      expect(upstream.requests.every(({ target }) => target === '/free')).toBe(true)
    })

    test('while the connection is being made lets the caller go at once and keeps the place until it is', async () => {
      // TCP stands, TLS never does.
      const upstream = await startRaw(() => {})
      const { send } = sender(
        { ...upstream, origin: upstream.origin.replace('http:', 'https:') },
        { limits: { ...ONE, connectMs: 1_200 } },
      )
      const stop = new AbortController()
      const call = failureOf(send({ operation: write, signal: stop.signal }))
      await expect.poll(() => upstream.sockets.size).toBe(1)
      stop.abort(new DeadlineExceeded())
      const { failure, circumstances } = await call
      expect([failure, circumstances.sent]).toEqual([{ kind: 'timeout' }, false])
      expect(upstream.sockets.size).toBe(1) // undici is still at it: its own queue must stay empty
      expect((await failureOf(send())).failure).toEqual({ kind: 'overloaded', by: 'all' })
      await expect.poll(() => upstream.sockets.size, { timeout: 5_000 }).toBe(0)
      await expect
        .poll(() => send({ signal: AbortSignal.abort() }).catch((error) => error.failure.kind))
        .not.toBe('overloaded')
    })

    test('while waiting for a place leaves the line', async () => {
      const upstream = await startRaw((socket, head) => void (isFree(head) && socket.write(GOOD)))
      const calls = sender(upstream, { limits: { most: 1, queue: 1 } })
      const first = new AbortController()
      const held = failureOf(calls.send({ signal: first.signal }))
      const stop = new AbortController()
      const waiting = failureOf(calls.send({ operation: write, signal: stop.signal }))
      expect((await failureOf(calls.send())).failure).toEqual({ kind: 'overloaded', by: 'all' })
      stop.abort(new DeadlineExceeded())
      const { failure, circumstances } = await waiting
      expect([failure, circumstances.sent]).toEqual([{ kind: 'timeout' }, false])
      const third = failureOf(calls.send())
      calls.outside.advance(1_000)
      expect((await third).failure).toEqual({ kind: 'overloaded', by: 'all' })
      first.abort(new CallerLeft())
      await held
      await expectFree(calls)
      expect(calls.outside.sleeping).toBe(0)
    })
  })

  describe('a long answer', () => {
    const MIB = 1024 * 1024

    test('is read no faster than its reader reads', async () => {
      const chunk = Buffer.alloc(64 * 1024, '{xxxxxxx')
      const total = 64 * MIB
      let written = 0
      const upstream = await startUpstream(async (outgoing, { target }) => {
        if (target === '/free') return json('{}')(outgoing, {} as never)
        outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': String(total) })
        while (written < total) {
          written += chunk.length
          if (!outgoing.write(chunk)) await once(outgoing, 'drain')
        }
        outgoing.end()
      })
      const calls = sender(upstream, { limits: ONE })
      const { body } = await calls.send()
      if (Buffer.isBuffer(body)) return expect.fail('held whole')
      let before = -1
      while (before !== written) {
        before = written
        for (let turn = 0; turn < 50; turn += 1) await settled()
      }
      // What lies in sockets of the kernel counts too; without a brake all 64 MiB would be here.
      expect(written).toBeLessThan(24 * MIB)
      expect(body.readableLength).toBeLessThan(MIB)
      expect((await failureOf(calls.send())).failure).toEqual({ kind: 'overloaded', by: 'all' })
      let got = 0
      for await (const piece of body) got += piece.length
      expect(got).toBe(total)
      await expectFree(calls)
    })

    test('that breaks off fails its reader, and nobody else', async () => {
      const upstream = await answering(`${HEAD}Content-Length: 900000\r\n\r\n{${'x'.repeat(HELD_BYTES)}`)
      const calls = sender(upstream, { limits: ONE })
      const { body } = await calls.send()
      await expect(buffer(body as Readable)).rejects.toThrow()
      await expectFree(calls)
    })

    test('that breaks off before anybody reads fails whoever reads later', async () => {
      const upstream = await startRaw(async (socket, head) => {
        if (isFree(head)) return void socket.write(GOOD)
        const chunk = (size: number) => `${size.toString(16)}\r\n{${'x'.repeat(size - 1)}\r\n`
        socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunk(HELD_BYTES)}`)
        for (let turn = 0; turn < 20; turn += 1) await settled()
        socket.write(`${chunk(1)}zz\r\n`)
      })
      const calls = sender(upstream, { limits: ONE })
      const { body } = await calls.send()
      await expect.poll(() => upstream.sockets.size).toBe(0)
      await settled()
      await expect(buffer(body as Readable)).rejects.toThrow()
      await expectFree(calls)
    })

    test.each([
      ['without a word', undefined],
      ['with an error', new Error('the caller left')],
    ])('given up %s closes the upstream connection and frees the place', async (_, why) => {
      const upstream = await answering(
        `${HEAD}Content-Length: 90000000\r\n\r\n{${'x'.repeat(4 * MIB)}`,
        false,
      )
      const calls = sender(upstream, { limits: ONE })
      const { body } = await calls.send()
      ;(body as Readable).destroy(why)
      await expect.poll(() => upstream.sockets.size).toBe(0)
      await expectFree(calls)
    })

    test('outlives the deadline of the call, which ended with its beginning', async () => {
      const size = HELD_BYTES + 20
      const finish = Promise.withResolvers<void>()
      const upstream = await startRaw(async (socket) => {
        socket.write(`${HEAD}Content-Length: ${size}\r\n\r\n{${'x'.repeat(HELD_BYTES + 9)}`)
        await finish.promise
        socket.write('x'.repeat(10))
      })
      const stop = new AbortController()
      const { body } = await sender(upstream).send({ signal: stop.signal })
      stop.abort(new DeadlineExceeded())
      finish.resolve()
      expect((await buffer(body as Readable)).length).toBe(size)
    })

    test('read to its end leaves the connection to the next call', async () => {
      const upstream = await startUpstream(json(Buffer.alloc(HELD_BYTES * 3, '{xxxxxxx')))
      const { send } = sender(upstream, { limits: ONE })
      for (let round = 0; round < 4; round += 1) await buffer((await send()).body as Readable)
      expect([upstream.connections, upstream.requests.length]).toEqual([1, 4])
    })
  })

  test('never more connections than places, and everybody gets an answer', async () => {
    let now = 0
    let peak = 0
    const upstream = await startUpstream((outgoing) => {
      now += 1
      peak = Math.max(peak, now)
      setImmediate(() => {
        now -= 1
        json('{}')(outgoing, {} as never)
      })
    })
    const { send, outside } = sender(upstream, { limits: { most: 4, queue: 100 } })
    const answers = await Promise.all(Array.from({ length: 100 }, () => send()))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 200))
    expect(upstream.connections).toBeLessThanOrEqual(4)
    expect(peak).toBeLessThanOrEqual(4)
    expect(outside.sleeping).toBe(0)
  })

  test('a signal is left without listeners, however the call ended', async () => {
    const upstream = await startRaw((socket, head) => {
      if (head.startsWith('GET /long'))
        socket.end(`${HEAD}Connection: close\r\n\r\n{${'x'.repeat(HELD_BYTES * 2)}`)
      else if (isFree(head)) socket.write(GOOD)
      else socket.destroy()
    })
    const { send } = sender(upstream)
    const { signal } = new AbortController()
    // Counted one by one: who takes away twice would hide who does not take away at all.
    const left = () => getEventListeners(signal, 'abort').length
    await send({ signal, path: '/free' })
    expect(left()).toBe(0)
    await failureOf(send({ signal }))
    expect(left()).toBe(0)
    await buffer((await send({ signal, path: '/long' })).body as Readable)
    expect(left()).toBe(0)
  })
})
