import { describe, expect, test } from 'vitest'
import { createClient, HuaweiCloudApiError } from '../packages/client/src/index.ts'
import { answering, SANDBOX_KEYS, startClient, startClientBefore } from './helpers/client.ts'

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const got: T[] = []
  for await (const item of items) got.push(item)
  return got
}

const lines = (...items: unknown[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('')
const problem = (reason: string) => ({
  error: {
    code: 403,
    status: 'PERMISSION_DENIED',
    message: 'No.',
    details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'x', metadata: {} }],
  },
})

describe('each', () => {
  test('gives every item of all regions, with its region', async () => {
    const { client } = await startClient()
    const servers = await all(client.each.listInstances({ regionId: '*', fields: 'id' }))
    expect(servers).toEqual(
      expect.arrayContaining([
        { id: 'ins-r8hr2upy', regionId: 'cn-south-1' },
        { id: 'ins-r8hr2upy', regionId: 'cn-east-2' },
      ]),
    )
  })

  test('gives every item of one region, over its pages', async () => {
    const { client } = await startClient()
    const regionId = 'cn-east-2'
    const { images = [] } = await client.listImages({ regionId, all: true })
    const ids = (await all(client.each.listImages({ regionId, limit: 7 }))).map(({ id }) => id)
    expect(ids).toEqual(images.map(({ id }) => id))
    expect(ids.length).toBeGreaterThan(7)
  })

  test('asks for all where that is undefined', async () => {
    const { fetch, asked } = answering(() => new Response())
    await all(createClient({ fetch }).each.listVpcs({ regionId: 'r1', all: undefined } as never))
    expect(new URL(asked[0]?.url ?? '').searchParams.get('all')).toBe('true')
  })

  test('throws what was refused before the first item', async () => {
    const { client } = await startClient()
    await expect(all(client.each.listVpcs({ regionId: 'cn-east-9' }))).rejects.toMatchObject({
      reason: 'UNKNOWN_REGION',
    })
  })

  const half = () =>
    new Response(
      lines({ id: 'a', regionId: 'r1' }, { ...problem('R2'), regionId: 'r2' }, { id: 'b', regionId: 'r1' }),
    )

  test('tells of regions that failed, and goes on', async () => {
    const failed: HuaweiCloudApiError[] = []
    const client = createClient({ fetch: answering(half).fetch })
    const given = client.each.listVpcs({ regionId: '*' }, { onRegionError: (error) => failed.push(error) })
    expect((await all(given)).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(failed).toMatchObject([{ regionId: 'r2', reason: 'R2', status: 403 }])
  })

  test('throws the error of a region that nobody would hear of, behind the items of the others', async () => {
    const client = createClient({ fetch: answering(half).fetch })
    const got: unknown[] = []
    const read = async () => {
      for await (const { id } of client.each.listVpcs({ regionId: '*' })) got.push(id)
    }
    await expect(read()).rejects.toMatchObject({ regionId: 'r2', reason: 'R2' })
    expect(got).toEqual(['a', 'b'])
  })

  test.each([
    ['a failure in the last line', lines({ id: 'a' }, problem('Cut.1')), 'Cut.1'],
    ['a line that breaks off', `${lines({ id: 'a' })}{"id":`, 'ANSWER_UNREADABLE'],
  ])('throws %s behind what came before', async (_, text, reason) => {
    const client = createClient({ fetch: answering(() => new Response(text)).fetch })
    const got: unknown[] = []
    const read = async () => {
      for await (const { id } of client.each.listVpcs({ regionId: 'r1' })) got.push(id)
    }
    await expect(read()).rejects.toMatchObject({ reason })
    expect(got).toEqual(['a'])
  })

  test('ends the call when the loop is left', async () => {
    const left = Promise.withResolvers<void>()
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(lines({ id: 'a' }))),
      cancel: () => left.resolve(),
    })
    const client = createClient({ fetch: answering(() => new Response(body)).fetch })
    for await (const { id } of client.each.listVpcs({ regionId: 'r1' })) {
      expect(id).toBe('a')
      break
    }
    await left.promise
  })

  test('ends with the reason of a signal, in the middle', async () => {
    const over = new AbortController()
    const { client } = await startClient()
    const read = async () => {
      for await (const _ of client.each.listInstanceTypes({ regionId: 'cn-east-2' }, { signal: over.signal }))
        over.abort(new RangeError('enough'))
    }
    await expect(read()).rejects.toThrow('enough')
  })
})

