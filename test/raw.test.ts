import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { buildGateway } from '../src/gateway/app.ts'
import type { TokenScope, Vault } from '../src/gateway/grants.ts'
import { buildLogger } from '../src/gateway/log.ts'
import { USUAL_PATIENCE } from '../src/gateway/patience.ts'
import { buildCloud } from '../src/huaweicloud/cloud.ts'
import { outside } from '../src/outside.ts'
import { projectIdOf, startDouble } from './helpers/double.ts'
import {
  ask,
  asked,
  askRaw,
  bytesAnswered,
  type Got,
  KEYS,
  keyHeaders,
  ourErrorOf,
  type RawRequest,
  startBefore,
  startBoth,
  startHouse,
} from './helpers/house.ts'

const LINES = Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`)
const HERE = 'regionId=cn-north-4'
const PLACED = `${HERE}&projectId=p-1`
const MOST_BYTES = 12 * 1024 * 1024

/** Sends bytes as they are, with keys. */
const askAs = (url: string, { headers = [], ...request }: RawRequest): Promise<Got> =>
  askRaw(url, { ...request, headers: [...LINES, ...headers] })

/** A request as it stands on the wire. */
const plain = (
  url: string,
  method: string,
  target: string,
  more: string[] = [],
  body: string | Buffer = '',
) => {
  const length = body.length > 0 ? [`Content-Length: ${Buffer.byteLength(body)}`] : []
  const lines = [`Host: ${new URL(url).host}`, ...LINES, ...more, ...length, 'Connection: close']
  return Buffer.concat([
    Buffer.from([`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n')),
    Buffer.from(body),
  ])
}

const connecting = (url: string) => {
  const { hostname, port } = new URL(url)
  return connect({ host: hostname, port: Number(port) })
}

/** What is answered to them, as bytes. */
const bytesOf = (url: string, request: Buffer): Promise<Buffer> => {
  const socket = connecting(url)
  socket.write(request)
  return buffer(socket)
}

/** In front of an upstream that answers so. */
const answering = (
  status: number,
  headers: Record<string, string | string[] | number> = {},
  body: string | Buffer = '',
) => startBefore((_, response) => response.writeHead(status, headers).end(body))

describe('a path', () => {
  test.each<[given: string, sent: string]>([
    ['ecs/v1/{project_id}/x', '/v1/p-1/x'],
    ['ecs/v1/%7Bproject_id%7D/x', '/v1/p-1/x'],
    ['ecs/v1/%257Bproject_id%257D/x', '/v1/%257Bproject_id%257D/x'],
    ['ecs/v2.1/', '/v2.1/'],
    ['ecs/v1/a:b', '/v1/a%3Ab'],
    ['ecs/v1/%252e%252e/x', '/v1/%252e%252e/x'],
    ['ecs/v1/%252F', '/v1/%252F'],
    ['ecs/v1/...', '/v1/...'],
    [`ecs/v1/${'long'.repeat(1_500)}`, `/v1/${'long'.repeat(1_500)}`],
  ])('%s is asked, well signed', async (given, sent) => {
    const { url, double } = await startBoth()
    double.answer('GET', { body: '{"ok":1}' })
    const { status, text } = await askAs(url, { target: `/api/raw/${given}?${PLACED}` })
    expect({ status, text }).toEqual({ status: 200, text: '{"ok":1}' })
    expect(double.requests).toMatchObject([{ path: sent, verified: true }])
  })

  test.each(['ecs', 'ecs/'])('%s is asked at the root, where services list their versions', async (given) => {
    const { url, double } = await startBoth()
    double.answer('GET', { body: '{"ok":1}' })
    const answer = await bytesAnswered(url, plain(url, 'GET', `/api/raw/${given}?${PLACED}`))
    expect(answer).toMatch(/^HTTP\/1.1 200 [\s\S]*\r\n\r\n\{"ok":1\}$/)
    expect(double.requests).toMatchObject([{ path: '/', verified: true }])
  })

  test.each([
    'v1/../x',
    'v1/./x',
    '..',
    'v1/%2e%2e/x',
    'v1/%2E./x',
    'v1/a%2Fb',
    'v1/a%5cb',
    'v1/a\\b',
    'v1/%00',
    'v1/a%0d%0aX-Evil:%201',
    'v1//x',
    '/v1',
    'v1#x',
  ])('%s is refused', async (path) => {
    const { url, double } = await startBoth()
    const answer = await askAs(url, { target: `/api/raw/ecs/${path}?${PLACED}` })
    const { reason, violations } = ourErrorOf(answer)
    expect([answer.status, reason, violations[0]?.field]).toEqual([400, 'INVALID_ARGUMENT', 'path'])
    expect(double.requests).toEqual([])
  })

  test.each(['%', '%zz', '%E6%97', '%ff'])('with the broken escape %s is refused', async (broken) => {
    const { url } = await startBoth()
    const answer = await askAs(url, { target: `/api/raw/ecs/v1/${broken}?${PLACED}` })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([400, 'MALFORMED_URL'])
  })
})

