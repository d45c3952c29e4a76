import Type from 'typebox'
import { createVpc as create, listVpcs as list, deleteVpc as remove } from '../../huaweicloud/vpc.ts'
import { enterpriseProjectId, id, optionalText, strict } from '../fields.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { shape } from '../shapes/shape.ts'
import { vpc } from '../shapes/vpc.ts'
import { listRoute } from './list-route.ts'

export const listVpcs = listRoute({
  path: '/api/vpcs',
  name: 'listVpcs',
  tag: 'networks',
  operation: list,
  summary: 'Networks (VPCs): a create wants the id of one.',
  item: vpc,
})

const change = { tag: 'networks', scope: 'admin', needs: 'regional', service: 'vpc' } as const

export const createVpc = route({
  ...change,
  method: 'POST',
  path: '/api/vpcs',
  name: 'createVpc',
  summary: 'Makes a network (VPC).',
  fields: strict({
    name: optionalText('Up to 64 letters, digits, `_`, `-`, `.`'),
    cidr: optionalText('A private range, for example 10.0.0.0/16; subnets lie within it.'),
    description: Type.Optional(Type.String({ description: 'Up to 255 characters, without < and >.' })),
    enterpriseProjectId,
  }),
  value: shape({ vpc }),
  example: { fields: { name: 'shop', cidr: '10.1.0.0/16' } },
  run: async ({ ask, fields: { enterpriseProjectId, ...same } }) => ({
    answer: await ask(create, {
      body: { vpc: given({ ...same, enterprise_project_id: enterpriseProjectId }) },
    }),
  }),
})

export const deleteVpc = route({
  ...change,
  method: 'DELETE',
  path: '/api/vpcs/{vpcId}',
  name: 'deleteVpc',
  summary: 'Deletes a network (VPC) that has no subnets any more.',
  fields: strict({ vpcId: id('VPC') }),
  value: shape({}),
  example: { after: [{ call: 'createVpc', take: { vpcId: 'vpc.id' } }] },
  run: async ({ ask, fields }) => ({ answer: await ask(remove, { params: { vpc_id: fields.vpcId } }) }),
})
