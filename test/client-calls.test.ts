import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createClient, HuaweiCloudApiError } from '../packages/client/src/index.ts'
import { pathNames } from '../src/gateway/route.ts'
import { routes } from '../src/gateway/routes/index.ts'
import { answering, SANDBOX_KEYS, startClient } from './helpers/client.ts'
import { EXAMPLE_REGION, prepared, sandboxKeys } from './helpers/examples.ts'

const isCalled = routes.filter(({ produces }) => !produces)

describe('each operation has a method of its name', () => {
  test.each(isCalled.map((route) => [route.name, route] as const))('%s', async (name, route) => {
    const { client, url } = await startClient()
    const { example } = await prepared(url, route, sandboxKeys)
    const regionId = example.regionId ?? (route.needs === 'regional' ? EXAMPLE_REGION : undefined)
    const method = Reflect.get(client, name) as (params: object) => Promise<object>
    const value = await method({
      ...(regionId && route.needs !== 'none' ? { regionId } : {}),
      ...example.fields,
    })
    expect(value).toEqual(expect.any(Object))
  })
})

describe('what cannot be part of a path', () => {
  const { fetch, asked } = answering(() => new Response())
  const client = createClient({ fetch })
  const named = isCalled.filter(({ path }) => pathNames(path).length > 0)

  test.each(named.map(({ name, path }) => [name, pathNames(path)] as const))(
    'is refused by %s before anything is sent',
    async (name, names) => {
      const method = Reflect.get(client, name) as (params: object) => Promise<object>
      for (const bad of ['', '.', '..', undefined, null, {}]) {
        const params = Object.fromEntries(names.map((one) => [one, bad]))
        await expect(method(params)).rejects.toThrow(TypeError)
      }
      expect(asked).toEqual([])
    },
  )

  test('is refused in a raw path, too', async () => {
    await expect(client.raw('GET', 'ecs', '/v1/../../instances')).rejects.toThrow(
      'path cannot be part of a path',
    )
    await expect(client.raw('GET', '..', '/instances')).rejects.toThrow(TypeError)
    expect(asked).toEqual([])
  })
})

test('an id is escaped, and lists in a query are repeated', async () => {
  const { fetch, asked } = answering(() => Response.json({ data: { value: {} } }))
  const client = createClient({ fetch, baseUrl: 'http://gateway.test/under/' })
  await client.showInstance({ regionId: 'cn-east-2', instanceId: 'a/b?c%2e' })
  await client.listInstances({ regionId: 'a&b', tags: ['x', 'y'] as unknown as string })
  expect(asked.map(({ url }) => url)).toEqual([
    'http://gateway.test/under/api/instances/a%2Fb%3Fc%252e?regionId=cn-east-2',
    'http://gateway.test/under/api/instances?regionId=a%26b&tags=x&tags=y',
  ])
})

