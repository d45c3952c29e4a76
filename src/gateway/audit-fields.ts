import type { FastifyRequest } from 'fastify'
import { masked } from '../huaweicloud/caller.ts'
import { type Operation, PROJECT } from '../huaweicloud/operation.ts'
import type { AgentNote } from './agent-note.ts'
import type { Asked } from './route.ts'
import { hiderForRecords } from './secrets.ts'

/** What the audit says. An allow-list: never a body, a query, a header or a name that somebody chose. */
export interface IntentFields {
  requestId: string
  /** Access key, first four and last two characters. */
  caller?: string
  tokenId?: string
  client?: string
  /** The route's pattern. */
  route: string
  service: string
  operation: string
  method: string
  /** Of a raw call: the path, without what may be a name in it. */
  path?: string
  regionId: string
  projectId?: string
  /** Ids of what it is done to, by Huawei's name for them. */
  targets?: Readonly<Record<string, string | readonly string[]>>
  clientToken?: string
  /** Where an agent asked: its program, the tool, and of what needs one the approval and who gave it. */
  agent?: AgentNote
}

export interface Write {
  readonly operation: Operation
  readonly region: string
  readonly projectId?: string | undefined
  readonly asked?: Asked
  readonly clientToken?: string | undefined
}

export function intentFields(
  { id, ip, notes, body }: Pick<FastifyRequest, 'id' | 'ip' | 'notes' | 'body'>,
  route: string,
  { operation, region, projectId, asked = {}, clientToken = asked.clientToken }: Write,
): IntentFields {
  const { service, name, method } = operation
  const targets = { ...idsIn(asked.params ?? {}), ...idsIn(asked.body) }
  return hiderForRecords({ notes, body })({
    requestId: id,
    ...(notes.caller ? { caller: masked(notes.caller.accessKey) } : {}),
    ...(notes.tokenId === undefined ? {} : { tokenId: notes.tokenId }),
    ...(ip ? { client: ip } : {}),
    route,
    service,
    operation: name,
    method,
    ...(name === 'raw' ? { path: operation.path.split('/').map(wordOrId).join('/') } : {}),
    regionId: region,
    ...(projectId === undefined ? {} : { projectId: shownId(projectId) }),
    ...(Object.keys(targets).length > 0 ? { targets } : {}),
    ...(clientToken !== undefined && UUID.test(clientToken) ? { clientToken } : {}),
    ...(notes.agent ? { agent: notes.agent } : {}),
  })
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const LOWER = /^[a-z0-9][a-z0-9_-]{0,63}$/

/** Huawei's ids are lower-case. Somebody's key in the place of one has both cases, and is shown as keys are. */
export const shownId = (id: string): string => (LOWER.test(id) || UUID.test(id) ? id : masked(id))

/** A path consists of fixed words, numbers and ids; what is none of them may be a name. */
const wordOrId = (part: string) =>
  part === '' || part === PROJECT || /^[a-z0-9][a-z0-9._-]{0,63}$/.test(part) || UUID.test(part) ? part : '*'

/** Names under which a body or a path holds the id of what the call is for. */
const ID_NAMES = new Set(
  `server_id volume_id volumeId image_id instance_id port_id publicip_id vpc_id subnet_id security_group_id
   security_group_rule_id`.split(/\s+/),
)

/** Where bodies have them: at the top, or in the one object below it. */
const DEEPEST = 2

function idsIn(value: unknown, depth = 1): Record<string, string | string[]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, inner]: [string, unknown]) => {
      if (name === 'servers' && Array.isArray(inner)) return { servers: inner.flatMap(idOf) }
      if (typeof inner === 'string') return ID_NAMES.has(name) && inner ? { [name]: shownId(inner) } : {}
      return depth < DEEPEST ? idsIn(inner, depth + 1) : {}
    }),
  )
}

const idOf = (one: unknown): string[] => {
  const id = typeof one === 'object' && one !== null ? Reflect.get(one, 'id') : undefined
  return typeof id === 'string' ? [shownId(id)] : []
}