describe('a service', () => {
  test.each<[service: string, says: string]>([
    ['eccs', 'did you mean ecs'],
    ['ECS', 'did you mean ecs'],
    ['obs', 'OBS signs its requests differently'],
    ['%2e%2e', 'is unknown'],
    ['', 'is unknown'],
    ['constructor', 'is unknown'],
  ])('%j is refused, and all known ones are named', async (service, says) => {
    const { url, double } = await startBoth()
    const answer = await askAs(url, { target: `/api/raw/${service}/v1?${PLACED}` })
    const { reason, violations, message, metadata } = ourErrorOf(answer)
    expect([answer.status, reason]).toEqual([400, 'INVALID_ARGUMENT'])
    expect(violations[0]).toMatchObject({ field: 'service', description: expect.stringContaining(says) })
    expect(message).toContain(says)
    expect(metadata.services?.split(',')).toEqual(expect.arrayContaining(['ecs', 'iam', 'rds', 'vpc']))
    expect(metadata.services?.split(',')).not.toContain('obs')
    expect(double.requests).toEqual([])
  })

  test('the sandbox has nothing of is said to be not imitated', async () => {
    const { url } = await startHouse()
    const headers = {
      'x-access-key': 'SANDBOXACCESSKEY0001',
      'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000001',
    }
    const { status, json } = await ask(`${url}/api/raw/rds/v3/{project_id}/instances?${HERE}`, { headers })
    expect([status, json.error_code]).toEqual([501, 'SANDBOX.NOT_IMITATED'])
  })
})

describe('region and project', () => {
  test.each<[target: string, project: string | undefined]>([
    ['ecs/v1/x?regionId=cn-north-4', projectIdOf('cn-north-4')],
    ['ecs/v1/x?regionId=ap-guangzhou', projectIdOf('cn-south-1')],
    ['ecs/v1/x?regionId=cn-north-4&projectId=p-1', 'p-1'],
    ['iam/v3/x', undefined],
    ['iam/v3/x?regionId=cn-north-4', undefined],
    ['iam/v3/{project_id}/x?regionId=cn-north-4', projectIdOf('cn-north-4')],
    ['iam/v3/{project_id}/x?projectId=p-1', 'p-1'],
    ['iam/v3/x?projectId=p-1', 'p-1'],
    ['eps/v1/x?regionId=cn-north-4', projectIdOf('cn-north-4')],
    ['cdn/v1/x', undefined],
    ['organizations/v1/x?regionId=cn-north-4', undefined],
    ['cdn/v1/x?projectId=p-1', 'p-1'],
  ])('%s is asked for project %s', async (target, project) => {
    const { url, double } = await startBoth()
    double.answer('GET /v1/', { body: '{}' })
    double.answer('GET /v3/x', { body: '{}' })
    double.answer(`GET /v3/${project}`, { body: '{}' })
    const { status } = await askAs(url, { target: `/api/raw/${target}` })
    expect(status).toBe(200)
    const [sent, ...others] = asked(double)
    expect(others).toEqual([])
    expect(sent).toMatchObject({ verified: true })
    expect(sent?.headers['x-project-id']).toBe(project)
    if (target.includes('{')) expect(sent?.path).toContain(project)
    expect(sent?.query.size).toBe(0)
  })

  test.each<[target: string, reason: string, field: string, says: string]>([
    ['ecs/v1/x', 'INVALID_ARGUMENT', 'regionId', 'is required'],
    ['ecs/v1/x?region=cn-north-4', 'INVALID_ARGUMENT', 'regionId', 'not region'],
    ['iam/v3/{project_id}/x', 'INVALID_ARGUMENT', 'regionId', 'is required'],
    ['ecs/v1/x?regionId=cn-nort-4', 'UNKNOWN_REGION', 'regionId', 'cn-north-4'],
    ['ecs/v1/x?regionId=global', 'UNKNOWN_REGION', 'regionId', 'is unknown'],
    ['iam/v3/x?regionId=nowhere', 'UNKNOWN_REGION', 'regionId', 'is unknown'],
    ['ecs/v1/x?regionId=*', 'UNKNOWN_REGION', 'regionId', 'must be one region'],
    ['ecs/v1/x?regionId=cn-north-4&regionId=cn-north-4', 'INVALID_ARGUMENT', 'regionId', 'more than once'],
    ['ecs/v1/x?regionId=cn-north-4&projectId=..', 'INVALID_ARGUMENT', 'projectId', 'must be'],
    ['ecs/v1/x?regionId=cn-north-4&projectId=', 'INVALID_ARGUMENT', 'projectId', 'must be'],
  ])('%s is refused', async (target, reason, field, says) => {
    const { url, double } = await startBoth()
    const answer = await askAs(url, { target: `/api/raw/${target}` })
    const error = ourErrorOf(answer)
    expect([answer.status, error.reason]).toEqual([400, reason])
    expect(error.violations).toContainEqual({ field, description: expect.stringContaining(says) })
    expect(double.requests).toEqual([])
  })

  test('all faults are told at once', async () => {
    const { url } = await startBoth()
    const headers = ['X-Request-Timeout: soon', 'X-Name: \xff']
    const answer = await askAs(url, { target: '/api/raw/ecs/v1?projectId=.', headers })
    const fields = ourErrorOf(answer).violations.map(({ field }) => field)
    expect(fields.sort()).toEqual(['X-Request-Timeout', 'projectId', 'regionId', 'x-name'])
  })
})

