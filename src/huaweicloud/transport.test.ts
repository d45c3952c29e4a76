import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readAuthorization } from '../wire/signature.ts'
import type { Failure } from './failure.ts'
import {
  CALLER,
  failureOf,
  isWellSigned,
  json,
  type Received,
  type Reply,
  read,
  sender,
  startUpstream,
  write,
} from './test-upstream.ts'
import type { Sendable } from './transport.ts'

const first = ([request]: Received[]): Received => request ?? expect.fail('nothing was sent')

describe('what is sent', () => {
  test.each<[what: string, request: Partial<Sendable>, target: string]>([
    ['a read', {}, '/v1/p0/things'],
    [
      'a query in its order',
      {
        query: [
          ['limit', '10'],
          ['a b', 'ü&='],
          ['limit', '2'],
          ['empty', ''],
        ],
      },
      '/v1/p0/things?limit=10&a%20b=%C3%BC%26%3D&limit=2&empty=',
    ],
    ['a plus and a star', { query: [['q', '1+1*2']] }, '/v1/p0/things?q=1%2B1%2A2'],
    ['an encoded path', { path: '/v1/p0/things/%E6%97%A5%20x' }, '/v1/p0/things/%E6%97%A5%20x'],
    ['a body', { operation: write, body: '{"name":"日本"}' }, '/v1/p0/things'],
    ['an empty body', { operation: write, body: '' }, '/v1/p0/things'],
    ['no body on a write', { operation: write }, '/v1/p0/things'],
    ['a client token', { operation: write, body: '{}', clientToken: 'token-1' }, '/v1/p0/things'],
    ['further headers', { headers: { 'x-language': 'zh-cn' } }, '/v1/p0/things'],
    ['lasting keys', { caller: { accessKey: 'AK', secretKey: CALLER.secretKey } }, '/v1/p0/things'],
  ])('%s is signed as it arrives', async (_, request, target) => {
    const upstream = await startUpstream()
    await sender(upstream).send(request)
    const received = first(upstream.requests)
    expect(received.target).toBe(target)
    expect(isWellSigned(received, CALLER.secretKey)).toBe(true)
    expect(isWellSigned(received, 'another secret')).toBe(false)
    expect(received.headers.authorization).not.toContain(CALLER.secretKey)
  })

  const names = ({ headers }: Received) => readAuthorization(headers.authorization ?? '')?.signedHeaders

  test('project, token, client token and content type are sent and signed', async () => {
    const upstream = await startUpstream()
    await sender(upstream).send({ operation: write, body: '{}', clientToken: 'token-1' })
    const received = first(upstream.requests)
    expect(received.headers).toMatchObject({
      host: upstream.host,
      'x-sdk-date': '20261123T080000Z',
      'x-project-id': 'p0',
      'x-security-token': CALLER.securityToken,
      'x-client-token': 'token-1',
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'identity',
    })
    const signed = [
      'content-type',
      'host',
      'x-client-token',
      'x-project-id',
      'x-sdk-date',
      'x-security-token',
    ]
    expect(names(received)).toEqual(signed)
    expect(received.body.toString()).toBe('{}')
  })

  test('nothing that does not apply is sent', async () => {
    const upstream = await startUpstream()
    const { accessKey, secretKey } = CALLER
    await sender(upstream).send({
      operation: { ...read, projectless: true },
      caller: { accessKey, secretKey },
    })
    const received = first(upstream.requests)
    expect(names(received)).toEqual(['host', 'x-sdk-date'])
    const absent = [
      'x-project-id',
      'x-security-token',
      'x-client-token',
      'content-type',
      'cookie',
      'user-agent',
    ]
    for (const name of absent) expect(received.headers).not.toHaveProperty(name)
  })

  test('the Host header is the endpoint’s name, wherever the connection goes', async () => {
    const upstream = await startUpstream()
    const host = 'ecs.cn-north-4.myhuaweicloud.com'
    const answer = await sender({ ...upstream, host }).send()
    expect(first(upstream.requests).headers.host).toBe(host)
    expect(isWellSigned(first(upstream.requests), CALLER.secretKey)).toBe(true)
    expect(answer.host).toBe(host)
  })

  test('a call that waited its turn is signed with the date of its turn', async () => {
    const held: (() => void)[] = []
    const upstream = await startUpstream(
      (outgoing) => void held.push(() => json('{}')(outgoing, {} as Received)),
    )
    const { send, outside } = sender(upstream, { limits: { most: 1, waitMs: 60_000 } })
    const calls = [send(), send()]
    await expect.poll(() => held.length).toBe(1)
    outside.advance(30_000)
    held[0]?.()
    await expect.poll(() => held.length).toBe(2)
    held[1]?.()
    await Promise.all(calls)
    const dates = upstream.requests.map(({ headers }) => headers['x-sdk-date'])
    expect(dates).toEqual(['20261123T080000Z', '20261123T080030Z'])
  })
})

