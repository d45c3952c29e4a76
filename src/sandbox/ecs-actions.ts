import Type, { type Static } from 'typebox'
import { Compile } from './check.ts'
import { invalid, noSuchServer, wrongState } from './ecs-refusals.ts'
import { refuseUnmanageable } from './ecs-target.ts'
import type { Holdings } from './holdings.ts'
import type { JobKindName } from './job-kinds.ts'
import { newJob } from './jobs.ts'
import { Refusal } from './refusal.ts'
import { mayBegin, type Server, type Task } from './servers.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { hasSystemDisk } from './volumes.ts'
import type { World } from './world.ts'

const Servers = Type.Array(Type.Object({ id: Type.String({ minLength: 1 }) }), { minItems: 1 })
const Severity = Type.Union([Type.Literal('SOFT'), Type.Literal('HARD')])
const Action = Type.Union([
  Type.Object({ 'os-start': Type.Object({ servers: Servers }) }),
  Type.Object({ 'os-stop': Type.Object({ type: Type.Optional(Severity), servers: Servers }) }),
  Type.Object({ reboot: Type.Object({ type: Severity, servers: Servers }) }),
])
const ActionBody = Compile(Action)

/** https://support.huaweicloud.com/api-ecs/ecs_02_0301.html */
export function actOnServers(ask: Ask, world: World): Answer {
  const body = ask.object()
  const known = Object.keys(body).filter((key) => ['os-start', 'os-stop', 'reboot'].includes(key))
  if (known.length !== 1)
    throw invalid('The request body must hold exactly one of os-start, os-stop and reboot.')
  if (!ActionBody.Check(body)) throw invalid(`The parameters of ${known[0]} are invalid.`)
  const { kind, hard, servers } = readAction(body)
  return begin(ask, world, kind, servers, { hard })
}

function readAction(body: Static<typeof Action>) {
  if ('os-start' in body) return { kind: 'start', hard: false, servers: body['os-start'].servers } as const
  if ('os-stop' in body)
    return { kind: 'stop', hard: body['os-stop'].type === 'HARD', servers: body['os-stop'].servers } as const
  return { kind: 'reboot', hard: body.reboot.type === 'HARD', servers: body.reboot.servers } as const
}

const DeleteBody = Compile(
  Type.Object({
    servers: Servers,
    delete_publicip: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
    delete_volume: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  }),
)

/** https://support.huaweicloud.com/api-ecs/ecs_02_0103.html */
export function deleteServers(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!DeleteBody.Check(body)) throw invalid('The parameters of the deletion are invalid.')
  return begin(ask, world, 'delete', body.servers, {
    deletePublicIp: body.delete_publicip ?? undefined,
    deleteVolume: body.delete_volume ?? false,
  })
}

const MOST = 1_000

/** A server that is in no state for it does not stop the others: its part of the job fails. */
function begin(
  { project }: Ask,
  world: World,
  kind: 'delete' | 'start' | 'stop' | 'reboot',
  wanted: readonly { id: string }[],
  options: Pick<Task, 'hard' | 'deletePublicIp' | 'deleteVolume'>,
): Answer {
  if (wanted.length > MOST)
    throw new Refusal(400, 'Ecs.0118', `At most ${MOST} ECSs can be operated at a time.`)
  const holdings = world.holdings(project)
  const servers = serversWithIds(holdings, wanted)
  for (const server of servers) {
    refuseUnmanageable({ holdings, server })
    refuse(server, kind)
  }

  const job = newJob(
    world.outside,
    project,
    kind,
    servers.map((server) => {
      const failure = whyNot(holdings, server, kind, options.hard)
      return { serverId: server.id, ...(failure ? { failure } : {}) }
    }),
  )
  for (const part of job.parts) {
    const server = holdings.servers.get(part.serverId ?? '')
    if (!server || part.failure) continue
    server.task = { jobId: job.id, kind, ...options }
    server.updated = job.begunAt
  }
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

/** Looked up before anybody judges the form of an id; one named twice is meant once. */
function serversWithIds(holdings: Holdings, wanted: readonly { id: string }[]): Server[] {
  return [...new Set(wanted.map(({ id }) => id))].map((id) => {
    const server = holdings.servers.get(id)
    if (!server) throw noSuchServer(id)
    return server
  })
}

function whyNot(holdings: Holdings, server: Server, kind: JobKindName, hard?: boolean) {
  if (!mayBegin(server, kind, hard)) return wrongState
  if ((kind === 'start' || kind === 'reboot') && !hasSystemDisk(holdings, server))
    return { code: 'Ecs.0105', reason: 'The ECS has no system disk.' }
  return undefined
}

function refuse(server: Server, kind: JobKindName): void {
  if (kind === 'delete' && server.chargingMode === '1')
    throw new Refusal(
      400,
      'Ecs.0513',
      `server ${server.id} is the cycle order and not be deleted by ordinary user`,
    )
}
