import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ask, askRaw, bytesAnswered, keyHeaders, ourErrorOf, startBefore } from './helpers/house.ts'

const OPEN = '{"data":{"@type":"type.googleapis.com/google.protobuf.Struct","value":'
const TARGET = '/api/images?regionId=cn-south-1&projectId=p-1'
const LINES = Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`)

const answering =
  (parts: (string | Buffer)[], headers: Record<string, string | number> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'up-1', ...headers })
    for (const part of parts) response.write(part)
    response.end()
  }

/** Begins like a long answer, then its connection is cut. */
const breaking =
  (text: string, headers: Record<string, string | number> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers })
    response.write(text, () => response.destroy())
  }

const request = (url: string) =>
  [`GET ${TARGET} HTTP/1.1`, `Host: ${new URL(url).host}`, ...LINES, 'Connection: close', '', ''].join('\r\n')

const LONG = 'x'.repeat(600_000)

function dechunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16)
    parts.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + 4 + size
  }
  return Buffer.concat(parts)
}

describe('a long answer', () => {
  test('of 2 MB passes byte for byte, and is never parsed', async () => {
    const bytes = Buffer.alloc(2_000_000, 'é{"]\\\u0001,,')
    const body = Buffer.concat([Buffer.from('\n {'), bytes, Buffer.from([0xff, 0xfe]), Buffer.from('} \r\n')])
    const { url } = await startBefore(answering([body]))
    const response = await fetch(`${url}${TARGET}`, { headers: keyHeaders })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(response.headers.get('x-upstream-request-id')).toBe('up-1')
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const got = Buffer.from(await response.arrayBuffer())
    expect(got.equals(Buffer.concat([Buffer.from(OPEN), body, Buffer.from('}}')]))).toBe(true)
  })

  test('beside others, to callers who read slowly, is never mixed with theirs', async () => {
    const bodies = Array.from({ length: 5 }, (_, n) => {
      const lines = Array.from({ length: 240_000 }, (__, at) => `"${n}-${at}-${'x'.repeat(40)}"`)
      return Buffer.from(`{"a":[${lines.join(',')}]}`)
    })
    const { url } = await startBefore((asked, response) => {
      const [, n] = /limit=(\d+)/.exec(asked.url ?? '') ?? []
      const body = bodies[Number(n ?? 0)] as Buffer
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      response.end(body)
    })
    const { hostname, port } = new URL(url)
    const slowly = async (n: number) => {
      const socket = connect({ host: hostname, port: Number(port) }).pause()
      socket.write(request(url).replace(TARGET, `${TARGET}&limit=${n}`))
      const chunks: Buffer[] = []
      for await (const chunk of socket) {
        chunks.push(chunk)
        for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate)
      }
      const all = Buffer.concat(chunks)
      return dechunked(all.subarray(all.indexOf('\r\n\r\n') + 4))
    }
    await slowly(0) // proves the keys
    const got = await Promise.all(bodies.map((_, n) => slowly(n)))
    const isSame = got.map((one, n) =>
      one.equals(Buffer.concat([Buffer.from(OPEN), bodies[n] as Buffer, Buffer.from('}}')])),
    )
    expect(isSame).toEqual(bodies.map(() => true))
  })

  test.each<[name: string, parts: string[]]>([
    ['its last brace in a piece of its own', [`{"a":"${LONG}"`, '}']],
    ['white space after it, in pieces', [`{"a":"${LONG}"}`, ' \n', '\t', '\r\n']],
    ['white space before it', ['\n\n ', `{"a":"${LONG}"}`]],
    ['white space of more than is held before it', [' '.repeat(300_000), `{"a":"${LONG}"}`]],
  ])('may have %s', async (_, parts) => {
    const { url } = await startBefore(answering(parts))
    const { text } = await ask(`${url}${TARGET}`, { headers: keyHeaders })
    expect(text === `${OPEN}${parts.join('')}}}`).toBe(true)
  })

  test('just held and just streamed look the same', async () => {
    for (const size of [256 * 1024, 256 * 1024 + 1]) {
      const body = `{"a":"${'y'.repeat(size - 8)}"}`
      const { url } = await startBefore(answering([body]))
      const { text } = await ask(`${url}${TARGET}`, { headers: keyHeaders })
      expect(text === `${OPEN}${body}}}`).toBe(true)
    }
  })

  test('carries the deprecation of keys in its URL', async () => {
    const { url } = await startBefore(answering([`{"a":"${LONG}"}`]))
    const search = new URLSearchParams({ accessKey: 'AKTEST0001', secretKey: 'secret-0001' })
    const { headers } = await ask(`${url}${TARGET}&${search}`)
    expect(headers.get('deprecation')).toMatch(/^@\d+$/)
  })

  test.each([
    ['is a list', `[{"a":"${LONG}"}]`],
    ['begins with a bracket and ends with a brace', `\n [{"a":"${LONG}"}`],
    ['is a page that ends with a brace', `<html>${LONG}}`],
  ])('that %s is refused at its first byte', async (_, body) => {
    const { url } = await startBefore(answering([body]))
    const { status, json } = await ask(`${url}${TARGET}`, { headers: keyHeaders })
    expect({ status, reason: json.error.details[0].reason }).toEqual({
      status: 502,
      reason: 'UPSTREAM_PROTOCOL_ERROR',
    })
  })

  test.each<[name: string, upstream: RequestListener, reason: string]>([
    ['breaks off', breaking(`{"a":"${LONG}`), 'UPSTREAM_TRUNCATED'],
    ['breaks off behind a closing brace', breaking(`{"a":"${LONG}"}`), 'UPSTREAM_TRUNCATED'],
    [
      'breaks off before its promised length',
      breaking(`{"a":"${LONG}"}`, { 'content-length': 700_000 }),
      'UPSTREAM_TRUNCATED',
    ],
    ['ends in the middle', answering([`{"a":"${LONG}`]), 'UPSTREAM_PROTOCOL_ERROR'],
    ['ends with a bracket', answering([`{"a":"${LONG}"]`]), 'UPSTREAM_PROTOCOL_ERROR'],
    [
      'begins with white space and a bracket',
      answering([`${' '.repeat(300)}[{"a":"${LONG}"}`]),
      'UPSTREAM_PROTOCOL_ERROR',
    ],
    ['is white space', answering([' '.repeat(600_000)]), 'UPSTREAM_PROTOCOL_ERROR'],
  ])('that %s is never closed by us', async (_, upstream, reason) => {
    const { url, logged } = await startBefore(upstream)
    await expect(ask(`${url}${TARGET}`, { headers: keyHeaders })).rejects.toThrow()
    const bytes = await bytesAnswered(url, request(url))
    expect(bytes.slice(-10)).not.toContain('}}')
    expect(bytes.endsWith('0\r\n\r\n')).toBe(false)
    const line = { route: '/api/images', status: 200, reason }
    expect(await logged(2)).toMatchObject([line, line])
  })

  test('is read no further when its reader leaves', async () => {
    const upstream = Promise.withResolvers<ServerResponse>()
    const { url, logged } = await startBefore((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(`{"a":"${LONG}`)
      upstream.resolve(response) // and goes on for ever
    })
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port) })
    onTestFinished(() => void socket.destroy())
    socket.write(request(url))
    await once(socket, 'data')
    const response = await upstream.promise
    const closed = once(response, 'close')
    socket.destroy()
    await closed
    expect(response.writableFinished).toBe(false)
    expect((await logged(1))[0]).toMatchObject({ route: '/api/images', reason: 'CLIENT_LEFT' })
  })
})