test('a refusal is told whole, whoever refused', async () => {
  const { client } = await startClient()
  const gone = await client
    .showInstance({ regionId: 'cn-east-2', instanceId: 'nope' })
    .catch((error) => error)
  expect(gone).toBeInstanceOf(HuaweiCloudApiError)
  expect(gone).toMatchObject({ status: 404, reason: 'Ecs.0114', retryable: false, regionId: 'cn-east-2' })
  expect(gone.domain).toMatch(/^ecs\./)
  expect(gone.requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(gone.upstreamRequestId).toMatch(/./)
  const bad = await client.createSubnet({ regionId: 'cn-east-2' } as never).catch((error) => error)
  expect(bad).toMatchObject({ status: 400, reason: 'INVALID_ARGUMENT', domain: 'huawei-cloud-api' })
  expect(bad.fieldViolations.map(({ field }: { field: string }) => field)).toEqual(
    expect.arrayContaining(['name', 'cidr']),
  )
})

test('any other operation goes through raw, status and bytes untouched', async () => {
  const { client } = await startClient()
  const regionId = 'cn-east-2'
  const good = await client.raw('GET', 'ecs', '/v1/{project_id}/cloudservers/limits', { regionId })
  expect(await good.json()).toHaveProperty('absolute')
  const tags = await client.raw('POST', 'vpc', 'v1/{project_id}/vpcs', {
    regionId,
    body: { vpc: { cidr: 'x' } },
  })
  expect(tags.status).toBe(400)
  expect(await tags.json()).toHaveProperty('code')
})

test('the language of Huawei Cloud’s texts can be chosen, for all calls or one', async () => {
  const { fetch, asked } = answering(() => Response.json({ data: { value: {} } }))
  const client = createClient({ fetch, language: 'en-us' })
  await client.listRegions()
  await client.listRegions({}, { language: 'zh-cn' })
  expect(asked.map(({ init }) => new Headers(init.headers).get('accept-language'))).toEqual([
    'en-us',
    'zh-cn',
  ])
})

describe('keys', () => {
  const SECRETS = {
    secretKey: 'SkSkSkSkSkSkSkSkSkSk',
    securityToken: 'StStStStStStStStStSt',
  }
  const keys = { accessKey: 'AKAKAKAKAKAKAKAKAKAK', ...SECRETS }
  const shown = (value: unknown) =>
    [
      inspect(value, { depth: 9, showHidden: true, getters: true }),
      JSON.stringify(value),
      String(value),
      String(Object(value).stack),
    ].join()

  const isClean = (value: unknown) => {
    for (const secret of [...Object.values(SECRETS), 'hca_secret']) expect(shown(value)).not.toContain(secret)
  }

  test('are not to be seen on a client', () => {
    isClean(createClient(keys))
    isClean(createClient({ token: 'hca_secret' }))
  })

  test('are not to be seen on errors, not even where a fetch quotes them', async () => {
    const { client } = await startClient()
    const { fetch } = answering(() => {
      throw Object.assign(new TypeError(`cannot send ${Object.values(SECRETS)} to http://me:pw@host`), {
        keys,
      })
    })
    const lost = await createClient({ ...keys, fetch, retries: 0 })
      .listProjects()
      .catch((error) => error)
    expect(lost.message).toBe('The line failed: cannot send ***,*** to http://***@host')
    isClean(lost)
    isClean(await client.showJob({ regionId: 'cn-east-2', jobId: 'nope' }).catch((error) => error))
  })

  test('are taken out of a refusal and nothing else is, however it is written', async () => {
    const secretKey = 'Sk"Sk\\SkSkSkSkSkSkSk'
    const error = {
      code: 502,
      message: `asked with ${secretKey} at https://me:pw@ecs.test or https://iam.test`,
      status: 'UNAVAILABLE',
      details: [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'X', domain: 'x', metadata: {} },
      ],
    }
    const { fetch } = answering(() => Response.json({ error }, { status: 502 }))
    const client = createClient({ ...keys, secretKey, fetch, retries: 0 })
    await expect(client.listProjects()).rejects.toMatchObject({
      reason: 'X',
      message: 'asked with *** at https://***@ecs.test or https://iam.test',
    })
  })

  test('are not to be seen on what an answer that was good at first tells', async () => {
    const info = {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'X',
      domain: 'x',
      metadata: {},
    }
    const error = {
      code: 500,
      status: 'INTERNAL',
      message: `asked with ${SECRETS.secretKey}`,
      details: [info],
    }
    const { fetch } = answering(() => Response.json({ regionId: 'r1', error }))
    const client = createClient({ ...keys, fetch, retries: 0 })
    const items = async () => {
      for await (const _ of client.each.listVpcs({ regionId: '*' }));
    }
    const told: HuaweiCloudApiError[] = []
    for await (const _ of client.each.listVpcs(
      { regionId: '*' },
      { onRegionError: (one) => told.push(one) },
    ));
    for (const failed of [client.listProjects(), items(), ...told.map((one) => Promise.reject(one))]) {
      const thrown = await failed.catch((error) => error)
      expect(thrown.message).toBe('asked with ***')
      isClean(thrown)
    }
    expect(told).toHaveLength(1)
  })

  test.each([
    ['a line break', { ...keys, secretKey: 'Sk\nSkSkSkSkSk' }],
    ['other letters', { ...keys, securityToken: 'Stü' }],
    ['nothing', { token: '' }],
    ['half a pair', { accessKey: 'AK', secretKey: '' }],
    ['two kinds', { ...keys, token: 'hca_secret' }],
    ['a password in the address', { baseUrl: 'http://me:hca_secret@host' }],
  ])('%s is refused at once, without quoting it', (_, options) => {
    const make = () => createClient(options)
    expect(make).toThrow(TypeError)
    try {
      make()
    } catch (error) {
      isClean(error)
      expect(shown(error)).not.toMatch(/SkSk|Stü/)
    }
  })

  test('are not carried along a redirect', async () => {
    const { fetch, asked } = answering(() => new Response(null, { status: 302, headers: { location: '/x' } }))
    const client = createClient({ ...SANDBOX_KEYS, fetch })
    await expect(client.listProjects()).rejects.toMatchObject({
      status: 302,
      reason: 'HTTP_302',
      retryable: false,
    })
    expect(asked.map(({ init }) => init.redirect)).toEqual(['manual'])
  })
})
