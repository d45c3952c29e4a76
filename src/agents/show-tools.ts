import Type from 'typebox'
import { picked } from './picked.ts'
import { listFields, shortList } from './short-list.ts'
import { id, input, READS, regionId, type Tool, tool } from './tool.ts'

const reads = { scope: 'read', writes: false, annotations: READS } as const

const showInstance = tool({
  ...reads,
  name: 'show_instance',
  title: 'One instance',
  description: 'One instance: state, type, image, addresses, disks, tags.',
  input: input({
    instanceId: id(),
    regionId,
    everything: Type.Optional(Type.Boolean({ description: 'All its fields.' })),
  }),
  async run({ instanceId, regionId: region, everything }, { call, manners }) {
    const value = await call({
      method: 'GET',
      path: `/api/instances/${instanceId}`,
      query: { regionId: region ?? manners.regionId },
    })
    return { data: everything ? value : { server: picked(value.server, SERVER_FACTS) } }
  },
})

const SERVER_FACTS = [
  'id',
  'name',
  'description',
  'status',
  'fault',
  'created',
  'updated',
  'flavor',
  'image',
  'addresses',
  'key_name',
  'security_groups',
  'tags',
  'OS-EXT-AZ:availability_zone',
  'os-extended-volumes:volumes_attached',
  'OS-EXT-STS:task_state',
]

const LONGEST_WAIT = 50

const showJob = tool({
  ...reads,
  name: 'show_job',
  title: 'One job',
  description: 'What became of what takes time: a job by its id, as create, start, stop … return it.',
  input: input({
    jobId: id(),
    regionId,
    wait: Type.Optional(
      Type.Integer({ minimum: 0, maximum: LONGEST_WAIT, description: 'Seconds to wait for its end.' }),
    ),
  }),
  async run({ jobId, regionId: region, wait }, { call, manners }) {
    const query = { regionId: region ?? manners.regionId, wait }
    const data = await call({ method: 'GET', path: `/api/jobs/${jobId}`, query })
    const isOver = data.status === 'SUCCESS' || data.status === 'FAIL'
    return { data, ...(isOver ? {} : { next: 'It goes on; ask again, with wait.' }) }
  },
})

const LISTS = {
  projects: ['/api/projects', 'projects', ['id', 'name', 'enabled']],
  keypairs: ['/api/keypairs', 'keypairs', ['keypair.name', 'keypair.fingerprint', 'keypair.type']],
  'availability-zones': ['/api/availability-zones', 'availabilityZoneInfo', ['zoneName', 'zoneState']],
} as const

const showAccount = tool({
  ...reads,
  name: 'show_account',
  title: 'The account',
  description: 'Projects (one for each opened region), key pairs, availability zones, or quotas.',
  input: input({
    what: Type.Enum(['projects', 'keypairs', 'availability-zones', 'quotas']),
    regionId,
    service: Type.Optional(
      Type.Enum(['ecs', 'ims', 'vpc', 'evs'], { description: 'Of quotas; ecs if left out.' }),
    ),
    ...listFields,
  }),
  async run({ what, service, ...more }, use) {
    const region = more.regionId ?? use.manners.regionId
    if (what === 'quotas')
      return {
        data: await use.call({ method: 'GET', path: '/api/quotas', query: { regionId: region, service } }),
      }
    const [path, items, facts] = LISTS[what]
    return shortList({ path, items, facts, more }, use)
  },
})

export const showTools: readonly Tool[] = [showInstance, showJob, showAccount]
