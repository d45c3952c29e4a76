import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { buildEndpoints } from '../src/huaweicloud/endpoints.ts'
import { ask, bytesAnswered, errorOf, keyHeaders, ourErrorOf } from './helpers/house.ts'
import {
  type Asked,
  type ListCloud,
  readerOf,
  refusal,
  serverPages,
  startLists,
} from './helpers/list-cloud.ts'

const NDJSON = { accept: 'application/x-ndjson' }
const LIST = '/api/instances'
const one = `${LIST}?regionId=cn-north-4&all=true&limit=2`
const two = `${LIST}?regionId=cn-north-4,cn-south-1`

const get = ({ url }: Pick<ListCloud, 'url'>, path: string, headers = {}) =>
  ask(`${url}${path}`, { headers: { ...keyHeaders, ...headers } })

interface Told {
  regionId: string
  error: { code: number; status: string; details: { reason: string; metadata: Record<string, string> }[] }
}
const reasons = (errors: Told[]) => errors.map((told) => [told.regionId, told.error.details[0]?.reason])
const parsedLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Answers well in the first region, and as told in the second. */
const besides =
  (...args: Parameters<typeof startLists> extends [unknown, ...infer Rest] ? Rest : never) =>
  (other: (asked: Asked, count: number) => ReturnType<Parameters<typeof startLists>[0]>) =>
    startLists(
      (asked, count) => (asked.region === 'cn-north-4' ? serverPages(1, 10)(asked) : other(asked, count)),
      ...args,
    )

const cutOff = (text: string) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write(text, () => response.destroy())
}

describe('a region that fails stands beside the others', () => {
  test.each<
    [what: string, reply: ReturnType<Parameters<typeof startLists>[0]>, code: number, reason: string]
  >([
    ['refused', refusal(403, 'Ecs.0003'), 403, 'Ecs.0003'],
    ['a 401 of its own', refusal(401, 'APIGW.0301'), 401, 'APIGW.0301'],
    ['throttled', refusal(429, 'APIGW.0308'), 429, 'APIGW.0308'],
    ['broken there', refusal(500, 'Ecs.0000'), 502, 'Ecs.0000'],
    ['hung up', (response) => void response.destroy(), 502, 'UPSTREAM_UNREACHABLE'],
    ['cut off', cutOff('{"servers":[{"id":"a"}'), 502, 'UPSTREAM_TRUNCATED'],
    ['cut off when long', cutOff(`{"servers":[{"id":"${'a'.repeat(400_000)}"}`), 502, 'UPSTREAM_TRUNCATED'],
    ['no list', '{"vms":[]}', 502, 'UPSTREAM_PROTOCOL_ERROR'],
    ['a list of nothing', '{"servers":null}', 502, 'UPSTREAM_PROTOCOL_ERROR'],
    ['a list of numbers', '{"servers":[1,2]}', 502, 'UPSTREAM_PROTOCOL_ERROR'],
    ['broken JSON', '{"servers":[{"id":"a",}]}', 502, 'UPSTREAM_PROTOCOL_ERROR'],
    ['broken JSON beside', '{"count":nine,"servers":[]}', 502, 'UPSTREAM_PROTOCOL_ERROR'],
    ['empty', '', 502, 'UPSTREAM_PROTOCOL_ERROR'],
    [
      'longer than anything',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(`{"servers":[{"id":"${'a'.repeat(33 * 1024 * 1024)}"}]}`)
      },
      502,
      'UPSTREAM_TOO_LARGE',
    ],
  ])('%s', async (_, reply, code, reason) => {
    const cloud = await besides()(() => reply)
    const { status, json } = await get(cloud, two)
    expect(status).toBe(200)
    const { servers, count, errors } = json.data.value
    expect([servers, count]).toEqual([[{ id: 's0', regionId: 'cn-north-4' }], 1])
    expect(reasons(errors)).toEqual([['cn-south-1', reason]])
    expect(errors[0].error.code).toBe(code)
    expect(Object.keys(errors[0])).toEqual(['error', 'regionId'])
    const lines = parsedLines((await get(cloud, two, NDJSON)).text)
    expect(lines).toEqual([servers[0], { error: expect.objectContaining({ code }), regionId: 'cn-south-1' }])
  })

  test('after its deadline, over all of its pages; the others are there long before', async () => {
    const held: ServerResponse[] = []
    const cloud = await besides(
      {},
      { HCA_REGION_DEADLINE: '0.5' },
    )((asked) =>
      asked.query.has('offset') ? (response) => void held.push(response) : serverPages(4, 2, 'h')(asked),
    )
    const reader = await readerOf(cloud.url, `${two}&all=true&limit=2`, NDJSON.accept)
    const early = await reader.until('"h1"')
    expect(early).not.toContain('error')
    const { json } = await get(cloud, `${two}&all=true&limit=2`)
    const { servers, count, errors } = json.data.value
    expect(count).toBe(3)
    expect(servers.map(({ id }: { id: string }) => id).toSorted()).toEqual(['h0', 'h1', 's0'])
    expect(reasons(errors)).toEqual([['cn-south-1', 'UPSTREAM_TIMEOUT']])
    expect(await reader.until('error')).toContain('UPSTREAM_TIMEOUT')
  })

  test('with what its caller’s keys must not tell left out', async () => {
    const cloud = await besides()(() => refusal(400, 'Ecs.0005', `no such ${keyHeaders['x-secret-key']}`))
    for (const headers of [{}, NDJSON]) {
      const { text } = await get(cloud, two, headers)
      expect(text).toContain('no such ***')
      expect(text).not.toContain(keyHeaders['x-secret-key'])
    }
  })

  test('also where it is not opened, if it was named; `*` leaves it out', async () => {
    const cloud = await startLists(serverPages(1, 10), { opened: ['cn-north-4'] })
    const { json } = await get(cloud, two)
    expect(json.data.value.count).toBe(1)
    expect(reasons(json.data.value.errors)).toEqual([['cn-south-1', 'REGION_NOT_OPENED']])
    const all = await get(cloud, `${LIST}?regionId=*`)
    expect(all.json.data.value).toEqual({
      servers: [{ id: 's0', regionId: 'cn-north-4' }],
      count: 1,
      errors: [],
    })
    expect(cloud.asked.map(({ region }) => region)).toEqual(['cn-north-4', 'cn-north-4'])
  })
})

