import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildConnections } from './connections.ts'
import { handClock } from './test-outside.ts'
import { certificatesFor, hasOpenssl, startProxy, startTlsUpstream } from './test-tls.ts'
import { failureOf, json, sender, startRaw, startUpstream, write } from './test-upstream.ts'
import { DeadlineExceeded } from './why-failed.ts'

const tls = { kind: 'unreachable', why: 'tls' }
const limits = { most: 2, queue: 0 }
const good = json('{"ok":true}')

describe.skipIf(!hasOpenssl)('over TLS', () => {
  const right = hasOpenssl ? certificatesFor('IP:127.0.0.1') : { authority: '', cert: '', key: '' }
  const wrongName = hasOpenssl ? certificatesFor('DNS:elsewhere.example') : right

  test('an authority of ours makes it work', async () => {
    const upstream = await startTlsUpstream(right, good)
    const { send } = sender(upstream, { extraAuthorities: right.authority })
    expect((await send()).body.toString()).toBe('{"ok":true}')
  })

  test('several authorities may stand in one text', async () => {
    const upstream = await startTlsUpstream(right, good)
    const { send } = sender(upstream, { extraAuthorities: `${wrongName.authority}\n${right.authority}` })
    expect((await send()).status).toBe(200)
  })

  describe('with verification switched off in the environment', () => {
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
    beforeEach(() => {
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    })
    afterEach(() => {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before
    })

    test.each([
      ['nobody vouches for', right, undefined],
      ['another authority vouches for', right, wrongName.authority],
      ['is for another name', wrongName, wrongName.authority],
    ])(
      'a certificate that %s is still refused, nothing is sent',
      async (_, certificates, extraAuthorities) => {
        const upstream = await startTlsUpstream(certificates, good)
        const settings = { limits: { most: 4, queue: 0 }, ...(extraAuthorities ? { extraAuthorities } : {}) }
        const { send } = sender(upstream, settings)
        for (let round = 0; round < 3; round += 1) {
          const calls = Array.from({ length: 4 }, () => failureOf(send({ operation: write, body: '{}' })))
          for (const { failure, circumstances } of await Promise.all(calls)) {
            expect(failure).toEqual(tls)
            expect(circumstances.sent).toBe(false)
          }
        }
        expect(upstream.requests).toEqual([])
      },
    )

    test('through a proxy too', async () => {
      const upstream = await startTlsUpstream(right, good)
      const proxy = await startProxy()
      const { failure, circumstances } = await failureOf(sender(upstream, { proxy: proxy.origin }).send())
      expect([failure, circumstances.sent]).toEqual([tls, false])
      expect(proxy.asked).toEqual([upstream.host])
      expect(upstream.requests).toEqual([])
    })
  })

  test('an old version is refused', async () => {
    const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }
    const upstream = await startTlsUpstream(right, good, old)
    const { send } = sender(upstream, { extraAuthorities: right.authority })
    expect((await failureOf(send())).failure).toEqual(tls)
  })

  test('HTTP/2 is not spoken', async () => {
    const upstream = await startTlsUpstream(right, good, { ALPNProtocols: ['h2', 'http/1.1'] })
    const { send } = sender(upstream, { extraAuthorities: right.authority })
    expect((await send()).status).toBe(200)
  })

  test('a proxy is asked for tunnels, and several calls share one', async () => {
    const upstream = await startTlsUpstream(right, good)
    const proxy = await startProxy()
    const { send } = sender(upstream, { proxy: proxy.origin, extraAuthorities: right.authority })
    for (let round = 0; round < 6; round += 1) expect((await send()).status).toBe(200)
    expect(new Set(proxy.asked)).toEqual(new Set([upstream.host]))
    expect(proxy.asked.length).toBeLessThan(4)
    expect(proxy.requests).toEqual([]) // a header of ours never passes outside the tunnel
  })

  test.each(['127.0.0.1', '*', 'other.example, 127.0.0.1', 'other.example 127.0.0.1'])(
    'NO_PROXY %j goes past the proxy',
    async (noProxy) => {
      const upstream = await startTlsUpstream(right, good)
      const proxy = await startProxy()
      const { send } = sender(upstream, { proxy: proxy.origin, noProxy, extraAuthorities: right.authority })
      expect((await send()).status).toBe(200)
      expect(proxy.asked).toEqual([])
    },
  )

  test('what goes past the proxy is found and kept from this machine as without one', async () => {
    const target = { origin: 'https://ecs.example', host: 'ecs.example' }
    const settings = { proxy: 'http://127.0.0.1:1', noProxy: 'ecs.example', isPublic: () => true }
    const { failure } = await failureOf(sender(target, settings).send())
    expect(failure).toEqual({ kind: 'unreachable', why: 'address' })
  })

  test('NO_PROXY for others does not', async () => {
    const upstream = await startTlsUpstream(right, good)
    const proxy = await startProxy()
    const settings = {
      proxy: proxy.origin,
      noProxy: '127.0.0.2,example.com',
      extraAuthorities: right.authority,
    }
    expect((await sender(upstream, settings).send()).status).toBe(200)
    expect(proxy.asked).toEqual([upstream.host])
  })

  test('what the environment says of proxies is for others', async () => {
    const proxy = await startProxy()
    const upstream = await startTlsUpstream(right, good)
    const before = { ...process.env }
    Object.assign(process.env, {
      HTTPS_PROXY: proxy.origin,
      HTTP_PROXY: proxy.origin,
      https_proxy: proxy.origin,
    })
    try {
      const { send } = sender(upstream, { extraAuthorities: right.authority })
      expect((await send()).status).toBe(200)
      const bypassed = sender(await startUpstream(), { proxy: 'http://127.0.0.1:1' })
      expect((await bypassed.send()).status).toBe(200)
    } finally {
      for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy']) delete process.env[name]
      Object.assign(process.env, before)
    }
    expect(proxy.asked).toEqual([])
  })

  test.each([403, 407, 502])('a proxy that answers %i was as far as it got', async (status) => {
    const upstream = await startTlsUpstream(right, good)
    const proxy = await startProxy(status)
    const { send } = sender(upstream, { proxy: proxy.origin, limits })
    for (let round = 0; round < 4; round += 1) {
      const { failure, circumstances } = await failureOf(send({ operation: write }))
      expect([failure, circumstances.sent]).toEqual([{ kind: 'unreachable', why: 'connection' }, false])
    }
    expect(upstream.requests).toEqual([])
  })
})

