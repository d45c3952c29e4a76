import Type, { type TProperties } from 'typebox'
import {
  batchRebootServers,
  batchStartServers,
  batchStopServers,
  deleteServers,
} from '../../huaweicloud/ecs.ts'
import { servers, strict } from '../fields.ts'
import { route } from '../route.ts'
import { jobTicket } from '../shapes/job.ts'

const type = Type.Optional(
  Type.Enum(['SOFT', 'HARD'], {
    description: 'SOFT asks the system to shut down, HARD pulls the plug. SOFT if left out.',
  }),
)

const action = {
  method: 'PUT',
  tag: 'instances',
  needs: 'regional',
  service: 'ecs',
  value: jobTicket,
  job: {
    service: 'ecs',
    subjects: ({ servers }: { servers: { id: string }[] }) => once(servers).map(({ id }) => id),
  },
} as const

const example = { regionId: 'cn-east-2', fields: { servers: [{ id: 'ins-r8hr2upy' }] } }

const fields = <More extends TProperties>(more: More) => strict({ servers, ...more })

export const startInstances = route({
  ...action,
  path: '/api/instances/start',
  name: 'startInstances',
  example: { ...example, regionId: 'cn-south-1' },
  scope: 'operate',
  summary: 'Starts instances.',
  fields: fields({}),
  run: async ({ ask, fields }) => ({
    answer: await ask(batchStartServers, { body: { 'os-start': { servers: once(fields.servers) } } }),
  }),
})

export const stopInstances = route({
  ...action,
  path: '/api/instances/stop',
  name: 'stopInstances',
  example,
  scope: 'operate',
  summary: 'Stops instances.',
  fields: fields({ type }),
  run: async ({ ask, fields }) => ({
    answer: await ask(batchStopServers, {
      body: { 'os-stop': { type: fields.type ?? 'SOFT', servers: once(fields.servers) } },
    }),
  }),
})

export const rebootInstances = route({
  ...action,
  path: '/api/instances/reboot',
  name: 'rebootInstances',
  example,
  scope: 'operate',
  summary: 'Reboots instances.',
  fields: fields({ type }),
  run: async ({ ask, fields }) => ({
    answer: await ask(batchRebootServers, {
      body: { reboot: { type: fields.type ?? 'SOFT', servers: once(fields.servers) } },
    }),
  }),
})

export const terminateInstances = route({
  ...action,
  path: '/api/instances/terminate',
  name: 'terminateInstances',
  example,
  scope: 'admin',
  summary: 'Deletes instances for good, their system disks with them.',
  fields: fields({
    deletePublicIp: Type.Optional(Type.Boolean({ description: 'Also release their public addresses.' })),
    deleteVolume: Type.Optional(Type.Boolean({ description: 'Also delete their data disks.' })),
  }),
  run: async ({ ask, fields: { servers, deletePublicIp, deleteVolume } }) => ({
    answer: await ask(deleteServers, {
      body: {
        servers: once(servers),
        // Left out means something else to Huawei than false.
        ...(deletePublicIp === undefined ? {} : { delete_publicip: deletePublicIp }),
        ...(deleteVolume === undefined ? {} : { delete_volume: deleteVolume }),
      },
    }),
  }),
})

const once = (servers: { id: string }[]) => [...new Set(servers.map(({ id }) => id))].map((id) => ({ id }))