describe('a query', () => {
  const recording = async () => {
    const targets: string[] = []
    const house = await startBefore((incoming, response) => {
      targets.push(incoming.url ?? '')
      response.end('{}')
    })
    return { ...house, targets }
  }

  test('passes in its order, repeats kept, and only what is ours is taken out', async () => {
    const { url, targets } = await recording()
    const query = `b=2&a=1&${HERE}&b=1&region=x&token=t&a%20b=%E6%97%A5+1%2B1&empty=&bare&projectId=p-1&=v`
    const { status } = await askAs(url, { target: `/api/raw/ecs/v1/%E6%97%A5%20x?${query}` })
    expect(status).toBe(200)
    expect(targets).toEqual([
      '/v1/%E6%97%A5%20x?b=2&a=1&b=1&region=x&token=t&a%20b=%E6%97%A5%201%2B1&empty=&bare=&=v',
    ])
  })

  test('is signed with its repeats', async () => {
    const { url, double } = await startBoth()
    double.answer('GET', { body: '{}' })
    await askAs(url, { target: `/api/raw/ecs/v1/x?${PLACED}&b=2&a=%2B&b=10&b=1` })
    expect(double.requests[0]).toMatchObject({ verified: true })
    expect(double.requests[0]?.query.getAll('b')).toEqual(['2', '10', '1'])
  })

  test.each(['accessKey', 'secretId', 'secretKey', 'securityToken'])(
    'with %s is refused, and its value not repeated',
    async (name) => {
      const { url, double, logged } = await startBoth({ HCA_KEYS_IN_URL: 'on' })
      const answer = await askAs(url, { target: `/api/raw/ecs/v1/x?${PLACED}&${name}=canary-5f1c0d` })
      expect([answer.status, ourErrorOf(answer).reason]).toEqual([400, 'CREDENTIALS_IN_URL'])
      expect(answer.text + JSON.stringify(await logged(1))).not.toContain('canary')
      expect(double.requests).toEqual([])
    },
  )

  test('with a broken escape is refused', async () => {
    const { url } = await startBoth()
    const answer = await askAs(url, { target: `/api/raw/ecs/v1/x?${PLACED}&a=%zz` })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([400, 'MALFORMED_URL'])
  })
})

describe('keys', () => {
  test('may come as HTTP Basic', async () => {
    const { url, double } = await startBoth()
    double.answer('GET', { body: '{}' })
    const basic = Buffer.from(Object.values(keyHeaders).join(':')).toString('base64')
    const target = `/api/raw/ecs/v1/x?${PLACED}`
    expect((await askRaw(url, { target, headers: [`Authorization: Basic ${basic}`] })).status).toBe(200)
    expect(double.requests).toMatchObject([{ verified: true }])
  })

  test.each<[what: string, headers: string[], status: number, reason: string]>([
    ['none', [], 401, 'CREDENTIALS_MISSING'],
    ['half of them', LINES.slice(0, 1), 401, 'CREDENTIALS_MISSING'],
    ['somebody else’s bearer', ['Authorization: Bearer abc'], 401, 'TOKEN_UNKNOWN'],
    ['a token nobody made', [`Authorization: Bearer hca_${'0'.repeat(40)}`], 401, 'TOKEN_UNKNOWN'],
  ])('%s: refused before the body is read', async (_, headers, status, reason) => {
    const { url, double } = await startBoth()
    const answer = await askRaw(url, {
      method: 'POST',
      target: `/api/raw/ecs/v1/x?${PLACED}`,
      headers: [...headers, 'Content-Type: application/json'],
      body: JSON.stringify({ accessKey: 'AKTESTTESTTESTTEST01', secretKey: 'from-the-body' }),
    })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([status, reason])
    expect(double.requests).toEqual([])
  })

  test.each(['ecs/v1/x?regionId=cn-north-4', 'iam/v3/projects', 'cdn/v1/x'])(
    'of the sandbox are refused for %s while it is off',
    async (path) => {
      const { url } = await startHouse({ HCA_SANDBOX: 'off' })
      const headers = { ...keyHeaders, 'x-access-key': 'SANDBOXACCESSKEY0001' }
      const answer = await ask(`${url}/api/raw/${path}`, { headers })
      expect([answer.status, ourErrorOf(answer).reason]).toEqual([401, 'SANDBOX_OFF'])
    },
  )

  test('three wrong secrets, and the account is protected', async () => {
    const { url, double } = await startBoth()
    const headers = { ...keyHeaders, 'x-secret-key': 'SKwrongSKwrongSKwrong' }
    for (const text of ['one', 'two', 'three']) {
      const { status, json } = await ask(`${url}/api/raw/ecs/v1/${text}?${PLACED}`, { headers })
      expect([status, json.error_code]).toEqual([401, 'APIGW.0301'])
    }
    const answer = await ask(`${url}/api/raw/ecs/v1/four?${PLACED}`, { headers })
    expect([answer.status, ourErrorOf(answer).metadata.cause]).toEqual([401, 'protecting-account'])
    expect(double.requests).toHaveLength(3)
    expect((await ask(`${url}/api/images?${PLACED}`, { headers })).json.error.details[0].metadata.cause).toBe(
      'protecting-account',
    )
  })

  test('a 401 of a megabyte counts, too, and comes whole', async () => {
    const page = Buffer.from(`{"error_msg":"verify aksk signature fail"}${' '.repeat(1_000_000)}`)
    const { url } = await answering(401, { 'content-type': 'application/json' }, page)
    for (const _ of [1, 2, 3]) {
      const { status, text } = await ask(`${url}/api/raw/ecs/v1?${PLACED}`, { headers: keyHeaders })
      expect([status, text === page.toString()]).toEqual([401, true])
    }
    const answer = await ask(`${url}/api/raw/ecs/v1?${PLACED}`, { headers: keyHeaders })
    expect(ourErrorOf(answer).reason).toBe('CREDENTIALS_REJECTED')
  })

  test('a 401 for another reason does not count', async () => {
    const { url } = await answering(401, {}, '{"error_msg":"ak AKTEST not exist"}')
    for (const _ of [1, 2, 3, 4]) {
      const { text } = await ask(`${url}/api/raw/ecs/v1?${PLACED}`, { headers: keyHeaders })
      expect(text).toContain('not exist')
    }
  })
})

