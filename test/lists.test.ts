import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Route } from '../src/gateway/route.ts'
import { routes } from '../src/gateway/routes/index.ts'
import { prepared, requestOf, routeNamed, sandboxKeys, sendRequest } from './helpers/examples.ts'
import { ask, errorOf, keyHeaders, ourErrorOf, startHouse } from './helpers/house.ts'
import { type ListCloud, startLists } from './helpers/list-cloud.ts'

const OPEN = '{"data":{"@type":"type.googleapis.com/google.protobuf.Struct","value":'
const NDJSON = { accept: 'application/x-ndjson' }

type Fields = Record<string, unknown>
type ListRoute = Route & { list: NonNullable<Route['list']> }
const listRoutes = routes.filter((route): route is ListRoute => route.list !== undefined)
const named = <R extends Route>(some: readonly R[]) => some.map((route) => [route.name, route] as const)

/** Several of everything that is listed, in the region of the examples and in another. */
const SEED = {
  projects: Object.fromEntries(
    ['cn-east-2', 'cn-south-1'].map((region) => [
      region,
      {
        vpcs: ['one', 'two', 'three'].map((name, n) => ({ name, cidr: `10.${n}.0.0/16` })),
        subnets: ['a', 'b', 'c', 'd'].map((name, n) => ({ name, vpc: 'one', cidr: `10.0.${n}.0/24` })),
        servers: [{ name: `web-${region}`, count: 5, flavor: 's6.small.1', image: 'CentOS 7.9 64bit' }],
      },
    ]),
  ),
}

/** The house with a furnished sandbox in it. */
async function startFurnished() {
  const folder = mkdtempSync(join(tmpdir(), 'lists-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const seed = join(folder, 'seed.json')
  writeFileSync(seed, JSON.stringify(SEED))
  const house = await startHouse({ HCA_SANDBOX_PACE: 'at-once', HCA_SANDBOX_SEED: seed })
  for (const name of [
    'createKeypair',
    'createSecurityGroup',
    'createPublicIp',
    'createPublicIp',
    'addInstanceTags',
  ]) {
    const route = routeNamed(name)
    const { example } = await prepared(house.url, route, sandboxKeys)
    const { status, text } = await sendRequest(house.url, requestOf(route, example), sandboxKeys)
    expect(status, text).toBe(200)
  }
  return house
}

/** A question of the list, in words of its example. */
async function lister(url: string, route: ListRoute) {
  const { example } = await prepared(url, route, sandboxKeys)
  const { path } = requestOf(route, example)
  const [base = '', search = ''] = path.split('?')
  return (more: Record<string, string> = {}, headers: Record<string, string> = {}) => {
    const query = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(search)), ...more })
    return ask(`${url}${base}?${query}`, { headers: { ...sandboxKeys, ...headers } })
  }
}

const itemsOf = ({ list }: ListRoute, json: { data: { value: Fields } }): Fields[] =>
  json.data.value[list.operation.listing?.items ?? ''] as Fields[]

const idIn = (item: Fields | undefined, path: string): string =>
  String(path.split('.').reduce<unknown>((at, step) => (at as Fields)[step], item))

/** All pages, asked one by one as Huawei documents it, in plain calls. */
async function byHand(route: ListRoute, list: Awaited<ReturnType<typeof lister>>, limit: number) {
  const { pages, id } = route.list.operation.listing ?? {}
  const found: Fields[] = []
  let more: Record<string, string> | undefined = pages?.by === 'whole' ? {} : { limit: String(limit) }
  for (let number = 1; more; number += 1) {
    const { json } = await list(more)
    const items = itemsOf(route, json)
    found.push(...items)
    const next = new URLSearchParams(String(json.data.value.next ?? '').split('?')[1]).get('marker')
    if (pages?.by === 'whole' || (pages?.by === 'next' ? !next : items.length < limit)) more = undefined
    else if (pages?.by === 'number') more = { limit: String(limit), offset: String(number + 1) }
    else more = { limit: String(limit), marker: next ?? idIn(items.at(-1), id ?? 'id') }
  }
  return found
}