describe('where every region fails, the first failure is the answer', () => {
  test.each([{}, NDJSON])('with %j', async (headers) => {
    const cloud = await startLists(() => refusal(403, 'Ecs.0003'))
    const answer = await get(cloud, `${two}&all=true`, headers)
    expect([answer.status, errorOf(answer).reason]).toEqual([403, 'Ecs.0003'])
  })

  test('none of those named being opened', async () => {
    const cloud = await startLists(() => '', { opened: [] })
    const answer = await get(cloud, two)
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([400, 'REGION_NOT_OPENED'])
    expect(cloud.asked).toEqual([])
    expect((await get(cloud, `${LIST}?regionId=*`)).json.data.value).toEqual({
      servers: [],
      count: 0,
      errors: [],
    })
  })

  test('the caller’s own time being up', async () => {
    const cloud = await startLists(() => undefined)
    for (const path of [one, two, `${LIST}?regionId=*`]) {
      const answer = await get(cloud, path, { 'x-request-timeout': '0.2' })
      expect([answer.status, errorOf(answer).reason]).toEqual([504, 'UPSTREAM_TIMEOUT'])
    }
  })
})

test('the caller’s own time is one for all pages; what has come is kept', async () => {
  const cloud = await startLists((asked) =>
    asked.region === 'cn-south-1' || asked.query.has('offset') ? undefined : serverPages(9, 2)(asked),
  )
  const { json } = await get(cloud, `${two}&all=true&limit=2`, { 'x-request-timeout': '0.4' })
  expect(json.data.value.count).toBe(2)
  expect(reasons(json.data.value.errors).toSorted()).toEqual([
    ['cn-north-4', 'UPSTREAM_TIMEOUT'],
    ['cn-south-1', 'UPSTREAM_TIMEOUT'],
  ])
})

describe('one region that breaks in the middle', () => {
  const breaking = (env = {}) =>
    startLists(
      (asked, count) => (count % 3 === 0 ? refusal(500, 'Ecs.0000') : serverPages(9, 2)(asked)),
      {},
      env,
    )

  test('at its first page is an answer of its own', async () => {
    for (const headers of [{}, NDJSON]) {
      const cloud = await startLists(() => refusal(404, 'Ecs.0114'))
      const answer = await get(cloud, one, headers)
      expect([answer.status, errorOf(answer).reason]).toEqual([404, 'Ecs.0114'])
    }
  })

  test('cuts the connection, and closes no bracket', async () => {
    const { url, logged } = await breaking()
    const lines = Object.entries({ ...keyHeaders, Host: new URL(url).host, Connection: 'close' })
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const bytes = await bytesAnswered(url, `GET ${one} HTTP/1.1\r\n${head}\r\n`)
    expect(bytes).toContain('{"id":"s3"}')
    expect(bytes).not.toContain(']')
    expect(bytes.endsWith('0\r\n\r\n')).toBe(false)
    expect((await logged(1))[0]).toMatchObject({ route: LIST, status: 200, reason: 'Ecs.0000' })
    await expect(get({ url }, one)).rejects.toThrow()
  })

  test('is told in the last line', async () => {
    const { text, status } = await get(await breaking(), one, NDJSON)
    expect(status).toBe(200)
    const lines = parsedLines(text)
    expect(lines.slice(0, -1)).toEqual([0, 1, 2, 3].map((n) => ({ id: `s${n}` })))
    expect(lines.at(-1)).toEqual({ error: expect.objectContaining({ code: 502 }) })
  })

  test('is an answer of its own where an order waits for the end', async () => {
    const answer = await get(await breaking(), `${one}&sort=id`)
    expect([answer.status, errorOf(answer).reason]).toEqual([502, 'Ecs.0000'])
  })

  test('has a deadline for each page', async () => {
    const cloud = await startLists(
      (asked) => (asked.query.get('offset') === '3' ? undefined : serverPages(9, 2)(asked)),
      {},
      { HCA_DEADLINE_READ: '0.5' },
    )
    const lines = parsedLines((await get(cloud, one, NDJSON)).text)
    expect(lines).toHaveLength(5)
    expect(lines.at(-1).error.details[0].reason).toBe('UPSTREAM_TIMEOUT')
  })
})

