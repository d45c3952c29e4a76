import { execFile } from 'node:child_process'
import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { createBrotliDecompress, createGunzip, createZstdDecompress } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { askCoded, begun } from './helpers/coded.ts'
import { bytesAnswered, errorOf, keyHeaders, startBefore, startHouse } from './helpers/house.ts'

const TARGET = '/api/instances?regionId=cn-south-1&projectId=p-1'
const ON = { HCA_COMPRESS: 'on', HCA_COMPRESS_FROM: '1000' }
const CODINGS = ['zstd', 'br', 'gzip'] as const

const JSON_TYPE = { 'content-type': 'application/json', 'x-request-id': 'up-1' }
const answering =
  (body: string): RequestListener =>
  (_, response) =>
    void response.writeHead(200, JSON_TYPE).end(body)

/** So many bytes of a list, more or less. */
const list = (bytes: number) =>
  JSON.stringify({
    servers: Array.from({ length: Math.ceil(bytes / 60) }, (_, at) => ({
      id: `ins-${at}`,
      name: `number ${at} of many`,
    })),
  })

const headersFor = (accepted: string) => ({ ...keyHeaders, 'accept-encoding': accepted })

describe.each(CODINGS)('%s', (coding) => {
  test.each([
    ['held', 20_000],
    ['streamed', 700_000],
  ])('carries an answer that is %s, byte for byte', async (_, bytes) => {
    const { url } = await startBefore(answering(list(bytes)), ON)
    const plain = await askCoded(`${url}${TARGET}`, keyHeaders)
    const coded = await askCoded(`${url}${TARGET}`, headersFor(coding))
    expect(coded.text === plain.text).toBe(true)
    expect(coded.headers.get('content-encoding')).toBe(coding)
    expect(coded.bytes.length * 4).toBeLessThan(plain.bytes.length)
    expect(plain.headers.get('content-encoding')).toBe(null)
    for (const { headers } of [plain, coded]) {
      expect(headers.get('vary')).toBe('Accept-Encoding')
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
      expect(headers.get('x-upstream-request-id')).toBe('up-1')
    }
  })

  test('carries lists that are put together, and their lines', async () => {
    const { url } = await startBefore(answering(list(50_000)), ON)
    for (const also of [{}, { accept: 'application/x-ndjson' }]) {
      const plain = await askCoded(`${url}${TARGET}&fields=id`, { ...keyHeaders, ...also })
      const coded = await askCoded(`${url}${TARGET}&fields=id`, { ...headersFor(coding), ...also })
      expect(coded.headers.get('content-encoding')).toBe(coding)
      expect(coded.text === plain.text).toBe(true)
      expect(coded.bytes.length * 2).toBeLessThan(plain.bytes.length)
    }
  })

  test('lets out what has come while Huawei Cloud takes its time', async () => {
    const [first, second] = [`{"servers":["${'x'.repeat(300_000)}"`, ',"y"]}']
    const upstream = Promise.withResolvers<ServerResponse>()
    const { url } = await startBefore((_, response) => {
      response.writeHead(200, JSON_TYPE).write(first)
      upstream.resolve(response)
    }, ON)
    const response = await begun(`${url}${TARGET}`, headersFor(coding))
    const decode = { zstd: createZstdDecompress, br: createBrotliDecompress, gzip: createGunzip }[coding]()
    let text = ''
    response.pipe(decode).on('data', (chunk) => {
      text += chunk
    })
    await expect.poll(() => text.endsWith('x"')).toBe(true)
    ;(await upstream.promise).end(second)
    await once(decode, 'end')
    expect(text.endsWith('x","y"]}}}')).toBe(true)
  })

  test('of an answer that breaks off has no end', async () => {
    const upstream: RequestListener = (_, response) => {
      response.writeHead(200, JSON_TYPE)
      response.write(list(400_000).slice(0, -5), () => response.destroy())
    }
    const { url, logged } = await startBefore(upstream, ON)
    const lines = Object.entries(headersFor(coding)).map(([name, value]) => `${name}: ${value}\r\n`)
    const request = `GET ${TARGET} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: close\r\n${lines.join('')}\r\n`
    const bytes = await bytesAnswered(url, request)
    expect(bytes).toMatch(new RegExp(`^HTTP/1.1 200 [^]*content-encoding: ${coding}`, 'i'))
    expect(bytes.endsWith('0\r\n\r\n')).toBe(false)
    await expect(askCoded(`${url}${TARGET}`, headersFor(coding))).rejects.toThrow()
    const line = { status: 200, reason: 'UPSTREAM_TRUNCATED' }
    expect(await logged(2)).toMatchObject([line, line])
  })

  test('of a list whose second page fails has no end', async () => {
    const upstream: RequestListener = (request, response) => {
      const isFirst = /offset=1\b/.test(request.url ?? '') || !/offset/.test(request.url ?? '')
      const servers = Array.from({ length: 1_000 }, (_, at) => ({ id: `ins-${at}` }))
      if (isFirst) answering(JSON.stringify({ servers, count: 1_500 }))(request, response)
      else response.writeHead(403, JSON_TYPE).end('{"error":{"code":"Ecs.0000","message":"no"}}')
    }
    const { url, logged } = await startBefore(upstream, ON)
    await expect(askCoded(`${url}${TARGET}&all=true`, headersFor(coding))).rejects.toThrow()
    expect(await logged(1)).toMatchObject([{ status: 200, reason: 'Ecs.0000' }])
  })

  test('names a kept answer by itself, and is made once', async () => {
    const { url } = await startBefore(answering('{"images":[]}'.padEnd(50_000)), {
      ...ON,
      HCA_CACHE_TTL_IMAGES: '60',
    })
    const target = `${url}/api/images?regionId=cn-south-1&projectId=p-1`
    const plain = await askCoded(target, keyHeaders)
    const coded = await askCoded(target, headersFor(coding))
    const again = await askCoded(target, headersFor(coding))
    const tag = plain.headers.get('etag') ?? ''
    const codedTag = tag.replace(/"$/, `-${coding}"`)
    expect(coded.text).toBe(plain.text)
    expect([coded, again].map(({ headers }) => headers.get('etag'))).toEqual([codedTag, codedTag])
    expect(coded.headers.get('content-length')).toBe(String(coded.bytes.length))
    expect(again.bytes.equals(coded.bytes)).toBe(true)
    expect(coded.bytes.length * 4).toBeLessThan(plain.bytes.length)
    const known = await askCoded(target, { ...headersFor(coding), 'if-none-match': codedTag })
    expect([known.status, known.bytes.length, known.headers.get('content-encoding')]).toEqual([304, 0, null])
    expect((await askCoded(target, { ...headersFor(coding), 'if-none-match': tag })).status).toBe(200)
    expect((await askCoded(target, { ...keyHeaders, 'if-none-match': codedTag })).status).toBe(200)
  })
})

describe('it is left as it is', () => {
  const encodingOf = async (url: string, accepted = 'gzip') =>
    (await askCoded(`${url}${TARGET}`, headersFor(accepted))).headers.get('content-encoding')

  test('where nothing is set, on loopback, and nothing is said of it', async () => {
    const { url } = await startBefore(answering(list(50_000)))
    const { headers } = await askCoded(`${url}${TARGET}`, headersFor('gzip'))
    expect([headers.get('content-encoding'), headers.get('vary')]).toEqual([null, null])
  })

  test('while it is shorter than is set, unless that is refused', async () => {
    const body = list(2_000)
    const envelope =
      Buffer.byteLength(body) +
      '{"data":{"@type":"type.googleapis.com/google.protobuf.Struct","value":}}'.length
    for (const [from, expected] of [
      [envelope + 1, null],
      [envelope, 'gzip'],
    ] as const) {
      const { url } = await startBefore(answering(body), { ...ON, HCA_COMPRESS_FROM: String(from) })
      expect(await encodingOf(url)).toBe(expected)
      expect(await encodingOf(url, 'gzip, identity;q=0')).toBe('gzip')
    }
  })

  test.each(['identity', 'gzip;q=0', '*;q=0', 'deflate', 'gzip;q=0.1, identity;q=0.2'])(
    'for %s',
    async (accepted) => {
      const { url } = await startBefore(answering(list(50_000)), ON)
      expect(await encodingOf(url, accepted)).toBe(null)
    },
  )

  test.each([
    ['an error', '/api/instances?regionId=cn-south-9'],
    ['one thing, which may hold a secret', '/api/instances/ins-1?regionId=cn-south-1&projectId=p-1'],
    ['a raw answer', '/api/raw/ecs/v1/p-1/cloudservers/detail?regionId=cn-south-1&projectId=p-1'],
  ])('when it is %s', async (_, target) => {
    const { url } = await startBefore(answering(list(50_000)), ON)
    const { headers } = await askCoded(`${url}${target}`, headersFor('gzip'))
    expect(headers.get('content-encoding')).toBe(null)
  })

  test('when it is the events of a job', async () => {
    const { url } = await startBefore(answering('{"status":"SUCCESS","job_id":"j"}'.padEnd(5_000)), ON)
    const { headers, text } = await askCoded(
      `${url}/api/jobs/j/events?regionId=cn-south-1&projectId=p-1`,
      headersFor('gzip'),
    )
    expect(headers.get('content-encoding')).toBe(null)
    expect(text).toContain('event: job')
  })

  test('when a write with a list in its path is refused, and says why in plain words', async () => {
    const { url } = await startBefore((_, response) => {
      response
        .writeHead(403, JSON_TYPE)
        .end(JSON.stringify({ error: { code: 'Ecs.0000', message: 'x'.repeat(20_000) } }))
    }, ON)
    const refused = await askCoded(`${url}${TARGET}`, headersFor('gzip'))
    expect(refused.headers.get('content-encoding')).toBe(null)
    expect(errorOf(refused).reason).toBe('Ecs.0000')
  })

  test('while sixteen others are compressed, whose callers do not read', async () => {
    const waiting: ServerResponse[] = []
    const { url } = await startBefore(
      (_, response) => {
        waiting.push(response)
        response.writeHead(200, JSON_TYPE).write(`{"servers":["${'x'.repeat(300_000)}"`)
      },
      { ...ON, HCA_CONNECTIONS_CALLER: '32' },
    )
    const open = await Promise.all(
      Array.from({ length: 17 }, () => begun(`${url}${TARGET}`, headersFor('gzip'))),
    )
    const codings = open.map(({ headers }) => headers['content-encoding'])
    expect(codings.filter((coding) => coding === 'gzip')).toHaveLength(16)
    for (const response of waiting) response.end(']}')
    await Promise.all(open.map((response) => once(response.resume(), 'end')))
    expect((await begun(`${url}${TARGET}`, headersFor('gzip'))).headers['content-encoding']).toBe('gzip')
  })
})

test('what depends on the origin depends on the coding too, and says both', async () => {
  const { url } = await startBefore(answering(list(2_000)), {
    ...ON,
    HCA_ALLOWED_ORIGINS: 'https://console.example',
  })
  const { headers } = await askCoded(`${url}${TARGET}`, headersFor('gzip'))
  expect(headers.get('vary')).toBe('Origin, Accept-Encoding')
})

test('curl --compressed reads it', async () => {
  const { url } = await startHouse(ON)
  const keys = [
    'X-Access-Key: SANDBOXACCESSKEY0001',
    'X-Secret-Key: SandboxSecretKeyForLocalUseOnly000000001',
  ]
  const target = `${url}/api/instance-types?regionId=cn-north-4`
  const curl = async (...more: string[]) => {
    const { stdout } = await promisify(execFile)(
      'curl',
      ['-sS', ...keys.flatMap((key) => ['-H', key]), ...more, target],
      {
        maxBuffer: 8 * 1024 * 1024,
      },
    )
    return stdout
  }
  const [plain, coded, headed] = [
    await curl(),
    await curl('--compressed'),
    await curl('--compressed', '-o', '/dev/null', '-D', '-'),
  ]
  expect(coded === plain).toBe(true)
  expect(headed).toMatch(/content-encoding: (?:zstd|br|gzip)/i)
})