test('a port that speaks no TLS is a TLS failure, never sent', async () => {
  const upstream = await startRaw(() => {})
  const plain = await startUpstream()
  const origin = plain.origin.replace('http:', 'https:')
  const { failure, circumstances } = await failureOf(sender({ ...upstream, origin }, { limits }).send())
  expect([failure, circumstances.sent]).toEqual([tls, false])
})

test('a handshake that never ends is a timeout, never sent', async () => {
  const upstream = await startRaw(() => {})
  const origin = upstream.origin.replace('http:', 'https:')
  const { send } = sender({ ...upstream, origin }, { limits: { ...limits, connectMs: 20 } })
  for (let round = 0; round < 3; round += 1) {
    const { failure, circumstances } = await failureOf(send({ operation: write }))
    expect([failure, circumstances.sent]).toEqual([{ kind: 'timeout' }, false])
  }
})

describe('a proxy that accepts and then says nothing', () => {
  const target = { origin: 'https://ecs.example', host: 'ecs.example' }

  test('is given up after the time for connecting, and its places are free again', async () => {
    const proxy = await startProxy('silence')
    const { send } = sender(target, { proxy: proxy.origin, limits: { ...limits, connectMs: 20 } })
    for (let round = 0; round < 3; round += 1) {
      const { failure, circumstances } = await failureOf(send({ operation: write }))
      expect([failure, circumstances.sent]).toEqual([{ kind: 'timeout' }, false])
    }
  })

  test('holds no caller beyond the deadline', async () => {
    const proxy = await startProxy('silence')
    const { send } = sender(target, { proxy: proxy.origin, limits })
    const stop = new AbortController()
    const call = failureOf(send({ operation: write, signal: stop.signal }))
    await expect.poll(() => proxy.asked).toEqual(['ecs.example:443'])
    stop.abort(new DeadlineExceeded())
    const { failure, circumstances } = await call
    expect([failure, circumstances.sent]).toEqual([{ kind: 'timeout' }, false])
  })
})

test('plain http never goes through the proxy', async () => {
  const upstream = await startUpstream()
  const proxy = await startProxy()
  expect((await sender(upstream, { proxy: proxy.origin }).send()).status).toBe(200)
  expect([proxy.asked, proxy.requests]).toEqual([[], []])
})

test('an origin has one line, and each origin its own', async () => {
  const connections = buildConnections({}, handClock())
  const one = connections.to('http://127.0.0.1:1')
  expect(connections.to('http://127.0.0.1:1')).toBe(one)
  const other = connections.to('http://127.0.0.1:2')
  expect(other.bulkhead).not.toBe(one.bulkhead)
  expect(other.dispatcher).not.toBe(one.dispatcher)
  await connections.close()
})

test.each([undefined, 'http://127.0.0.1:1'])('closing twice is fine (proxy: %s)', async (proxy) => {
  const connections = buildConnections(proxy ? { proxy } : {}, handClock())
  connections.to('https://a.example')
  connections.to('https://b.example')
  connections.to('http://c.example')
  await connections.close()
  await connections.close()
})

test('closing fails what is under way and what comes after', async () => {
  const upstream = await startRaw(() => {})
  const { send, close } = sender(upstream, { limits })
  const underWay = failureOf(send({ operation: write }))
  await expect.poll(() => upstream.requests.length).toBe(1)
  await close()
  expect((await underWay).circumstances.sent).toBe(true)
  const { failure, circumstances } = await failureOf(send({ operation: write }))
  expect([failure, circumstances.sent]).toEqual([{ kind: 'unreachable', why: 'connection' }, false])
})