test('an item that has moved to a later page is given once', async () => {
  const cloud = await startLists(({ query }) => {
    const pages = [['a', 'b'], ['b', 'c'], ['d']]
    const servers = pages[Number(query.get('offset') ?? 1) - 1]?.map((id) => ({ id }))
    return JSON.stringify({ count: 5, servers })
  })
  const { json } = await get(cloud, one)
  expect(json.data.value).toEqual({ servers: ['a', 'b', 'c', 'd'].map((id) => ({ id })), count: 4 })
  expect(cloud.asked).toHaveLength(3)
})

test('the same id in two regions is two items', async () => {
  const cloud = await startLists(() => '{"servers":[{"id":"a"}]}')
  expect((await get(cloud, `${two}&all=true`)).json.data.value.count).toBe(2)
})

describe('IAM', () => {
  test('is asked once for all regions, and not again, also by those who come at once or ask for one', async () => {
    const cloud = await startLists(serverPages(1, 10))
    await Promise.all([
      get(cloud, two),
      get(cloud, `${LIST}?regionId=*`),
      get(cloud, `/api/images?regionId=*`),
    ])
    await get(cloud, `${LIST}?regionId=*&all=true`)
    await get(cloud, one)
    await get(cloud, `${LIST}?regionId=cn-south-1`)
    expect(cloud.iam).toEqual(['/v3/projects'])
    await get(cloud, two, { 'x-security-token': 'another-0001' })
    expect(cloud.iam).toHaveLength(2)
  })

  test('forbidding its list is asked for one’s own', async () => {
    const cloud = await startLists(serverPages(1, 10), { refuses: { '/v3/projects': 403 } })
    const { json } = await get(cloud, `${LIST}?regionId=*`)
    expect(json.data.value.count).toBe(3)
    expect(cloud.iam).toEqual(['/v3/projects', '/v3/auth/projects'])
  })

  test.each([
    [401, 401],
    [403, 403],
    [500, 502],
  ])('saying %d to everything, no region is asked', async (said, status) => {
    const cloud = await startLists(() => '', { refuses: { '/v3/projects': said, '/v3/auth/projects': said } })
    const answer = await get(cloud, `${LIST}?regionId=*&all=true`, NDJSON)
    expect(answer.status).toBe(status)
    errorOf(answer)
    expect(cloud.asked).toEqual([])
    expect(cloud.iam.length).toBeLessThanOrEqual(2)
  })
})

test('what ends a list ends all that is still asked for it', async () => {
  const hanging = Promise.withResolvers<ServerResponse>()
  const ids = Array.from({ length: 20_001 }, (_, n) => ({ id: `s${n}` }))
  const cloud = await startLists(({ region }) =>
    region === 'cn-south-1'
      ? (response) => hanging.resolve(response)
      : JSON.stringify({ count: ids.length, servers: ids }),
  )
  const answer = get(cloud, `${LIST}?regionId=cn-south-1,cn-north-4&sort=id`)
  const closed = once(await hanging.promise, 'close')
  expect((await answer).status).toBe(400)
  await closed
})

test('keys that went bad do not go out often enough to lock the access key', async () => {
  let good = true
  const cloud = await startLists(
    () =>
      good
        ? JSON.stringify({ count: 0, servers: [] })
        : refusal(401, 'APIGW.0301', 'Incorrect IAM authentication information: verify aksk signature fail'),
    { opened: buildEndpoints().regions('ecs') },
  )
  expect((await get(cloud, `${LIST}?regionId=*`)).status).toBe(200)
  const asked = cloud.asked.length
  good = false
  expect((await get(cloud, `${LIST}?regionId=*`)).status).toBe(401)
  expect(cloud.asked.length - asked).toBeLessThanOrEqual(5)
})

