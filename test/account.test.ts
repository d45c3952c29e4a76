import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { projectIdOf } from './helpers/double.ts'
import { sandboxKeys } from './helpers/examples.ts'
import { ask, errorOf } from './helpers/house.ts'
import {
  type Bad,
  isRefusedByUs,
  isSaid,
  REGION,
  type Said,
  startSandboxHouse,
  valueIn,
} from './helpers/sandbox-house.ts'

const said: Said[] = [
  ['GET /api/availability-zones', {}, 'GET /v2.1/{p}/os-availability-zone', {}],
  ['GET /api/keypairs', {}, 'GET /v2.1/{p}/os-keypairs', {}],
  [
    'POST /api/keypairs',
    { name: 'laptop' },
    'POST /v2.1/{p}/os-keypairs',
    { body: { keypair: { name: 'laptop' } } },
  ],
  [
    'POST /api/keypairs',
    { name: 'laptop', publicKey: 'ssh-rsa AAAA', type: 'ssh' },
    'POST /v2.1/{p}/os-keypairs',
    { body: { keypair: { name: 'laptop', type: 'ssh', public_key: 'ssh-rsa AAAA' } } },
  ],
  ['DELETE /api/keypairs/my-key%2E1', {}, 'DELETE /v2.1/{p}/os-keypairs/my-key.1', {}],
  ['GET /api/quotas', {}, 'GET /v1/{p}/cloudservers/limits', {}],
  ['GET /api/quotas', { service: 'ecs' }, 'GET /v1/{p}/cloudservers/limits', {}],
  ['GET /api/quotas', { service: 'vpc' }, 'GET /v1/{p}/quotas', {}],
  ['GET /api/quotas', { service: 'ims' }, 'GET /v1/cloudimages/quota', {}],
  [
    'GET /api/quotas',
    { service: 'evs' },
    `GET /v2/{p}/os-quota-sets/${projectIdOf(REGION)}`,
    { query: { usage: 'True' } },
  ],
]

test.each(said)('%s with %j is said in Huawei’s words', (...row) => isSaid(row))

describe('quotas', () => {
  test('of instances tell what there may be and what there is', async () => {
    const { value } = await startSandboxHouse()
    const { absolute } = await value('/api/quotas')
    expect(absolute).toMatchObject({ totalInstancesUsed: 2, totalCoresUsed: 4 })
    expect(absolute.maxTotalInstances).toBeGreaterThan(2)
  })

  test('of networks count what is made', async () => {
    const { post, value } = await startSandboxHouse()
    const used = async () => {
      const { quotas } = await value('/api/quotas?service=vpc')
      return quotas.resources.find(({ type }: { type: string }) => type === 'vpc').used
    }
    const before = await used()
    valueIn(await post('/api/vpcs', { name: 'shop', cidr: '10.1.0.0/16' }))
    expect(await used()).toBe(before + 1)
  })

  test('of images and disks come in their services’ own forms', async () => {
    const { value } = await startSandboxHouse()
    expect(await value('/api/quotas?service=ims')).toMatchObject({
      quotas: { resources: [{ type: 'image', quota: expect.any(Number) }] },
    })
    expect(await value('/api/quotas?service=evs')).toMatchObject({
      quota_set: { volumes: { in_use: 2, limit: expect.any(Number) } },
    })
  })
})

test('availability zones are those of the region', async () => {
  const { value } = await startSandboxHouse()
  const { availabilityZoneInfo } = await value('/api/availability-zones')
  expect(availabilityZoneInfo).toContainEqual({
    zoneName: 'cn-east-2a',
    zoneState: { available: true },
    hosts: null,
  })
  for (const { zoneName } of availabilityZoneInfo) expect(zoneName).toMatch(/^cn-east-2[a-z]$/)
})

describe('projects', () => {
  test('need no region, and come from the global host', async () => {
    const { url } = await startSandboxHouse()
    const { projects } = valueIn(await ask(`${url}/api/projects`, { headers: sandboxKeys }))
    expect(projects).toContainEqual(expect.objectContaining({ name: 'cn-east-2', enabled: true }))
    expect(new Set(projects.map(({ id }: { id: string }) => id)).size).toBe(projects.length)
  })

  test('can be asked for by name', async () => {
    const { value } = await startSandboxHouse()
    expect((await value('/api/projects?name=cn-south-1')).projects).toMatchObject([{ name: 'cn-south-1' }])
  })
})