describe('pages', () => {
  test.each([
    ['counted by numbers', 'listInstances', 'servers', 1, { regionId: 'cn-south-1' }],
    ['that go on behind a marker', 'listInstanceTypes', 'flavors', 150, { regionId: 'cn-east-2' }],
    ['that name the next', 'listImages', 'images', 30, { regionId: 'cn-east-2' }],
    ['of which there is one', 'listKeypairs', 'keypairs', 1, { regionId: 'cn-east-2' }],
  ] as const)('%s come one by one, and hold everything once', async (_, name, field, limit, where) => {
    const { client } = await startClient()
    const whole = Reflect.get(await client[name]({ ...where, all: true }), field) as unknown[]
    const pages = (await all(client.pages[name]({ ...where, limit }))).map(
      (page) => Reflect.get(page, field) as unknown[],
    )
    expect(pages.flat()).toEqual(whole)
    if (name !== 'listKeypairs') {
      expect(pages.length).toBe(Math.ceil(whole.length / limit))
      expect(pages.length).toBeGreaterThan(1)
    }
  })

  test('ask for the marker that is named, not for how it is written', async () => {
    const next = '/v2/images?limit=1&marker=a%2Fb%2B1%3D+c'
    const { fetch, asked } = answering(
      () => Response.json({ data: { value: { images: [{ id: 'a' }], next } } }),
      () => Response.json({ data: { value: { images: [{ id: 'b' }] } } }),
    )
    const client = createClient({ ...SANDBOX_KEYS, fetch })
    expect(await all(client.pages.listImages({ regionId: 'r1', limit: 1 }))).toHaveLength(2)
    expect(new URL(asked[1]?.url ?? '').searchParams.get('marker')).toBe('a/b+1= c')
  })

  test('end where the next is the one that was asked for', async () => {
    const { fetch, asked } = answering(() =>
      Response.json({ data: { value: { images: [{ id: 'a' }], next: '/v2/images?marker=a' } } }),
    )
    const given = createClient({ fetch }).pages.listImages({ regionId: 'r1' })
    for await (const _ of given) if (asked.length > 5) break
    expect(asked).toHaveLength(2)
  })

  test('say what they miss to go on', async () => {
    const { client } = await startClient()
    const given = client.pages.listInstanceTypes({ regionId: 'cn-east-2', fields: 'name', limit: 10 })
    await expect(all(given)).rejects.toThrow('have it among the fields')
  })

  test('are as long as ever where the limit is undefined, and end', async () => {
    const { fetch, asked } = answering(() =>
      Response.json({ data: { value: { servers: [{ id: 'a' }], count: 1 } } }),
    )
    const given = createClient({ fetch }).pages.listInstances({ regionId: 'r1', limit: undefined } as never)
    for await (const _ of given) if (asked.length > 1) break
    expect(asked.map(({ url }) => new URL(url).searchParams.get('limit'))).toEqual(['100'])
  })

  test('are asked for one at a time', async () => {
    const { fetch, asked } = answering(() =>
      Response.json({ data: { value: { servers: [{ id: 'a' }], count: 3 } } }),
    )
    const client = createClient({ ...SANDBOX_KEYS, fetch })
    for await (const _ of client.pages.listInstances({ regionId: 'r1', limit: 1 })) break
    expect(asked).toHaveLength(1)
  })
})

test('a list that breaks in the middle says so', async () => {
  const { client } = await startClientBefore((request, response) => {
    if (request.url?.includes('/projects')) return void response.end('{"projects":[]}')
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"vpcs":[{"id":"a"}')
    setImmediate(() => response.destroy())
  })
  const given = client.each.listVpcs({ regionId: 'cn-east-2', projectId: 'p' }, { retries: 0 })
  await expect(all(given)).rejects.toBeInstanceOf(HuaweiCloudApiError)
})