describe('a gateway token', () => {
  const token = 'hca_token-for-a-test'
  const tokenHouse = async (scopes: TokenScope[], regions?: string[]) => {
    const double = await startDouble(KEYS)
    onTestFinished(() => double.close())
    double.answer('GET', { body: '{}' })
    const cloud = buildCloud({ outside, overrides: { everything: double.url } })
    const grant = { id: 't-1', caller: KEYS, scopes, ...(regions ? { regions } : {}) }
    const vault: Vault = {
      open: async (given) => (given === token ? grant : { refused: 'unknown' }),
      close: async () => {},
    }
    const log = buildLogger('silent')
    const guard = { allowedHosts: [], allowedOrigins: [] }
    const deadlines = { read: 10, write: 30, region: 8 }
    const gateway = await buildGateway({
      cloud,
      outside,
      log,
      guard,
      deadlines,
      rates: { caller: 0, address: 0 },
      pressure: { maxDelay: 30, maxInFlight: 2_000 },
      keysInUrl: true,
      vault,
      version: '0',
      keepAliveMs: 72_000,
      patience: USUAL_PATIENCE,
      drain: { delayMs: 0, graceMs: 10_000 },
      logLinesDropped: () => 0,
    })
    onTestFinished(() => gateway.close())
    const port = await gateway.listeners.listen(0, '127.0.0.1')
    const go = (path: string, headers: Record<string, string> = {}) =>
      ask(`http://127.0.0.1:${port}/api/raw/${path}`, {
        headers: { authorization: `Bearer ${token}`, ...headers },
      })
    return { go, double }
  }

  test.each<[scopes: TokenScope[], path: string, status: number]>([
    [['admin'], `ecs/v1/x?${PLACED}`, 200],
    [['operate'], `ecs/v1/x?${PLACED}`, 403],
    [['iam'], `ecs/v1/x?${PLACED}`, 403],
    [['iam'], 'iam/v3/x', 200],
    [['admin'], 'iam/v3/x', 403],
    [['admin'], '%69am/v3/x', 403],
    [['admin'], 'sts/v3/x?regionId=cn-north-4', 403],
    [['admin'], 'identitycenterstore/v3/x?regionId=cn-north-4', 403],
    [['admin'], 'organizations/v3/x', 403],
    [['admin'], 'rgc/v1/x?regionId=cn-north-4', 403],
    [['admin', 'iam'], 'ram/v3/x', 200],
  ])('of scope %j asks %s: %i', async (scopes, path, status) => {
    const { go, double } = await tokenHouse(scopes)
    const answer = await go(path)
    expect(answer.status).toBe(status)
    if (status === 403) expect(ourErrorOf(answer).reason).toBe('SCOPE_TOO_SMALL')
    expect(asked(double)).toHaveLength(status === 200 ? 1 : 0)
    expect(asked(double).every(({ verified }) => verified)).toBe(true)
  })

  test.each<[path: string, status: number]>([
    [`ecs/v1/x?${PLACED}`, 200],
    ['ecs/v1/x?regionId=cn-south-1&projectId=p-1', 403],
    ['cdn/v1/x', 403],
    ['organizations/v1/x?regionId=cn-north-4', 403],
    ['iam/v3/x?regionId=cn-north-4', 403],
  ])('for one region asks %s: %i', async (path, status) => {
    const { go } = await tokenHouse(['admin', 'iam'], ['cn-north-4'])
    expect((await go(path)).status).toBe(status)
  })

  test('does not stand beside keys', async () => {
    const { go } = await tokenHouse(['admin'])
    const answer = await go(`ecs/v1/x?${PLACED}`, keyHeaders)
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([400, 'CREDENTIALS_CONFLICT'])
  })
})