describe('a good answer', () => {
  test.each([0, 1, 65_536, 256 * 1024 - 2])(
    'with %i bytes of text arrives whole, byte for byte',
    async (size) => {
      const text = Buffer.from(`"${'é'.repeat(size / 2)}"`.padEnd(size).slice(0, size))
      const body = Buffer.concat([Buffer.from('{'), text, Buffer.from('}')]).subarray(0, 256 * 1024)
      body[body.length - 1] = 0x7d
      const upstream = await startUpstream(json(body))
      const answer = await sender(upstream).send()
      expect(Buffer.isBuffer(answer.body)).toBe(true)
      expect(body.equals(answer.body as Buffer)).toBe(true)
    },
  )

  test.each([256 * 1024 + 1, 3_000_001])('of %i bytes is a stream, byte for byte', async (size) => {
    const body = Buffer.alloc(size, '{abcdefghijklm')
    const upstream = await startUpstream(json(body))
    const answer = await sender(upstream).send()
    expect(answer.body).toBeInstanceOf(Readable)
    expect(body.equals(await buffer(answer.body as Readable))).toBe(true)
  })

  test.each<[what: string, reply: Reply]>([
    ['204', (outgoing) => outgoing.writeHead(204).end()],
    ['200 without a body', (outgoing) => outgoing.writeHead(200).end()],
    ['202 with nothing of type JSON', json('', 202)],
  ])('may be empty: %s', async (_, reply) => {
    const upstream = await startUpstream(reply)
    const answer = await sender(upstream).send({ operation: write })
    expect(answer.body).toEqual(Buffer.alloc(0))
  })

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/hal+json',
  ])('may be of type %s', async (type) => {
    const upstream = await startUpstream(json(' \r\n\t{} \n', 200, { 'content-type': type }))
    expect((await sender(upstream).send()).status).toBe(200)
  })

  test('brings status and request id', async () => {
    const upstream = await startUpstream(json('{}', 201, { 'X-Request-Id': 'abc' }))
    expect(await sender(upstream).send()).toMatchObject({
      status: 201,
      requestId: 'abc',
      host: upstream.host,
    })
  })

  test('may call its encoding identity', async () => {
    const upstream = await startUpstream(json('{}', 200, { 'content-encoding': 'identity' }))
    expect((await sender(upstream).send()).status).toBe(200)
  })

  test('of a read may tell of an error in the past, as job records do', async () => {
    const upstream = await startUpstream(json('{"error_code":"Ecs.0001","fail_reason":"x","status":"FAIL"}'))
    expect((await sender(upstream).send()).status).toBe(200)
  })

  test('of a write that names a job is good whatever else it tells', async () => {
    const upstream = await startUpstream(json('{"job_id":"j","error_code":"x"}'))
    expect((await sender(upstream).send({ operation: write, body: '{}' })).status).toBe(200)
  })
})

const long = (text: string) => text.repeat(Math.ceil(400_000 / text.length))
const html = { 'content-type': 'text/html' }

describe('an answer that makes no sense', () => {
  test.each<[what: string, why: Extract<Failure, { kind: 'nonsense' }>['why'], reply: Reply]>([
    ['a redirect', 'redirect', json('', 302, { location: 'http://169.254.169.254/latest' })],
    ['a redirect with a long page', 'redirect', json(long('<p>'), 307, { location: 'http://127.0.0.1:1/' })],
    ['304', 'redirect', (outgoing) => outgoing.writeHead(304).end()],
    ['gzip', 'encoding', json(gzipSync('{}'), 200, { 'content-encoding': 'gzip' })],
    ['a long body of an unknown encoding', 'encoding', json(long('x'), 200, { 'content-encoding': 'br' })],
    ['a login page', 'content-type', json('<html></html>', 200, html)],
    ['a long login page', 'content-type', json(long('<html>'), 200, html)],
    ['a page that says it is JSON', 'content-type', json('<html></html>')],
    ['JSON that says it is a page', 'content-type', json('{}', 200, html)],
    ['no type', 'content-type', (outgoing) => outgoing.writeHead(200).end('{}')],
    ['an array', 'content-type', json('[]')],
    ['a word', 'content-type', json('null')],
    ['half an object', 'content-type', json('{"a":1')],
    ['white space', 'content-type', json('  \n ')],
    ['one brace', 'content-type', json('{')],
    ['status 999', 'protocol', json('{}', 999)],
    ['status 600 with a long body', 'protocol', json(long('x'), 600)],
  ])('%s is refused as such', async (_, why, reply) => {
    const upstream = await startUpstream(reply)
    const { send } = sender(upstream, { limits: { most: 1, queue: 0 } })
    for (const operation of [read, write]) {
      const { failure, circumstances } = await failureOf(send({ operation }))
      expect(failure).toEqual({ kind: 'nonsense', why })
      expect(circumstances).toMatchObject({ sent: true, operation })
      await expect.poll(() => upstream.sockets.size).toBeLessThan(2)
    }
    expect(upstream.requests).toHaveLength(2)
  })
})

