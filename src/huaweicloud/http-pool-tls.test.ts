import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { certificatesFor, hasOpenssl, startProxy, startTlsUpstream } from './test-tls.ts'
import { sender as anySender, failureOf, json, startRaw, startUpstream } from './test-upstream.ts'

const good = json('{"ok":true}')
const limits = { most: 2, queue: 0 }
const sender = (...[upstream, settings]: Parameters<typeof anySender>) => anySender(upstream, settings, 'own')

describe.skipIf(!hasOpenssl)('our own connections over TLS', () => {
  const right = hasOpenssl ? certificatesFor('IP:127.0.0.1') : { authority: '', cert: '', key: '' }
  const wrongName = hasOpenssl ? certificatesFor('DNS:elsewhere.example') : right

  test('trust an authority of ours, speak HTTP/1.1, and are used again', async () => {
    const upstream = await startTlsUpstream(right, good, { ALPNProtocols: ['h2', 'http/1.1'] })
    const { send } = sender(upstream, { extraAuthorities: right.authority })
    for (let round = 0; round < 3; round += 1) expect((await send()).body.toString()).toBe('{"ok":true}')
    expect(upstream.connections).toBe(1)
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
    ])('refuse a certificate that %s, and send nothing', async (_, certificates, extraAuthorities) => {
      const upstream = await startTlsUpstream(certificates, good)
      const { send } = sender(upstream, { limits, ...(extraAuthorities ? { extraAuthorities } : {}) })
      for (let round = 0; round < 3; round += 1) {
        const { failure, circumstances } = await failureOf(send())
        expect([failure, circumstances.sent]).toEqual([{ kind: 'unreachable', why: 'tls' }, false])
      }
      expect(upstream.requests).toEqual([])
    })
  })

  test('go through the proxy, in its tunnels', async () => {
    const upstream = await startTlsUpstream(right, good)
    const proxy = await startProxy()
    const { send } = sender(upstream, { proxy: proxy.origin, extraAuthorities: right.authority })
    for (let round = 0; round < 3; round += 1) expect((await send()).status).toBe(200)
    expect(new Set(proxy.asked)).toEqual(new Set([upstream.host]))
    expect(proxy.requests).toEqual([])
  })
})

test('our own connections to plain http never go through the proxy', async () => {
  const upstream = await startUpstream(good)
  const proxy = await startProxy()
  expect((await sender(upstream, { proxy: proxy.origin }).send()).status).toBe(200)
  expect([proxy.asked, proxy.requests]).toEqual([[], []])
})

test('a handshake that never ends is a timeout, and gives its place back', async () => {
  const upstream = await startRaw(() => {})
  const { send } = sender(
    { ...upstream, origin: upstream.origin.replace('http:', 'https:') },
    { limits: { most: 1, queue: 0, connectMs: 30 } },
  )
  for (let round = 0; round < 2; round += 1) {
    const { failure, circumstances } = await failureOf(send())
    expect([failure, circumstances.sent]).toEqual([{ kind: 'timeout' }, false])
  }
})
