import Type from 'typebox'
import { Compile } from './check.ts'
import type { Keypair } from './holdings.ts'
import { badRequest, conflict, itemNotFound, novaManner } from './nova-manner.ts'
import { account } from './projects.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { fingerprintOf, sshKeysFrom } from './ssh-keys.ts'
import type { World } from './world.ts'

const path = '/v2.1/{project_id}/os-keypairs'
const one = `${path}/{keypair_name}`

/** https://support.huaweicloud.com/api-ecs/ecs_02_1205.html and its neighbours. */
export const keypairRows: readonly Row[] = [
  { name: 'NovaListKeypairs', method: 'GET', path, manner: novaManner, handle: listKeypairs },
  { name: 'NovaCreateKeypair', method: 'POST', path, manner: novaManner, handle: createKeypair },
  { name: 'NovaShowKeypair', method: 'GET', path: one, manner: novaManner, handle: showKeypair },
  { name: 'NovaDeleteKeypair', method: 'DELETE', path: one, manner: novaManner, handle: deleteKeypair },
]

function listKeypairs({ project, query }: Ask, world: World): Answer {
  const keypairs = [...world.holdings(project).keypairs.values()]
  const limit = query.whole('limit', keypairs.length)
  if (limit === undefined) throw badRequest('limit param must be an integer')
  const marker = query.get('marker')
  const start = marker === undefined ? 0 : keypairs.findIndex(({ name }) => name === marker) + 1
  if (marker !== undefined && start === 0) throw badRequest(`marker [${marker}] not found`)
  return ok({
    keypairs: keypairs.slice(start, start + limit).map((keypair) => ({ keypair: viewOf(keypair) })),
  })
}

const Body = Compile(
  Type.Object({
    keypair: Type.Object({
      name: Type.String(),
      public_key: Type.Optional(Type.String({ minLength: 1, maxLength: 16_384 })),
      type: Type.Optional(Type.Literal('ssh')),
      user_id: Type.Optional(Type.String()),
    }),
  }),
)

/** Without a public key to import a pair is made; its private half is said now and never again. */
function createKeypair(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!Body.Check(body)) {
    const [error] = Body.Errors(body)
    throw badRequest(`Invalid input for field/attribute ${(error?.instancePath ?? '').slice(1) || 'body'}.`)
  }
  const { name, public_key: imported } = body.keypair
  if (!/^[A-Za-z0-9 _-]{1,255}$/.test(name) || name.trim() !== name)
    throw badRequest('Keypair data is invalid: Keypair name contains unsafe characters')
  const { keypairs } = world.holdings(ask.project)
  if (keypairs.has(name)) throw conflict(`Key pair '${name}' already exists.`)
  const made = imported === undefined ? sshKeysFrom(world.outside.uuid()) : undefined
  const publicKey = made?.publicKey ?? imported?.trim() ?? ''
  const fingerprint = fingerprintOf(publicKey)
  if (!fingerprint) throw badRequest('Keypair data is invalid: failed to generate fingerprint')
  const keypair: Keypair = { name, publicKey, fingerprint, created: world.outside.now() }
  keypairs.set(name, keypair)
  return ok({
    keypair: {
      name,
      public_key: publicKey,
      fingerprint,
      user_id: account.userId,
      ...(made ? { private_key: made.privateKey, type: 'ssh' } : {}),
    },
  })
}

function showKeypair(ask: Ask, world: World): Answer {
  const keypair = keypairOf(ask, world)
  return ok({
    keypair: {
      ...viewOf(keypair),
      user_id: account.userId,
      id: Number.parseInt(keypair.fingerprint.replaceAll(':', '').slice(0, 7), 16),
      created_at: new Date(keypair.created).toISOString().replace('Z', '000'),
      deleted: false,
      deleted_at: null,
      updated_at: null,
    },
  })
}

function deleteKeypair(ask: Ask, world: World): Answer {
  const { name } = keypairOf(ask, world)
  world.holdings(ask.project).keypairs.delete(name)
  return nothing(202)
}

function keypairOf({ project, params }: Ask, world: World): Keypair {
  const name = params.keypair_name ?? ''
  const keypair = world.holdings(project).keypairs.get(name)
  if (!keypair) throw itemNotFound(`Keypair ${name} not found for user ${account.userId}`)
  return keypair
}

const viewOf = ({ name, publicKey, fingerprint }: Keypair) => ({
  name,
  public_key: publicKey,
  fingerprint,
  type: 'ssh',
})
