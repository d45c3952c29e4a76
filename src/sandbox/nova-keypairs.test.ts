import { createPrivateKey, createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn, SSH_KEY } from './test-ecs.ts'

const PATH = 'os-keypairs'

test('a pair that is made holds together, and its private half is said once', async () => {
  const ecs = ecsIn(await startCloud())
  const { status, body } = await ecs.call('POST', 'v2.1', PATH, { keypair: { name: 'mine', type: 'ssh' } })
  expect(status).toBe(200)
  const { keypair } = body
  expect(keypair.private_key).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/)
  expect(keypair.fingerprint).toMatch(/^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/)
  const modulus = createPublicKey(createPrivateKey(keypair.private_key)).export({ format: 'jwk' }).n ?? ''
  const blob = Buffer.from(keypair.public_key.split(' ')[1], 'base64')
  expect(blob.includes(Buffer.from(modulus, 'base64url'))).toBe(true)
  const shown = await ecs.call('GET', 'v2.1', `${PATH}/mine`)
  expect(shown.body.keypair).toMatchObject({
    name: 'mine',
    public_key: keypair.public_key,
    deleted: false,
    type: 'ssh',
  })
  expect(shown.text).not.toContain('PRIVATE KEY')
})

test('the same chance makes the same keys', async () => {
  const make = async () =>
    (await ecsIn(await startCloud()).call('POST', 'v2.1', PATH, { keypair: { name: 'mine' } })).text
  expect(await make()).toBe(await make())
})

test('a public key of ones own is taken over, listed and deleted', async () => {
  const ecs = ecsIn(await startCloud())
  const { keypair } = await ecs.keypair('own')
  expect(keypair.public_key).toBe(SSH_KEY)
  expect(Object.keys(keypair)).toEqual(['name', 'public_key', 'fingerprint', 'user_id'])
  expect((await ecs.call('GET', 'v2.1', PATH)).body).toEqual({
    keypairs: [
      { keypair: { name: 'own', public_key: SSH_KEY, fingerprint: keypair.fingerprint, type: 'ssh' } },
    ],
  })
  const gone = await ecs.call('DELETE', 'v2.1', `${PATH}/own`)
  expect([gone.status, gone.text]).toEqual([202, ''])
  const absent = await ecs.call('GET', 'v2.1', `${PATH}/own`)
  expect([absent.status, absent.body.itemNotFound.code]).toEqual([404, 404])
})

test.each([
  [{ name: 'own' }, 409, 'conflictingRequest'],
  [{ name: 'a/b' }, 400, 'badRequest'],
  [{ name: 'x'.repeat(256) }, 400, 'badRequest'],
  [{ name: 'x', public_key: 'nonsense' }, 400, 'badRequest'],
  [{ name: 'x', type: 'x509' }, 400, 'badRequest'],
])('the pair %j is refused as Nova refuses', async (keypair, status, shape) => {
  const ecs = ecsIn(await startCloud())
  await ecs.keypair('own')
  const heard = await ecs.call('POST', 'v2.1', PATH, { keypair })
  expect([heard.status, heard.body[shape].code]).toEqual([status, status])
})