describe('key pairs', () => {
  const all = (keypairs: { keypair: { name: string } }[]) => keypairs.map(({ keypair }) => keypair.name)

  test('are made, told without their private half, and deleted', async () => {
    const { post, del, value } = await startSandboxHouse()
    const { keypair } = valueIn(await post('/api/keypairs', { name: 'laptop' }))
    expect(keypair).toMatchObject({
      name: 'laptop',
      public_key: expect.stringMatching(/^ssh-rsa /),
      private_key: expect.stringMatching(/^-----BEGIN (RSA )?PRIVATE KEY-----\n/),
      fingerprint: expect.stringMatching(/^[0-9a-f]{2}(:[0-9a-f]{2})+$/),
    })
    const { keypairs } = await value('/api/keypairs')
    expect(all(keypairs)).toEqual(['laptop'])
    expect(JSON.stringify(keypairs)).not.toContain('PRIVATE')
    expect(valueIn(await del('/api/keypairs/laptop'))).toEqual({})
    expect((await value('/api/keypairs')).keypairs).toEqual([])
  })

  test('are taken in by their public half, and then there is no private one', async () => {
    const { post } = await startSandboxHouse()
    const publicKey = sshKey()
    const { keypair } = valueIn(await post('/api/keypairs', { name: 'mine', publicKey }))
    expect(keypair).toMatchObject({ name: 'mine', public_key: publicKey })
    expect(keypair).not.toHaveProperty('private_key')
  })

  test('of a name that is there are Huawei’s to refuse', async () => {
    const { post } = await startSandboxHouse()
    await post('/api/keypairs', { name: 'laptop' })
    const error = errorOf(await post('/api/keypairs', { name: 'laptop' }))
    expect(error).toMatchObject({ status: 'ABORTED', message: expect.stringContaining('laptop') })
  })

  test('that are not there are Huawei’s 404', async () => {
    const { del } = await startSandboxHouse()
    expect(errorOf(await del('/api/keypairs/nobody'))).toMatchObject({ status: 'NOT_FOUND' })
  })

  test('may have a space in their name', async () => {
    const { post, del, value } = await startSandboxHouse()
    valueIn(await post('/api/keypairs', { name: 'my laptop' }))
    expect(valueIn(await del('/api/keypairs/my%20laptop'))).toEqual({})
    expect((await value('/api/keypairs')).keypairs).toEqual([])
  })

  test('the private half is in no log', async () => {
    const { post, logged } = await startSandboxHouse()
    const { keypair } = valueIn(await post('/api/keypairs', { name: 'laptop' }))
    const secret = keypair.private_key.split('\n')[1]
    expect(JSON.stringify(await logged(1))).not.toContain(secret)
  })
})

describe('is refused by us, and nothing is sent', () => {
  test.each<Bad>([
    ...['.', '%2e%2e', 'a%2Fb', 'a%00', '%5C', '%E4%B8%AD', 'a'.repeat(256)].map(
      (name): Bad => [`DELETE /api/keypairs/${name}`, {}, 'keypairName', /must be the name of a key pair/],
    ),
    ['POST /api/keypairs', {}, 'name', /is required/],
    ['POST /api/keypairs', { name: '' }, 'name', /must not be empty/],
    ['POST /api/keypairs', { name: 'a', public_key: 'ssh-rsa AAAA' }, 'public_key', /publicKey\?/],
    ['POST /api/keypairs', { name: 'a', publicKey: ['ssh-rsa AAAA'] }, 'publicKey', /must be a string/],
    ['GET /api/quotas?service=obs', {}, 'service', /must be one of ecs, ims, vpc, evs/],
    ['GET /api/quotas?type=vpc', {}, 'type', /is not a known field/],
  ])('%s with %j: %s', (...bad) => isRefusedByUs(bad))
})

/** A public key in the form of OpenSSH: length-prefixed name, exponent and modulus, in base64. */
function sshKey(): string {
  const { n = '', e = '' } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
    format: 'jwk',
  })
  const parts = [
    Buffer.from('ssh-rsa'),
    Buffer.from(e, 'base64url'),
    Buffer.from(`\0${Buffer.from(n, 'base64url').toString('latin1')}`, 'latin1'),
  ]
  const sized = parts.map((part) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(part.length)
    return Buffer.concat([length, part])
  })
  return `ssh-rsa ${Buffer.concat(sized).toString('base64')} me@here`
}
