// The canned answers of test/helpers/double.ts: enough of IAM, IMS and ECS for the nine calls of the gateway.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { RecordedRequest } from './double.ts'

export interface Reply {
  status?: number
  headers?: Record<string, string>
  body?: string
}

type Call = (request: RecordedRequest, project: string) => unknown

/** The id of the project that carries a region's name. */
export const projectIdOf = (region: string): string => createHash('md5').update(region).digest('hex')

export const gatewayError = (status: number, code: string, message: string, requestId: string): Reply =>
  reply(status, { error_msg: message, error_code: code, request_id: requestId })

const serviceError = (code: string, message: string): Reply => reply(400, { error: { message, code } })

const reply = (status: number, body: unknown): Reply => ({ status, body: JSON.stringify(body) })

/** What Huawei Cloud would say to a request whose signature holds. */
export function answerOf(request: RecordedRequest, requestId: string): Reply {
  const sent = projectSent(request)
  for (const [method, path, call] of calls) {
    const found = method === request.method && path.exec(request.path)
    if (!found) continue
    const inPath = found[1]
    if (inPath !== undefined && inPath !== sent)
      return serviceError('Common.0018', 'The tenant is inconsistent.')
    if (call === images && !sent) return serviceError('IMG.0030', 'No project was given.')
    const answer = call(request, sent)
    return answer === undefined ? serviceError('Ecs.0005', 'The request is invalid.') : reply(200, answer)
  }
  return gatewayError(404, 'APIGW.0101', NO_SUCH_API, requestId)
}

const NO_SUCH_API = 'The API does not exist or has not been published in the environment.'

/** A project id counts only where the signature covers it. */
function projectSent({ headers }: RecordedRequest): string {
  const signed = /SignedHeaders=(?:\S*;)?x-project-id[;,]/.test(headers.authorization ?? '')
  return signed ? String(headers['x-project-id']) : ''
}

const projects: Call = ({ query, headers }) => {
  const name = query.get('name')
  const self = `https://${headers.host}/v3/projects`
  const links = { next: null, previous: null, self: `${self}?${query}` }
  if (name === null) return { projects: [], links }
  const id = projectIdOf(name)
  const account = projectIdOf('account')
  const own = { next: null, previous: null, self: `${self}/${id}` }
  const project = {
    id,
    name,
    description: '',
    domain_id: account,
    parent_id: account,
    is_domain: false,
    enabled: true,
  }
  return { projects: [{ ...project, links: own }], links }
}

const IMAGE = '88faab67-9e31-48d9-8027-f8a025da94de'
const images: Call = () => ({
  schema: '/v2/schemas/images',
  first: '/v2/images?__isregistered=true',
  images: [
    {
      id: IMAGE,
      name: 'COPY_远程授权激活系统镜像文件',
      status: 'active',
      visibility: 'public',
      protected: true,
      min_disk: 40,
      min_ram: 1024,
      max_ram: '0',
      size: 2,
      tags: [],
      schema: '/v2/schemas/image',
      self: `/v2/images/${IMAGE}`,
      file: `/v2/images/${IMAGE}/file`,
      __imagetype: 'market',
      __isregistered: 'true',
      __os_type: 'Linux',
      __os_feature_list: '{"nic_hotplug":"true", "disk_hotplug": "true"}',
    },
  ],
})

const flavors: Call = ({ headers }, project) => ({
  flavors: [
    {
      id: 's6.large.2',
      name: 's6.large.2',
      vcpus: '2',
      ram: 4096,
      disk: '0',
      swap: '',
      links: [
        { rel: 'self', href: `https://${headers.host}/v1.0/${project}/flavors/s6.large.2`, type: null },
        { rel: 'bookmark', href: `https://${headers.host}/${project}/flavors/s6.large.2`, type: null },
      ],
      'OS-FLV-EXT-DATA:ephemeral': 0,
      'OS-FLV-DISABLED:disabled': false,
      rxtx_factor: 1,
      rxtx_quota: null,
      rxtx_cap: null,
      'os-flavor-access:is_public': true,
      os_extra_specs: { 'ecs:generation': 's6', 'cond:operation:status': 'normal' },
      attachableQuantity: { free_scsi: 60, free_blk: 24, free_disk: 60, free_nic: 2 },
    },
  ],
})

const detail: Call = (_, project) => ({
  count: 1,
  servers: [
    {
      id: 'b37fd80e-ac67-4d02-b9f1-9891c9c0fabf',
      name: '生产-web-01',
      status: 'ACTIVE',
      fault: null,
      tenant_id: project,
      created: '2026-01-01T13:46:09Z',
      updated: '2026-01-01T13:46:49Z',
      flavor: { id: 's6.large.2', name: 's6.large.2', vcpus: '2', ram: '4096', disk: '0' },
      image: { id: IMAGE },
      addresses: {},
      metadata: { charging_mode: '0' },
      tags: [],
      security_groups: [{ name: 'default' }],
      'OS-EXT-STS:vm_state': 'active',
      'OS-EXT-STS:task_state': null,
      'OS-EXT-STS:power_state': 1,
    },
  ],
})

const create: Call = ({ body }) => {
  const { server } = parsed(body)
  if (!server?.name || !server.imageRef || !server.flavorRef || !server.vpcid) return undefined
  if (!server.nics?.length || !server.root_volume?.volumetype) return undefined
  return { ...job(), serverIds: Array.from({ length: server.count ?? 1 }, () => randomUUID()) }
}

const ACTIONS = ['os-start', 'os-stop', 'reboot']
const action: Call = ({ body }) => {
  const asked = Object.entries<Loose>(parsed(body))
  const [name = '', what] = asked[0] ?? []
  if (asked.length !== 1 || !ACTIONS.includes(name) || !namesServers(what)) return undefined
  const type = what.type ?? (name === 'reboot' ? undefined : 'SOFT')
  return type === 'SOFT' || type === 'HARD' ? job() : undefined
}

const remove: Call = ({ body }) => (namesServers(parsed(body)) ? job() : undefined)

// biome-ignore lint/suspicious/noExplicitAny: bodies are looked at only as far as the checks above go
type Loose = any

function parsed(body: string): Loose {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}

const namesServers = (what: Loose): boolean =>
  Array.isArray(what?.servers) &&
  what.servers.length > 0 &&
  what.servers.every(({ id }: Loose) => Boolean(id))

const job = () => ({ job_id: `ff808082${randomBytes(12).toString('hex')}` })

const calls: readonly [method: string, path: RegExp, call: Call][] = [
  ['GET', /^\/v3\/projects$/, projects],
  ['GET', /^\/v2\/images$/, images],
  ['GET', /^\/v1\/([^/]+)\/cloudservers\/flavors$/, flavors],
  ['POST', /^\/v1\.1\/([^/]+)\/cloudservers$/, create],
  ['GET', /^\/v1\/([^/]+)\/cloudservers\/detail$/, detail],
  ['POST', /^\/v1\/([^/]+)\/cloudservers\/action$/, action],
  ['POST', /^\/v1\/([^/]+)\/cloudservers\/delete$/, remove],
]
