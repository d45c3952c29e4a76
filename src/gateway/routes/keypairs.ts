import {
  createKeypair as create,
  listKeypairs as list,
  deleteKeypair as remove,
} from '../../huaweicloud/ecs-account.ts'
import { keypairName, nonEmpty, optionalText, strict } from '../fields.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { createdKeypair, listedKeypair } from '../shapes/keypair.ts'
import { shape } from '../shapes/shape.ts'
import { listRoute } from './list-route.ts'

export const listKeypairs = listRoute({
  path: '/api/keypairs',
  name: 'listKeypairs',
  tag: 'account',
  operation: list,
  summary: 'Key pairs of the user whose keys ask; those of other users are not told.',
  item: listedKeypair,
})

const change = { tag: 'account', scope: 'admin', needs: 'regional', service: 'ecs' } as const

export const createKeypair = route({
  ...change,
  method: 'POST',
  path: '/api/keypairs',
  name: 'createKeypair',
  summary: 'Makes a key pair, or takes the public key of one that you have.',
  description: 'Without `publicKey` the answer holds the private key. It is told this once and kept nowhere.',
  fields: strict({
    name: nonEmpty('Letters, digits, `_` and `-`; no other key pair may have it.'),
    publicKey: optionalText('In the form of OpenSSH: ssh-rsa AAAA…'),
    type: optionalText('ssh if left out.'),
  }),
  value: shape({ keypair: createdKeypair }),
  example: { fields: { name: 'laptop' } },
  run: async ({ ask, fields: { publicKey, ...same } }) => ({
    answer: await ask(create, { body: { keypair: given({ ...same, public_key: publicKey }) } }),
  }),
})

export const deleteKeypair = route({
  ...change,
  method: 'DELETE',
  path: '/api/keypairs/{keypairName}',
  name: 'deleteKeypair',
  summary: 'Deletes a key pair; instances made with it keep its public key.',
  fields: strict({ keypairName }),
  value: shape({}),
  example: { after: [{ call: 'createKeypair', take: { keypairName: 'keypair.name' } }] },
  run: async ({ ask, fields }) => ({
    answer: await ask(remove, { params: { keypair_name: fields.keypairName } }),
  }),
})