describe('a refusal', () => {
  const body = { error: { code: 'Ecs.0114', message: 'no such server' } }

  test.each([400, 401, 403, 404, 409, 413, 429, 494, 499, 500, 502, 503, 504, 599])(
    'of status %i is told with all it says',
    async (status) => {
      const headers = { 'x-request-id': 'r1', 'retry-after': '7' }
      const upstream = await startUpstream(json(JSON.stringify(body), status, headers))
      const { failure, circumstances } = await failureOf(
        sender(upstream).send({ operation: write, clientToken: 't1' }),
      )
      const refusal = { code: 'Ecs.0114', message: 'no such server', body }
      const date = expect.stringMatching(/ GMT$/)
      expect(failure).toEqual({ kind: 'refused', status, refusal, requestId: 'r1', retryAfter: '7', date })
      expect(circumstances).toEqual({
        operation: write,
        region: 'cn-north-4',
        host: upstream.host,
        sent: true,
        clientToken: 't1',
      })
    },
  )

  test('the request id may stand in the body only', async () => {
    const upstream = await startUpstream(
      json('{"error_code":"APIGW.0301","error_msg":"m","request_id":"r2"}', 401),
    )
    expect((await failureOf(sender(upstream).send())).failure).toMatchObject({ requestId: 'r2' })
  })

  test.each([
    [200, '{"error_code":"Common.0024","error_msg":"flow control","request_id":"r3"}', 'Common.0024'],
    [202, '{"error":{"code":"Common.0024","message":"exceeds flow over limit"}}', 'Common.0024'],
  ])('may come on a write as a %i', async (status, text, code) => {
    const upstream = await startUpstream(json(text, status))
    const { failure } = await failureOf(sender(upstream).send({ operation: write, body: '{}' }))
    expect(failure).toMatchObject({ kind: 'refused', status, refusal: { code, body: JSON.parse(text) } })
  })

  test('may come on a read as a 202', async () => {
    const upstream = await startUpstream(json('{"error":{"code":"Common.0024","message":"m"}}', 202))
    expect((await failureOf(sender(upstream).send())).failure).toMatchObject({ kind: 'refused', status: 202 })
  })

  test('is read whatever type or encoding it claims', async () => {
    const upstream = await startUpstream(json('<h1>502</h1>', 502, html))
    const { failure } = await failureOf(sender(upstream).send())
    expect(failure).toMatchObject({ kind: 'refused', status: 502, refusal: { body: '<h1>502</h1>' } })
  })

  test.each([100_000, 300_000, 5_000_000])('of %i bytes of page is cut at 64 KiB', async (size) => {
    const upstream = await startUpstream(json(Buffer.alloc(size, '<p>'), 500, html))
    const { failure } = await failureOf(sender(upstream).send())
    const { refusal } = failure as Extract<Failure, { kind: 'refused' }>
    expect(refusal.body).toHaveLength(64 * 1024)
  })

  test('without an end is not waited for', async () => {
    const upstream = await startUpstream((outgoing) => {
      outgoing.writeHead(500, html)
      const more = () => {
        while (outgoing.write(Buffer.alloc(65_536, 'x')));
        outgoing.once('drain', more)
      }
      more()
    })
    const { failure } = await failureOf(sender(upstream).send())
    expect(failure).toMatchObject({ kind: 'refused', status: 500 })
    await expect.poll(() => upstream.sockets.size).toBe(0)
  })

  test('of 200 KiB of JSON, as a batch over a thousand servers gives, loses nothing', async () => {
    const internalError = Array.from({ length: 1_000 }, (_, id) => ({
      id: `${id}`.padStart(150),
      error_code: 'x',
    }))
    const batch = { error: { code: 'Ecs.0020', message: 'm' }, internalError }
    const upstream = await startUpstream(json(JSON.stringify(batch), 400))
    const { failure } = await failureOf(sender(upstream).send({ operation: write }))
    expect(failure).toMatchObject({ refusal: { code: 'Ecs.0020', body: batch } })
  })

  test('that breaks off is still a refusal when it had begun to stream', async () => {
    const upstream = await startUpstream((outgoing) => {
      outgoing.writeHead(500, { ...html, 'content-length': '900000' })
      outgoing.write(Buffer.alloc(300_000, 'x'), () => outgoing.destroy())
    })
    expect((await failureOf(sender(upstream).send())).failure).toMatchObject({ kind: 'refused', status: 500 })
  })
})

test.each<[what: string, request: Partial<Sendable>]>([
  ['a query that is no text', { query: [['q', '\ud800']] }],
  ['a header that is none', { headers: { 'x-language': 'a\r\nb' } }],
  ['a token that is no header', { caller: { ...CALLER, securityToken: 'a\nb' } }],
  ['a header that is not ASCII', { headers: { 'x-language': 'é' } }],
  ['a path that is none', { path: '/v1/%zz' }],
  ['a path with a blank', { path: '/v1/a b' }],
  ['a path with a query', { path: '/v1/a?b' }],
  ['a path to elsewhere', { path: 'http://127.0.0.1:1/' }],
])('%s fails, sends nothing and keeps no place', async (_, request) => {
  const upstream = await startUpstream()
  const { send } = sender(upstream, { limits: { most: 1, queue: 0 } })
  for (let round = 0; round < 3; round += 1) await expect(send(request)).rejects.toThrow()
  expect(upstream.requests).toHaveLength(0)
  expect((await send()).status).toBe(200)
})
