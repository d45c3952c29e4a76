import { describe, expect, test } from 'vitest'
import { answeredHeaders, passedHeaders } from './raw-headers.ts'

describe('headers of a raw request', () => {
  test.each([
    'keep-alive',
    'proxy-authorization',
    'proxy-connection',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'host',
    'content-length',
    'expect',
    'authorization',
    'cookie',
    'origin',
    'referer',
    'sec-fetch-site',
    'sec-ch-ua',
    'forwarded',
    'via',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-real-ip',
    'x-access-key',
    'x-secret-key',
    'x-security-token',
    'x-auth-token',
    'x-project-id',
    'x-sdk-date',
    'x-sdk-content-sha256',
    'x-request-timeout',
    'prefer',
    'idempotency-key',
  ])('%s stays here', (name) => {
    expect(passedHeaders({ [name]: 'x' })).toEqual(passedHeaders({}))
  })

  test('those the connection names stay here, and it does', () => {
    expect(passedHeaders({ connection: 'close, X-Hop ,x-other', 'x-hop': '1', 'x-other': '2' })).toEqual(
      passedHeaders({}),
    )
  })

  test('type and x- are signed, all others are not', () => {
    const given = {
      'content-type': 'a/b',
      'x-domain-id': 'd',
      'x-language': 'zh-cn',
      accept: '*/*',
      range: 'r',
    }
    expect(passedHeaders(given)).toEqual({
      signed: { 'content-type': 'a/b', 'x-domain-id': 'd', 'x-language': 'zh-cn' },
      unsigned: { accept: '*/*', range: 'r', 'accept-encoding': 'identity' },
      violations: [],
    })
  })

  test('the encodings asked for are passed on', () => {
    expect(passedHeaders({ 'accept-encoding': 'gzip' }).unsigned).toEqual({ 'accept-encoding': 'gzip' })
  })

  test('what cannot be sent is a fault that does not repeat it', () => {
    const { violations } = passedHeaders({ 'x-name': 'größe' })
    expect(violations).toEqual([{ field: 'x-name', description: expect.not.stringContaining('größe') }])
  })
})

describe('headers of a raw answer', () => {
  test.each([
    'connection',
    'keep-alive',
    'proxy-authenticate',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'set-cookie',
    'www-authenticate',
    'strict-transport-security',
    'server',
    'date',
    'x-request-id',
    'x-upstream-request-id',
    'access-control-allow-origin',
    'content-security-policy',
    'content-security-policy-report-only',
    'content-disposition',
    'clear-site-data',
    'alt-svc',
    'cache-control',
    'referrer-policy',
  ])('%s stays there', (name) => {
    expect(answeredHeaders({ [name]: 'x' })).toEqual({})
  })

  test('all others come as they are, but those the connection names', () => {
    const kept = { etag: '"1"', location: '/x', 'content-encoding': 'gzip', link: ['a', 'b'] }
    expect(answeredHeaders({ ...kept, connection: 'X-Hop', 'x-hop': '1' })).toEqual(kept)
  })
})