describe.each(named(listRoutes))('%s', (_, route) => {
  const { items: field = '', pages, id = 'id' } = route.list.operation.listing ?? {}

  test('with all=true is all pages put together', async () => {
    const { url } = await startFurnished()
    const list = await lister(url, route)
    const whole = await list({ all: 'true' })
    expect(whole.status, whole.text).toBe(200)
    const found = itemsOf(route, whole.json)
    expect(Object.keys(whole.json.data.value)).toEqual([field, 'count'])
    expect(whole.json.data.value.count).toBe(found.length)
    expect(new Set(found.map((item) => idIn(item, id))).size).toBe(found.length)
    if (pages?.by !== 'whole') expect(found.length).toBeGreaterThan(1)
    const limit = Math.max(1, Math.ceil(found.length / 4))
    expect(await byHand(route, list, limit)).toEqual(found)
    if (pages?.by !== 'whole') {
      const small = await list({ all: 'true', limit: String(limit) })
      expect(itemsOf(route, small.json)).toEqual(found)
    }
  })

  test('gives lines, fields and orders of what it gives plainly', async () => {
    const { url } = await startFurnished()
    const list = await lister(url, route)
    const plain = await list()
    const items = itemsOf(route, plain.json)
    expect(items.length).toBeGreaterThan(0)
    const lines = await list({}, NDJSON)
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    expect(lines.text.endsWith('\n')).toBe(true)
    expect(
      lines.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(items)
    const picked = await list({ fields: id })
    const [step = '', inner] = id.split('.')
    const kept = (item: Fields) =>
      inner ? { [step]: { [inner]: (item[step] as Fields)[inner] } } : { [step]: item[step] }
    expect(picked.json.data.value).toEqual({ ...plain.json.data.value, [field]: items.map(kept) })
    const down = await list({ sort: `-${id}`, fields: id })
    const up = await list({ sort: id, fields: id })
    const ids = itemsOf(route, up.json).map((item) => idIn(item, id))
    expect(ids.toSorted()).toEqual(items.map((item) => idIn(item, id)).toSorted())
    expect(itemsOf(route, down.json).map((item) => idIn(item, id))).toEqual(ids.toReversed())
  })

  if (route.needs !== 'regional' || route.path.includes('{')) return

  test('of two regions is both lists, each item with its region behind it', async () => {
    const { url } = await startFurnished()
    const list = await lister(url, route)
    const regions = ['cn-east-2', 'cn-south-1']
    const expected: Fields[] = []
    for (const regionId of regions) {
      const { json } = await list({ regionId, all: 'true' })
      expected.push(...itemsOf(route, json).map((item) => ({ ...item, regionId })))
    }
    const both = await list({ regionId: regions.join(), all: 'true' })
    const found = itemsOf(route, both.json)
    expect(Object.keys(both.json.data.value)).toEqual([field, 'count', 'errors'])
    expect(both.json.data.value).toMatchObject({ count: expected.length, errors: [] })
    const order = (some: Fields[]) => some.map((item) => JSON.stringify(item)).toSorted()
    expect(order(found)).toEqual(order(expected))
  })
})

/** One region's page, with things in it that a parser and a printer would change. */
const ODD =
  '{ "id":"a","progress":1.0 ,"name":"\\u4e2d\\/é","OS-EXT-STS:power_state":12345678901234567890,"x":{"b":1,"b":2}}'
const oddPage = `{"count" : 5.0,"servers": [ ${ODD},\n{"id":"b","name":null} ] ,"next":"\\/v2?a"}`
const LIST = '/api/instances'
const one = `${LIST}?regionId=cn-north-4`

const get = ({ url }: Pick<ListCloud, 'url'>, path: string, headers = {}) =>
  ask(`${url}${path}`, { headers: { ...keyHeaders, ...headers } })

describe('bytes', () => {
  test('pass untouched where nothing of ours is asked for', async () => {
    const cloud = await startLists(() => oddPage)
    for (const path of [one, `${one}&all=false`])
      expect((await get(cloud, path)).text).toBe(`${OPEN}${oddPage}}}`)
  })

  test('of each item pass in a list put together', async () => {
    const cloud = await startLists(() => oddPage)
    const items = `${ODD},{"id":"b","name":null}`
    expect((await get(cloud, `${one}&all=true`)).text).toBe(`${OPEN}{"servers":[${items}],"count":2}}}`)
  })

  test('of each item pass with the region behind them', async () => {
    const cloud = await startLists(({ region }) =>
      region === 'cn-north-4' ? '{"servers":[{ }]}' : `{"servers":[${ODD}]}`,
    )
    const { json, text } = await get(cloud, `${LIST}?regionId=cn-north-4,cn-south-1`)
    expect(text).toContain('{ "regionId":"cn-north-4"}')
    expect(text).toContain(`${ODD.slice(0, -1)},"regionId":"cn-south-1"}`)
    expect(json.data.value).toMatchObject({ count: 2, errors: [] })
  })

  test('that are no text pass too', async () => {
    const item = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    const page = Buffer.concat([Buffer.from('{"servers":['), item, Buffer.from(']}')])
    const { url } = await startLists(() => (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(page)
    })
    const response = await fetch(`${url}${one}&all=true`, { headers: keyHeaders })
    expect(Buffer.from(await response.arrayBuffer()).includes(item)).toBe(true)
  })

  test('of numbers pass where fields are picked', async () => {
    const cloud = await startLists(() => oddPage)
    expect((await get(cloud, `${one}&fields=progress,OS-EXT-STS:power_state,name,id`)).text).toBe(
      `${OPEN}{"count":5.0,"next":"\\/v2?a","servers":[{"progress":1.0,"OS-EXT-STS:power_state":12345678901234567890,"name":"中/é","id":"a"},{"name":null,"id":"b"}]}}}`,
    )
  })

  test('around a single page stay, in another order or not', async () => {
    const cloud = await startLists(() => oddPage)
    expect((await get(cloud, `${one}&sort=-id`)).text).toBe(
      `${OPEN}{"count":5.0,"next":"\\/v2?a","servers":[{"id":"b","name":null},${ODD}]}}}`,
    )
  })

  test('of an item are one line where lines are asked for', async () => {
    const item = '{\r\n "id":\n"a\\n" }'
    const cloud = await startLists(() => `{"servers":[${item},${ODD}]}`)
    expect((await get(cloud, one, NDJSON)).text).toBe(`{   "id": "a\\n" }\n${ODD}\n`)
    const { text } = await get(cloud, `${LIST}?regionId=cn-north-4,cn-north-4`, NDJSON)
    expect(text).toBe(
      `{   "id": "a\\n" ,"regionId":"cn-north-4"}\n${ODD.slice(0, -1)},"regionId":"cn-north-4"}\n`,
    )
  })
})

describe('what is asked', () => {
  test('is what the caller asks beside our own options, in every region and on every page', async () => {
    const cloud = await startLists(({ region, query }) =>
      JSON.stringify({
        count: 3,
        servers: Array.from({ length: query.get('offset') ? 1 : 2 }, (_, n) => ({
          id: `${region}${n}${query.get('offset')}`,
        })),
      }),
    )
    const search = 'all=true&fields=id&sort=id&limit=2&name=a+b&tag=1&tag=2'
    const { json } = await get(cloud, `${LIST}?regionId=cn-north-4,cn-south-1&${search}`)
    expect(json.data.value.count).toBe(6)
    expect(cloud.asked).toHaveLength(4)
    for (const { query, path, region } of cloud.asked) {
      expect(path).toBe(`/v1/p-${region}/cloudservers/detail`)
      expect(query.getAll('tag')).toEqual(['1', '2'])
      const { offset, ...others } = Object.fromEntries(query)
      expect(others).toEqual({ limit: '2', name: 'a b', tag: '2' })
      expect([undefined, '2']).toContain(offset)
    }
  })

  test('is one page of each region without all, as Huawei sizes it', async () => {
    const cloud = await startLists(({ region }) => `{"count":9,"servers":[{"id":"${region}"}]}`)
    const { json } = await get(cloud, `${LIST}?regionId=cn-north-4,cn-south-1`)
    expect(json.data.value.count).toBe(2)
    expect(cloud.asked.map(({ query }) => [...query])).toEqual([[], []])
  })

  test('names a region once, by whichever of its names', async () => {
    const cloud = await startLists(() => '{"servers":[{"id":"a"}]}')
    const { json } = await get(cloud, `${LIST}?region=ap-guangzhou,cn-south-1,cn-south-1`)
    expect(json.data.value).toEqual({
      servers: [{ id: 'a', regionId: 'cn-south-1' }],
      count: 1,
      errors: [],
    })
    expect(cloud.asked).toHaveLength(1)
  })

  test('of one region with a project asks IAM nothing', async () => {
    const cloud = await startLists(() => '{"servers":[]}')
    expect((await get(cloud, `${one}&projectId=p-1&all=true`)).json.data.value).toEqual({
      servers: [],
      count: 0,
    })
    expect([cloud.iam, cloud.asked.length]).toEqual([[], 1])
  })
})

describe('an order', () => {
  test('goes over all regions, empty values last', async () => {
    const vcpus: Record<string, unknown[]> = { 'cn-north-4': ['16', undefined], 'cn-south-1': ['4', '128'] }
    const cloud = await startLists(({ region }) => {
      const servers = vcpus[region]?.map((cpus, n) => ({ id: `${region}/${n}`, flavor: { vcpus: cpus } }))
      return JSON.stringify({ servers })
    })
    const ids = async (sort: string) => {
      const { json } = await get(cloud, `${LIST}?regionId=cn-north-4,cn-south-1&sort=${sort}`)
      return json.data.value.servers.map(({ id }: Fields) => id)
    }
    const [n0, n1, s0, s1] = ['cn-north-4/0', 'cn-north-4/1', 'cn-south-1/0', 'cn-south-1/1']
    expect(await ids('flavor.vcpus')).toEqual([s0, n0, s1, n1])
    expect(await ids('-flavor.vcpus')).toEqual([s1, n0, s0, n1])
    expect(await ids('-regionId,id')).toEqual([s0, s1, n0, n1])
  })

  test.each([
    [20_000, 200],
    [20_001, 400],
  ])('of %d items is answered %d', async (count, status) => {
    const ids = (offset: number) =>
      Array.from({ length: Math.min(1_000, count - offset) }, (_, n) => ({ id: `s${offset + n}` }))
    const cloud = await startLists(({ query }) =>
      JSON.stringify({ count, servers: ids((Number(query.get('offset') ?? 1) - 1) * 1_000) }),
    )
    const answer = await get(cloud, `${one}&all=true&sort=-id`)
    expect(answer.status).toBe(status)
    if (status === 200) expect(answer.json.data.value.servers[0]).toEqual({ id: 's9999' })
    else
      expect(ourErrorOf(answer).violations).toEqual([
        { field: 'sort', description: expect.stringContaining('20000') },
      ])
    const lines = await get(cloud, `${one}&all=true`, NDJSON)
    expect(lines.text.split('\n')).toHaveLength(count + 1)
  })
})

test.each([
  ['application/x-ndjson', true],
  ['text/html, application/x-ndjson;q=0.5', true],
  ['application/x-ndjson;q=0', false],
  ['application/json, application/x-ndjson; q=0.0', false],
  ['application/x-ndjsonp', false],
])('Accept: %s gives lines: %s', async (accept, lines) => {
  const cloud = await startLists(() => JSON.stringify({ count: 1, servers: [{ id: 'a' }] }))
  const { headers } = await get(cloud, one, { accept })
  expect(headers.get('content-type')?.startsWith('application/x-ndjson')).toBe(lines)
})

/** Names that instances have, as many as are wanted. */
const many = (count: number) => Array.from({ length: count }, (_, n) => `metadata.m${n}`).join()

describe('nothing is sent, and all faults are told, of', () => {
  test.each<[search: string, fields: string[], reason?: string]>([
    ['regionId=cn-north-4&all=yes', ['all']],
    ['regionId=cn-north-4&all=true&all=true', ['all']],
    ['regionId=cn-north-4&fields=', ['fields']],
    ['regionId=cn-north-4&fields=id,,name', ['fields']],
    ['regionId=cn-north-4&fields=id&fields=name', ['fields', 'fields']],
    ['regionId=cn-north-4&fields=id,nome', ['fields[1]']],
    ['regionId=cn-north-4&fields=regionId', ['fields[0]']],
    ['regionId=cn-north-4&sort=', ['sort']],
    ['regionId=cn-north-4&sort=-nome,id', ['sort[0]']],
    ['regionId=cn-north-4&sort=-', ['sort']],
    ['regionId=cn-north-4&sort=id,-id', ['sort[1]']],
    ['regionId=cn-north-4&fields=id,name,id', ['fields[2]']],
    [`regionId=cn-north-4&sort=${many(9)}`, ['sort']],
    [`regionId=cn-north-4&fields=${many(65)}`, ['fields']],
    ['regionId=cn-north-4&sort=%2Bid', ['sort[0]']],
    ['regionId=cn-north-4&sort=nome&fields=nome', ['fields[0]', 'sort[0]']],
    ['regionId=cn-north-4,nowhere', ['regionId'], 'UNKNOWN_REGION'],
    ['regionId=nowhere,neverwhere,cn-north-4', ['regionId', 'regionId'], 'UNKNOWN_REGION'],
    ['regionId=cn-north-4,', ['regionId'], 'UNKNOWN_REGION'],
    ['regionId=,', ['regionId', 'regionId'], 'UNKNOWN_REGION'],
    ['regionId=*,cn-north-4', ['regionId'], 'UNKNOWN_REGION'],
    ['regionId=**', ['regionId'], 'UNKNOWN_REGION'],
    ['regionId=cn-north-4,cn-south-1&projectId=p-1', ['projectId']],
    ['regionId=*&projectId=p-1', ['projectId']],
    ['regionId=*,x&projectId=p-1&sort=x&all=2', ['regionId', 'regionId', 'projectId', 'sort[0]', 'all']],
  ])('%s', async (search, fields, reason = 'INVALID_ARGUMENT') => {
    const cloud = await startLists(() => '{"servers":[]}')
    const answer = await get(cloud, `${LIST}?${search}`)
    expect(answer.status).toBe(400)
    const error = ourErrorOf(answer)
    expect(error.violations.map(({ field }) => field).toSorted()).toEqual(fields.toSorted())
    if (fields.length < 4) expect(error.reason).toBe(reason)
    expect([cloud.iam, cloud.asked]).toEqual([[], []])
  })

  test('which of the named regions is unknown is told', async () => {
    const cloud = await startLists(() => '')
    const { message } = ourErrorOf(await get(cloud, `${LIST}?regionId=cn-north-4,cn-north-44`))
    expect(message).toContain('regionId (number 2 of the list) is unknown; did you mean cn-north-4')
  })

  test.each([
    '/api/projects?regionId=*',
    '/api/projects?regionId=cn-north-4,cn-south-1',
    '/api/quotas?regionId=*',
    '/api/quotas?regionId=cn-north-4,cn-south-1',
  ])('%s, which is no list of many regions', async (path) => {
    const cloud = await startLists(() => '{}')
    const answer = await get(cloud, path)
    expect([answer.status, errorOf(answer).reason]).toEqual([400, 'UNKNOWN_REGION'])
    expect(cloud.iam).toEqual([])
  })
})