describe('a short answer is whole or not at all', () => {
  test.each<[name: string, upstream: RequestListener, reason: string]>([
    ['breaks off', breaking('{"a":1'), 'UPSTREAM_TRUNCATED'],
    ['breaks off behind a closing brace', breaking('{"a":1}'), 'UPSTREAM_TRUNCATED'],
    ['is shorter than promised', breaking('{"a":1}', { 'content-length': 100 }), 'UPSTREAM_TRUNCATED'],
    ['ends in the middle', answering(['{"a":1']), 'UPSTREAM_PROTOCOL_ERROR'],
    ['is a list', answering(['[{}]']), 'UPSTREAM_PROTOCOL_ERROR'],
    ['is white space', answering([' ']), 'UPSTREAM_PROTOCOL_ERROR'],
    ['is a page', answering(['<html></html>'], { 'content-type': 'text/html' }), 'UPSTREAM_PROTOCOL_ERROR'],
    ['is called a page', answering(['{}'], { 'content-type': 'text/html' }), 'UPSTREAM_PROTOCOL_ERROR'],
    ['is compressed', answering(['{}'], { 'content-encoding': 'gzip' }), 'UPSTREAM_PROTOCOL_ERROR'],
    [
      'is a long page',
      answering([`<html>${LONG}`], { 'content-type': 'text/html' }),
      'UPSTREAM_PROTOCOL_ERROR',
    ],
  ])('that %s is a 502', async (_, upstream, reason) => {
    const { url } = await startBefore(upstream)
    const answer = await ask(`${url}${TARGET}`, { headers: keyHeaders })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([502, reason])
  })
})

describe('a caller that leaves', () => {
  const leave = async (url: string, arrived: Promise<unknown>, text: string) => {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port) })
    onTestFinished(() => void socket.destroy())
    socket.write(text)
    await arrived
    socket.destroy()
  }
  const silent = () => {
    const arrived = Promise.withResolvers<[IncomingMessage, ServerResponse]>()
    const listener: RequestListener = (...pair) => arrived.resolve(pair)
    return { arrived: arrived.promise, listener }
  }

  test('ends the read that was made for it', async () => {
    const { arrived, listener } = silent()
    const { url, logged } = await startBefore(listener)
    await leave(url, arrived, request(url))
    const [, response] = await arrived
    if (!response.closed) await once(response, 'close')
    expect((await logged(1))[0]).toMatchObject({ route: '/api/images', status: 499, reason: 'CLIENT_LEFT' })
  })

  test('does not end a write, whose outcome is logged', async () => {
    const { arrived, listener } = silent()
    const { url, logged } = await startBefore(listener)
    const body = JSON.stringify({ regionId: 'cn-south-1', projectId: 'p-1', servers: ['ins-1'] })
    const head = [
      'PUT /api/instances/start HTTP/1.1',
      `Host: ${new URL(url).host}`,
      ...LINES,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n')
    await leave(url, arrived, head)
    const [, response] = await arrived
    // The house has seen its caller go once it answers somebody who came later.
    await askRaw(url, { target: '/livez' })
    response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'up-9' })
    response.end('{"job_id":"j"}')
    expect((await logged(2))[1]).toMatchObject({
      route: '/api/instances/start',
      status: 200,
      upstreamRequestId: 'up-9',
    })
  })
})