describe('a body', () => {
  const BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
  const echo: RequestListener = async (incoming, response) => {
    const { method = '', headers } = incoming
    const body = await buffer(incoming)
    const { 'content-type': type = 'none', 'content-length': length = 'none' } = headers
    response.writeHead(200, { 'x-method': method, 'x-type': type, 'x-length': length })
    response.end(method === 'HEAD' ? '' : body)
  }

  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'of a %s passes byte for byte',
    async (method) => {
      const { url } = await startBefore(echo)
      const more = ['Content-Type: image/x-odd; a="b"']
      const answer = await bytesOf(url, plain(url, method, `/api/raw/ecs/v1/x?${PLACED}`, more, BYTES))
      const at = answer.indexOf('\r\n\r\n')
      expect(answer.subarray(at + 4).equals(BYTES)).toBe(true)
      expect(answer.subarray(0, at).toString()).toMatch(/^HTTP\/1.1 200 /)
      expect(answer.subarray(0, at).toString()).toContain(`x-method: ${method}`)
      expect(answer.subarray(0, at).toString()).toContain('x-type: image/x-odd; a="b"')
    },
  )

  test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'of a %s is signed, and so is none',
    async (method) => {
      const { url, double } = await startBoth()
      double.answer(method, { body: method === 'HEAD' ? '' : '{}' })
      const target = `/api/raw/ecs/v1/x?${PLACED}`
      const body = Buffer.concat([Buffer.from([0, 255, 13, 10]), Buffer.from('日')])
      expect((await askAs(url, { method, target, body })).status).toBe(200)
      expect((await askAs(url, { method, target })).status).toBe(200)
      expect(double.requests).toMatchObject([
        { method, verified: true },
        { method, verified: true, body: '' },
      ])
    },
  )

  test.each(['GET', 'POST', 'DELETE'])('of a %s may be 12 MB and not a byte more', async (method) => {
    const { url, double } = await startBoth()
    double.answer(method, { body: '{}' })
    const target = `/api/raw/ecs/v1/x?${PLACED}`
    const body = Buffer.alloc(MOST_BYTES, 7)
    expect((await askAs(url, { method, target, body })).status).toBe(200)
    expect(double.requests).toMatchObject([{ verified: true }])
    expect(Buffer.byteLength(double.requests[0]?.body ?? '')).toBe(MOST_BYTES)
    const answer = await askAs(url, { method, target, body: Buffer.alloc(MOST_BYTES + 1) })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([413, 'BODY_TOO_LARGE'])
    expect(ourErrorOf(answer).message).toContain('12 MB')
    expect(double.requests).toHaveLength(1)
  })

  test.each(['GET', 'POST'])('of a %s in chunks is counted as it comes', async (method) => {
    const { url, double } = await startBoth()
    double.answer(method, { body: '{}' })
    const target = `/api/raw/ecs/v1/x?${PLACED}`
    const piece = Buffer.alloc(1024 * 1024, 7)
    const chunk = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')])
    const send = (pieces: number, last: string) =>
      askAs(url, {
        method,
        target,
        headers: ['Transfer-Encoding: chunked'],
        body: Buffer.concat([...Array(pieces).fill(chunk), Buffer.from(last)]),
      })
    expect((await send(12, '0\r\n\r\n')).status).toBe(200)
    expect(double.requests[0]).toMatchObject({
      verified: true,
      headers: { 'content-length': String(MOST_BYTES) },
    })
    expect(double.requests[0]?.headers['transfer-encoding']).toBeUndefined()
    expect((await send(12, '1\r\nx\r\n0\r\n\r\n')).status).toBe(413)
  })

  describe('beside so many that 64 MiB are under way', () => {
    const target = `/api/raw/ecs/v1/x?${PLACED}`
    /** Five of 12 MiB, which all wait for their answer, and a way to give it. */
    const startFull = async () => {
      const waiting: ServerResponse[] = []
      const isFull = Promise.withResolvers<void>()
      const house = await startBefore(async (incoming, response) => {
        await buffer(incoming)
        if (incoming.url === '/v1/hold') waiting.push(response)
        else response.end('{"ok":1}')
        if (waiting.length === 5) isFull.resolve()
      })
      const { url } = house
      await askAs(url, { target }) // keys that are not proven yet would wait for each other
      const body = Buffer.alloc(MOST_BYTES)
      const held = Array.from({ length: 5 }, () =>
        askAs(url, { method: 'POST', target: `/api/raw/ecs/v1/hold?${PLACED}`, body }),
      )
      await isFull.promise
      const release = async () => {
        for (const response of waiting) response.end('{}')
        expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
      }
      return { ...house, release }
    }
    const isTurnedAway = (answer: Got) => {
      const { reason, message, retryDelay } = ourErrorOf(answer)
      expect([answer.status, reason, retryDelay]).toEqual([503, 'OVERLOADED', '1s'])
      expect(message).toContain('large bodies')
      expect(answer.headers.get('retry-after')).toBe('1')
    }

    test('is turned away before it is read, until there is room again', async () => {
      const { url, release } = await startFull()
      const told = await askAs(url, { method: 'POST', target, headers: [`Content-Length: ${MOST_BYTES}`] })
      isTurnedAway(told)
      // A client that sends all before it reads has its answer, too.
      const init = { method: 'POST', headers: keyHeaders, body: Buffer.alloc(MOST_BYTES) }
      for (const answer of await Promise.all([1, 2, 3].map(() => ask(url + target, init))))
        isTurnedAway(answer)
      const small = await askAs(url, { method: 'POST', target, body: Buffer.alloc(1024 * 1024) })
      expect(small.text).toBe('{"ok":1}')
      await release()
      expect((await askAs(url, { method: 'POST', target, body: Buffer.alloc(MOST_BYTES) })).status).toBe(200)
    })

    test('is turned away while it comes, where it does not tell its length', async () => {
      const { url, release } = await startFull()
      const piece = Buffer.alloc(5 * 1024 * 1024, 7)
      const body = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece])
      isTurnedAway(
        await askAs(url, { method: 'POST', target, headers: ['Transfer-Encoding: chunked'], body }),
      )
      const small = await askAs(url, { method: 'POST', target, body: Buffer.alloc(4 * 1024 * 1024) })
      expect(small.status).toBe(200)
      await release()
    })
  })

  test('that is compressed passes as it is, and says so', async () => {
    const { url, double } = await startBoth()
    double.answer('POST', { body: '{}' })
    const more = ['Content-Encoding: gzip', 'Content-Type: application/json', 'Expect: 100-continue']
    const target = `/api/raw/ecs/v1/x?${PLACED}`
    const answer = await bytesAnswered(url, plain(url, 'POST', target, more, gzipSync('{}')))
    expect(answer).toContain('HTTP/1.1 200 ')
    expect(double.requests[0]).toMatchObject({ verified: true, headers: { 'content-encoding': 'gzip' } })
    expect(double.requests[0]?.headers.expect).toBeUndefined()
  })

  test('whose type is none is refused in words that fit', async () => {
    const { url } = await startBoth()
    const answer = await askAs(url, {
      method: 'POST',
      target: `/api/raw/ecs/v1/x?${PLACED}`,
      headers: ['Content-Type: nonsense'],
      body: 'x',
    })
    expect([answer.status, ourErrorOf(answer).message]).toEqual([
      415,
      expect.stringContaining('type/subtype'),
    ])
  })
})