test('a region that was opened a moment ago is there when it is named', async () => {
  const opened = ['cn-north-4']
  const cloud = await startLists(() => JSON.stringify({ count: 0, servers: [] }), { opened })
  const list = async () =>
    (await get(cloud, `${LIST}?regionId=cn-north-4,cn-south-1&all=true`)).json.data.value.errors
  expect(await list()).toHaveLength(1)
  opened.push('cn-south-1')
  expect(await list()).toEqual([])
  expect(await list()).toEqual([])
  expect(cloud.iam).toHaveLength(2)
})

test('three regions are asked, and once one has answered eight at once, never more', async () => {
  const all = buildEndpoints().regions('ecs')
  const regions: string[] = []
  const waiting: (() => void)[] = []
  let most = 0
  let atFirst = 0
  const cloud = await startLists(
    (asked) => (response) => {
      const text = serverPages(1, 10)(asked)
      regions.push(asked.region)
      waiting.push(() => response.writeHead(200, { 'content-type': 'application/json' }).end(text))
      most = Math.max(most, waiting.length)
      if (regions.length <= 3) atFirst = regions.length
      if (regions.length === all.length) for (const answer of waiting.splice(0)) answer()
      else if (waiting.length === (regions.length <= 3 ? 3 : 8)) waiting.shift()?.()
    },
    { opened: all },
  )
  const { json } = await get(cloud, `${LIST}?regionId=*`)
  expect(all.length).toBeGreaterThan(30)
  expect(json.data.value).toMatchObject({ count: all.length, errors: [] })
  expect(regions.toSorted()).toEqual(all.toSorted())
  expect([atFirst, most]).toEqual([3, 8])
})

describe('a reader', () => {
  const WIDE = 'x'.repeat(1_000)
  /** 400 pages of a megabyte. */
  const endless = ({ query }: Asked) => {
    const page = query.get('offset') ?? '1'
    const servers = Array.from({ length: 1_000 }, (_, n) => ({ id: `${page}-${n}`, name: WIDE }))
    return JSON.stringify({ count: 400_000, servers })
  }

  test.each([
    ['one region', 'cn-north-4'],
    ['many regions', 'cn-north-4,cn-south-1,cn-east-2'],
  ])('that stops reading stops the asking, and goes on where it was: %s', async (_, regionId) => {
    const cloud = await startLists(endless)
    const { socket, until } = await readerOf(cloud.url, `${LIST}?regionId=${regionId}&all=true`)
    await until('"1-0"')
    socket.pause()
    const asked = await settledCount(cloud)
    expect(asked).toBeLessThan(60)
    socket.resume()
    while (cloud.asked.length <= asked) await once(socket, 'data')
    socket.destroy()
    expect(await settledCount(cloud)).toBeLessThan(120)
  })

  test.each(['application/json', NDJSON.accept])('of %s that leaves ends the asking', async (accept) => {
    const { promise, resolve } = Promise.withResolvers<ServerResponse>()
    const cloud = await startLists((asked) =>
      asked.query.has('offset') ? (response) => resolve(response) : endless(asked),
    )
    const { socket, until } = await readerOf(
      cloud.url,
      `${LIST}?regionId=cn-north-4,cn-south-1&all=true`,
      accept,
    )
    await until('"1-0"')
    const hanging = await promise
    const closed = once(hanging, 'close')
    socket.destroy()
    await closed
    expect(hanging.writableFinished).toBe(false)
    expect((await cloud.logged(1))[0]).toMatchObject({ route: LIST, reason: 'CLIENT_LEFT' })
    expect(await settledCount(cloud)).toBeLessThanOrEqual(4)
  })

  test('that leaves before the first page ends the asking', async () => {
    const { promise, resolve } = Promise.withResolvers<ServerResponse>()
    const cloud = await startLists(() => (response) => resolve(response))
    const { socket } = await readerOf(cloud.url, `${LIST}?regionId=*&all=true&sort=id`)
    const hanging = await promise
    const closed = once(hanging, 'close')
    socket.destroy()
    await closed
    expect((await cloud.logged(1))[0]).toMatchObject({ route: LIST, status: 499, reason: 'CLIENT_LEFT' })
  })

  /** How often Huawei was asked, once that has not changed while the house answered others many times. */
  async function settledCount(cloud: ListCloud): Promise<number> {
    for (let before = -1; ; ) {
      const { length } = cloud.asked
      if (length === before) return length
      before = length
      for (let n = 0; n < 40; n += 1) await ask(`${cloud.url}/livez`)
    }
  }
})
