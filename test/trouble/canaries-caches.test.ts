import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { askRaw, KEYS, startBoth } from '../helpers/house.ts'

const root = join(import.meta.dirname, '../..')

/**
 * Files that know an access key and hold a map or a set, with what those hold. One more belongs here once it is sure that
 * nothing it remembers is found by the access key alone. Strikes are, on purpose: `key-guard.ts` says why.
 */
const HOLDERS: Readonly<Record<string, string>> = {
  'src/gateway/audit-fields.ts': 'names of fields',
  'src/gateway/credentials.ts': 'what one request says of one field',
  'src/gateway/names.ts': 'names of fields',
  'src/gateway/quick-plan.ts': 'routes by path',
  'src/gateway/sandbox-control.ts': 'addresses of this machine',
  'src/gateway/secrets.ts': 'what is hidden of one request',
  'src/huaweicloud/caller.ts': 'hashes by the caller as an object',
  'src/huaweicloud/endpoints.ts': 'hosts by service',
  'src/vault/credentials-file.ts': 'sections of a file by name',
  'src/wire/signature.ts': 'names of headers',
}

test('nothing is remembered by the access key alone', () => {
  const files = globSync('src/{gateway,huaweicloud,vault,wire,audit}/**/*.ts', { cwd: root })
  const holding = files.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    return !/test/.test(file) && /\baccessKey\b/.test(text) && /\bnew \w*(?:Map|Set)\b/.test(text)
  })
  expect(holding.sort()).toEqual(Object.keys(HOLDERS).sort())
})

test('what is kept by pair is named by its hash, wherever a caller is at hand', () => {
  for (const file of [
    'src/huaweicloud/projects.ts',
    'src/huaweicloud/job-watch.ts',
    'src/gateway/rate-limits.ts',
    'src/gateway/cache.ts',
  ])
    expect(readFileSync(join(root, file), 'utf8'), file).toMatch(/\bidentify\(caller\b/)
})

describe.each([
  ['keeps no answers', {}],
  ['keeps answers', { HCA_CACHE_TTL_IMAGES: '60' }],
])('a server that %s answers a list that the right pair has got to no other from memory:', (_, env) => {
  const target = '/api/images?regionId=cn-south-1'
  const pair = (secretKey: string, ...more: string[]) => [
    `X-Access-Key: ${KEYS.accessKey}`,
    `X-Secret-Key: ${secretKey}`,
    ...more,
  ]

  test.each([
    ['another secret', pair(`${KEYS.secretKey.slice(0, -1)}2`)],
    ['the secret in small letters', pair(KEYS.secretKey.toLowerCase())],
    ['the beginning of the secret', pair(KEYS.secretKey.slice(0, -1))],
  ])('%s', async (_, headers) => {
    const house = await startBoth(env)
    const right = pair(KEYS.secretKey)
    expect((await askRaw(house.url, { target, headers: right })).status).toBe(200)
    const before = house.double.requests.length
    const { status } = await askRaw(house.url, { target, headers })
    expect(status).toBe(401)
    expect(house.double.requests.length).toBe(before + 1)
    // It is the project that is asked for first: what the right pair has found is nothing to this one.
    expect(house.double.requests.at(-1)?.path).toBe('/v3/projects')
    expect((await askRaw(house.url, { target, headers: right })).status).toBe(200)
  })

  test('the same pair with another security token asks for its project anew', async () => {
    const house = await startBoth()
    const lookups = () => house.double.requests.filter(({ path }) => path === '/v3/projects').length
    const asks = (...more: string[]) => askRaw(house.url, { target, headers: pair(KEYS.secretKey, ...more) })
    await asks()
    await asks()
    expect(lookups()).toBe(1)
    await asks('X-Security-Token: one')
    expect(lookups()).toBe(2)
    await asks('X-Security-Token: two')
    expect(lookups()).toBe(3)
  })
})