describe('headers', () => {
  test('of the caller pass, but those between it and us', async () => {
    const { url, double } = await startBoth()
    double.answer('GET', { body: '{}' })
    await askAs(url, {
      target: `/api/raw/ecs/v1/x?${PLACED}`,
      headers: [
        'X-Domain-Id: d-1',
        'X-Client-Token: t-1',
        'If-None-Match: "e"',
        'Accept: text/csv',
        'User-Agent: mine/1',
        'X-Twice: a',
        'X-Twice: b',
        'X-Hop: 1',
        'Connection: X-Hop',
        'Cookie: c=1',
        'Via: 1.1 x',
        'X-Forwarded-For: 1.2.3.4',
        'X-Auth-Token: t',
        'X-Project-Id: stranger',
        'X-Sdk-Date: 20200101T000000Z',
        'X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD',
        'Idempotency-Key: k',
        'Prefer: wait=1',
      ],
    })
    const [{ headers, verified } = expect.fail('nothing was sent')] = double.requests
    expect(verified).toBe(true)
    expect(headers).toMatchObject({
      'x-domain-id': 'd-1',
      'x-client-token': 't-1',
      'if-none-match': '"e"',
      accept: 'text/csv',
      'accept-encoding': 'identity',
      'user-agent': 'mine/1',
      'x-twice': 'a, b',
      'x-project-id': 'p-1',
    })
    expect(headers['x-sdk-date']).not.toBe('20200101T000000Z')
    for (const name of ['x-hop', 'cookie', 'via', 'x-forwarded-for', 'x-auth-token', 'x-secret-key'])
      expect(headers[name]).toBeUndefined()
    for (const name of ['x-sdk-content-sha256', 'idempotency-key', 'prefer', 'x-access-key'])
      expect(headers[name]).toBeUndefined()
    expect(headers.authorization).toContain('x-client-token;x-domain-id;x-project-id;x-sdk-date;x-twice')
  })

  test('of the answer pass, but those between Huawei Cloud and us', async () => {
    const { url } = await answering(
      200,
      {
        'content-type': 'text/html',
        'x-request-id': 'up-1',
        etag: '"e"',
        'retry-after': '7',
        'set-cookie': ['a=1', 'b=2'],
        server: 'CloudWAF',
        'www-authenticate': 'Basic',
        'strict-transport-security': 'max-age=1',
        'access-control-allow-origin': '*',
        'content-security-policy': "default-src 'unsafe-inline'",
        'content-disposition': 'inline; filename=x',
        'cache-control': 'public',
        'x-hop': '1',
        connection: 'x-hop, keep-alive',
      },
      '<script>',
    )
    const { headers, text } = await ask(`${url}/api/raw/ecs/v1?${PLACED}`, { headers: keyHeaders })
    expect(text).toBe('<script>')
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html',
      'content-length': '8',
      etag: '"e"',
      'retry-after': '7',
      'x-upstream-request-id': 'up-1',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'attachment',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
    for (const name of ['set-cookie', 'server', 'www-authenticate', 'strict-transport-security', 'x-hop'])
      expect(headers.get(name)).toBeNull()
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  test('a page of another site may ask for leave to PATCH, and is answered by us', async () => {
    const { url, double } = await startBoth({ HCA_ALLOWED_ORIGINS: 'https://app.example' })
    const { status, headers } = await ask(`${url}/api/raw/ims/v2/x?${PLACED}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'PATCH' },
    })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(double.requests).toEqual([])
  })
})

describe('an answer', () => {
  test.each([200, 202, 206, 207, 300, 302, 307, 400, 404, 409, 429, 494, 500, 502, 503])(
    'of status %i comes as it is',
    async (status) => {
      const body = Buffer.from([0, 1, 255, 123])
      const { url, logged } = await answering(status, { location: 'https://elsewhere.example/x' }, body)
      const response = await fetch(`${url}/api/raw/ecs/v1?${PLACED}`, {
        headers: keyHeaders,
        redirect: 'manual',
      })
      expect(response.status).toBe(status)
      expect(response.headers.get('location')).toBe('https://elsewhere.example/x')
      expect(response.headers.get('content-type')).toBeNull()
      expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true)
      const [line] = await logged(1)
      expect(line).toMatchObject({ route: '/api/raw/*', status, upstreamMs: expect.any(Number) })
      expect(line?.reason).toBeUndefined()
    },
  )

  test('that is compressed stays so', async () => {
    const zipped = gzipSync('{"a":1}')
    const { url } = await answering(200, { 'content-encoding': 'gzip' }, zipped)
    const bytes = await bytesOf(
      url,
      plain(url, 'GET', `/api/raw/ecs/v1?${PLACED}`, ['Accept-Encoding: gzip']),
    )
    expect(bytes.includes(zipped)).toBe(true)
  })

  test.each<
    [what: string, method: string, status: number, headers: Record<string, string>, length: string | null]
  >([
    ['204', 'DELETE', 204, {}, null],
    ['304', 'GET', 304, { etag: '"e"' }, null],
    ['answer to HEAD', 'HEAD', 200, { 'content-length': '12345' }, '12345'],
  ])('a %s has no body', async (_, method, status, headers, length) => {
    const { url } = await answering(status, headers)
    const answer = await askAs(url, { method, target: `/api/raw/ecs/v1?${PLACED}` })
    expect([answer.status, answer.text, answer.headers.get('content-length')]).toEqual([status, '', length])
  })

  test.each<[what: string, headers: Record<string, number>]>([
    ['a known length', { 'content-length': 3_000_000 }],
    ['none', {}],
  ])('of 3 MB with %s streams byte for byte', async (_, headers) => {
    const body = Buffer.alloc(3_000_000, 'é{"]\\\u0001,,')
    const { url } = await answering(200, headers, body)
    const response = await fetch(`${url}/api/raw/ecs/v1?${PLACED}`, { headers: keyHeaders })
    const { 'content-length': length = null } = headers
    expect(response.headers.get('content-length')).toBe(length === null ? null : String(length))
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true)
  })

  test.each<[what: string, headers: Record<string, number>]>([
    ['in chunks', {}],
    ['of a promised length', { 'content-length': 900_000 }],
  ])('that is long, %s, and breaks off looks like it', async (_, headers) => {
    const { url, logged } = await startBefore((_request, response) => {
      response.writeHead(200, headers)
      response.write('x'.repeat(600_000), () => response.destroy())
    })
    await expect(ask(`${url}/api/raw/ecs/v1?${PLACED}`, { headers: keyHeaders })).rejects.toThrow()
    expect((await logged(1))[0]).toMatchObject({ status: 200, reason: 'UPSTREAM_TRUNCATED' })
  })

  test('is read no further when its reader leaves', async () => {
    const upstream = Promise.withResolvers<ServerResponse>()
    const { url, logged } = await startBefore((_, response) => {
      response.write('x'.repeat(600_000)) // and goes on for ever
      upstream.resolve(response)
    })
    const socket = begin(url, 'GET', '/api/raw/ecs/v1')
    await once(socket, 'data')
    const response = await upstream.promise
    const closed = once(response, 'close')
    socket.destroy()
    await closed
    expect((await logged(1))[0]).toMatchObject({ route: '/api/raw/*', reason: 'CLIENT_LEFT' })
  })

  test('is read no faster than its reader reads', async () => {
    const body = Buffer.alloc(64 * 1024 * 1024)
    const upstream = Promise.withResolvers<ServerResponse>()
    const { url } = await startBefore((_, response) => {
      response.end(body)
      upstream.resolve(response)
    })
    const socket = begin(url, 'GET', '/api/raw/ecs/v1')
    socket.pause()
    const response = await upstream.promise
    expect(response.writableFinished).toBe(false)
    // Somebody else is served meanwhile, and the long one still has not got through.
    await askRaw(url, { target: '/livez' })
    expect(response.writableFinished).toBe(false)
    let size = 0
    socket.on('data', (chunk: Buffer) => {
      size += chunk.length
    })
    socket.resume()
    await once(socket, 'end')
    expect(size).toBeGreaterThan(body.length)
  })

  const begin = (url: string, method: string, path: string, body = '') => {
    const socket = connecting(url)
    onTestFinished(() => void socket.destroy())
    socket.write(plain(url, method, `${path}?${PLACED}`, [], body))
    return socket
  }

  test('to a write whose caller has left is logged', async () => {
    const arrived = Promise.withResolvers<[IncomingMessage, ServerResponse]>()
    const { url, logged } = await startBefore((...pair) => arrived.resolve(pair))
    const socket = begin(url, 'POST', '/api/raw/ecs/v1', '{}')
    const [, response] = await arrived.promise
    socket.destroy()
    await askRaw(url, { target: '/livez' }) // the house has seen its caller go once it answers a later one
    response.writeHead(202, { 'x-request-id': 'up-9' })
    response.end('{}')
    const line = { route: '/api/raw/*', status: 202, upstreamRequestId: 'up-9' }
    expect((await logged(2))[1]).toMatchObject(line)
  })
})

describe('no answer', () => {
  const hangUp: RequestListener = (_, response) => void response.destroy()

  test.each<[method: string, reason: string, status: string]>([
    ['GET', 'UPSTREAM_UNREACHABLE', 'UNAVAILABLE'],
    ['OPTIONS', 'UPSTREAM_UNREACHABLE', 'UNAVAILABLE'],
    ['POST', 'UPSTREAM_OUTCOME_UNKNOWN', 'UNKNOWN'],
    ['PATCH', 'UPSTREAM_OUTCOME_UNKNOWN', 'UNKNOWN'],
    ['DELETE', 'UPSTREAM_OUTCOME_UNKNOWN', 'UNKNOWN'],
  ])('to a %s is a 502 %s', async (method, reason, word) => {
    const { url } = await startBefore(hangUp)
    const answer = await askAs(url, { method, target: `/api/raw/ecs/v1?${PLACED}` })
    const error = ourErrorOf(answer)
    expect([answer.status, error.reason, error.status]).toEqual([502, reason, word])
    expect(error.metadata).toMatchObject({ service: 'ecs', operation: 'raw', regionId: 'cn-north-4' })
  })

  test('to a HEAD is a 502 without text', async () => {
    const { url } = await startBefore(hangUp)
    const { status, text } = await askAs(url, { method: 'HEAD', target: `/api/raw/ecs/v1?${PLACED}` })
    expect([status, text]).toEqual([502, ''])
  })

  test('in the time the caller gives is a timeout', async () => {
    const { url } = await startBefore(() => {})
    const answer = await askAs(url, {
      target: `/api/raw/ecs/v1?${PLACED}`,
      headers: ['X-Request-Timeout: 0.05'],
    })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([504, 'UPSTREAM_TIMEOUT'])
  })

  test('but half a short one is a 502', async () => {
    const { url } = await startBefore((_, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('half', () => response.destroy())
    })
    const answer = await askAs(url, { target: `/api/raw/ecs/v1?${PLACED}` })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([502, 'UPSTREAM_TRUNCATED'])
  })
})

describe('real operations', () => {
  const headers = {
    'x-access-key': 'SANDBOXACCESSKEY0001',
    'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000001',
  }

  test('servers are listed as ECS lists them', async () => {
    const { url } = await startHouse()
    const { status, json } = await ask(
      `${url}/api/raw/ecs/v1/{project_id}/cloudservers/detail?regionId=cn-east-2&limit=1`,
      { headers },
    )
    expect(status).toBe(200)
    expect(json).toMatchObject({ count: expect.any(Number), servers: [{ id: expect.any(String) }] })
  })

  test('projects are listed without a region', async () => {
    const { url } = await startHouse()
    const { status, json } = await ask(`${url}/api/raw/iam/v3/projects?name=cn-north-4`, { headers })
    expect([status, json.projects.map(({ name }: { name: string }) => name)]).toEqual([200, ['cn-north-4']])
  })

  test('an image of one’s own is renamed by PATCH', async () => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
    const at = (path: string) => `${url}/api/raw/${path}regionId=cn-south-1`
    const list = await ask(at('ecs/v1/{project_id}/cloudservers/detail?limit=1&'), { headers })
    const json = { ...headers, 'content-type': 'application/json' }
    const made = await ask(at('ims/v2/cloudimages/action?'), {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ name: 'before', instance_id: list.json.servers[0].id }),
    })
    expect([made.status, made.json]).toEqual([200, { job_id: expect.any(String) }])
    const job = await ask(at(`ims/v1/{project_id}/jobs/${made.json.job_id}?`), { headers })
    const imageId = job.json.entities.image_id
    const renamed = await ask(at(`ims/v2/cloudimages/${imageId}?`), {
      method: 'PATCH',
      headers: json,
      body: JSON.stringify([{ op: 'replace', path: '/name', value: 'after' }]),
    })
    expect([renamed.status, renamed.json.name]).toEqual([200, 'after'])
  })
})

test('a raw call shows no key in any log', async () => {
  const { url, logged } = await startBoth()
  await askAs(url, { target: `/api/raw/ecs/v1/canary-path?${PLACED}&q=canary-value` })
  const text = JSON.stringify(await logged(1))
  expect(text).not.toContain('canary')
  expect(text).not.toContain(keyHeaders['x-secret-key'])
  expect(await bytesAnswered(url, 'GET /livez HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n')).toContain('ok')
})
