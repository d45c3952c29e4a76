import Type, { type Static } from 'typebox'
import {
  createPublicIp as create,
  listPublicIps as list,
  deletePublicIp as remove,
  updatePublicIp,
} from '../../huaweicloud/eip.ts'
import {
  enterpriseProjectId,
  id,
  nonEmpty,
  optionalId,
  optionalNumber,
  optionalText,
  strict,
} from '../fields.ts'
import { given } from '../given.ts'
import { primaryPort } from '../primary-port.ts'
import { route } from '../route.ts'
import { publicIp } from '../shapes/public-ip.ts'
import { shape } from '../shapes/shape.ts'
import { listRoute } from './list-route.ts'

export const listPublicIps = listRoute({
  path: '/api/public-ips',
  name: 'listPublicIps',
  tag: 'networks',
  operation: list,
  summary: 'Public addresses (EIPs), bound and free.',
  item: publicIp,
})

const change = { tag: 'networks', scope: 'admin', needs: 'regional', service: 'eip' } as const
const publicIpId = id('Public address, its `id` of GET /api/public-ips')

const createFields = strict({
  type: nonEmpty('5_bgp, 5_sbgp …'),
  bandwidth: strict({
    shareType: Type.Enum(['PER', 'WHOLE'], {
      description: 'Its own bandwidth (then with name and size), or a shared one (then with id).',
    }),
    name: optionalText('1 to 64 letters, digits, `_`, `-`, `.`'),
    size: optionalNumber('Mbit/s.'),
    chargeMode: Type.Optional(
      Type.Enum(['bandwidth', 'traffic'], { description: 'What is paid for; bandwidth if left out.' }),
    ),
    id: optionalId('The shared bandwidth'),
  }),
  name: optionalText('The alias of the address.'),
  ipVersion: optionalNumber('4 or 6; 4 if left out.'),
  ipAddress: optionalText('A certain address, if it is free.'),
  portId: optionalId('Port of a network card to bind it to'),
  enterpriseProjectId,
})

export const createPublicIp = route({
  ...change,
  method: 'POST',
  path: '/api/public-ips',
  name: 'createPublicIp',
  summary: 'Gets a public address (EIP), paid by use.',
  fields: createFields,
  value: shape({ publicip: publicIp }),
  example: {
    fields: {
      type: '5_bgp',
      bandwidth: { shareType: 'PER', name: 'shop', size: 5, chargeMode: 'traffic' },
    },
  },
  run: async ({ ask, fields }) => ({ answer: await ask(create, { body: toPublicIp(fields) }) }),
})

export const deletePublicIp = route({
  ...change,
  method: 'DELETE',
  path: '/api/public-ips/{publicIpId}',
  name: 'deletePublicIp',
  summary: 'Gives a public address back; a bound one must be unbound before.',
  fields: strict({ publicIpId }),
  value: shape({}),
  example: { after: [{ call: 'createPublicIp', take: { publicIpId: 'publicip.id' } }] },
  run: async ({ ask, fields }) => ({
    answer: await ask(remove, { params: { publicip_id: fields.publicIpId } }),
  }),
})

export const bindPublicIp = route({
  ...change,
  method: 'POST',
  path: '/api/public-ips/{publicIpId}/bind',
  name: 'bindPublicIp',
  summary: 'Binds a public address to a network card.',
  description: 'Named by its port, or as the primary card of an instance.',
  fields: strict({
    publicIpId,
    portId: optionalId('Port of the network card'),
    instanceId: optionalId('Instance, instead of a port'),
  }),
  faults: ({ portId, instanceId }) =>
    (portId === undefined) === (instanceId === undefined)
      ? [{ field: 'portId', description: 'or instanceId is required, and not both' }]
      : [],
  value: shape({ publicip: publicIp }),
  example: {
    fields: { instanceId: 'ins-r8hr2upy' },
    after: [{ call: 'createPublicIp', take: { publicIpId: 'publicip.id' } }],
  },
  async run(call) {
    const { publicIpId, portId, instanceId = '' } = call.fields
    const port_id = portId ?? (await primaryPort(call, instanceId))
    return {
      answer: await call.ask(updatePublicIp, {
        params: { publicip_id: publicIpId },
        body: { publicip: { port_id } },
      }),
    }
  },
})

export const unbindPublicIp = route({
  ...change,
  method: 'POST',
  path: '/api/public-ips/{publicIpId}/unbind',
  name: 'unbindPublicIp',
  summary: 'Frees a public address from the network card it is bound to.',
  fields: strict({ publicIpId }),
  value: shape({ publicip: publicIp }),
  example: {
    after: [{ call: 'createPublicIp', take: { publicIpId: 'publicip.id' } }, { call: 'bindPublicIp' }],
  },
  run: async ({ ask, fields }) => ({
    answer: await ask(updatePublicIp, {
      params: { publicip_id: fields.publicIpId },
      // Empty says the same as left out, and says it plainly.
      body: { publicip: { port_id: '' } },
    }),
  }),
})

const toPublicIp = ({ bandwidth, ...ask }: Static<typeof createFields>) =>
  given({
    publicip: given({
      type: ask.type,
      ip_version: ask.ipVersion,
      ip_address: ask.ipAddress,
      alias: ask.name,
      port_id: ask.portId,
    }),
    bandwidth: given({
      share_type: bandwidth.shareType,
      name: bandwidth.name,
      size: bandwidth.size,
      charge_mode: bandwidth.chargeMode,
      id: bandwidth.id,
    }),
    enterprise_project_id: ask.enterpriseProjectId,
  })
