import Type from 'typebox'
import { quota, usedBy } from './ecs-limits.ts'
import { placesOf } from './ecs-places.ts'
import { invalid, wrongState } from './ecs-refusals.ts'
import { bodyReader, managedTargetOf, serverWithId, type Target, unmanageable } from './ecs-target.ts'
import { canBecome, type Flavor, flavorWithId } from './flavors.ts'
import { newOrderId } from './ids.ts'
import { type Job, type JobPart, newJob } from './jobs.ts'
import { Refusal } from './refusal.ts'
import type { Region } from './regions.ts'
import { refuseSale } from './sales.ts'
import { mayBeTakenDown, type Server, type ServerFlavor } from './servers.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import type { World } from './world.ts'

const Mode = Type.Optional(Type.String())
const readResize = bodyReader(
  Type.Object({
    resize: Type.Object({
      flavorRef: Type.String({ minLength: 1 }),
      mode: Mode,
      dedicated_host_id: Type.Optional(Type.String()),
      extendparam: Type.Optional(Type.Object({ isAutoPay: Type.Optional(Type.String()) })),
    }),
    dry_run: Type.Optional(Type.Boolean()),
  }),
)

/** https://support.huaweicloud.com/api-ecs/ecs_02_0208.html: pay per use only. */
export const resizePostPaidServer = (ask: Ask, world: World): Answer => resize(ask, world, 'v1')

/** https://support.huaweicloud.com/api-ecs/ecs_02_0210.html */
export const resizeServer = (ask: Ask, world: World): Answer => resize(ask, world, 'v1.1')

function resize(ask: Ask, world: World, version: 'v1' | 'v1.1'): Answer {
  const { resize: wanted, dry_run } = readResize(ask)
  const target = managedTargetOf(ask, world)
  const { holdings, server } = target
  if (version === 'v1' && server.chargingMode === '1')
    throw new Refusal(400, 'Ecs.0112', 'The ECS is not billed on a pay-per-use basis.')
  const flavor = flavorFor(wanted.flavorRef, wanted.mode, ask)
  const failure = whyNot(target, flavor, wanted.mode, ask.region)
  if (failure) throw new Refusal(400, failure.code, failure.reason)
  if (dry_run) return nothing(202)

  const prepaid = server.chargingMode === '1'
  if (prepaid && wanted.extendparam?.isAutoPay !== 'true') {
    const job: Job = { ...newJob(world.outside, ask.project, 'resize', []), awaitsPayment: true }
    world.begin(holdings, job)
    return ok({ order_id: newOrderId(world.outside), job_id: job.id })
  }
  const job = newJob(world.outside, ask.project, 'resize', [partFor(server, flavor)])
  takeDown(server, job)
  world.begin(holdings, job)
  return ok({ ...(prepaid ? { order_id: newOrderId(world.outside) } : {}), job_id: job.id })
}

const readBatchResize = bodyReader(
  Type.Object({
    resize: Type.Object({
      flavorRef: Type.String({ minLength: 1 }),
      servers: Type.Array(Type.Object({ id: Type.String() }), { minItems: 1, maxItems: 1_000 }),
      mode: Mode,
    }),
  }),
)

/** A server that cannot be resized fails in its own sub job. */
export function batchResizeServers(ask: Ask, world: World): Answer {
  const { flavorRef, mode, servers: wanted } = readBatchResize(ask).resize
  const holdings = world.holdings(ask.project)
  const servers = [...new Set(wanted.map(({ id }) => id))].map((id) => serverWithId(holdings, id))
  const flavor = flavorFor(flavorRef, mode, ask)
  const parts = servers.map((server): Omit<JobPart, 'id'> => {
    const target = { holdings, server }
    const failure = unmanageable(target) ?? whyNot(target, flavor, mode, ask.region)
    return failure ? { serverId: server.id, failure } : partFor(server, flavor)
  })
  const job = newJob(world.outside, ask.project, 'resizeMany', parts)
  for (const part of job.parts) {
    const server = holdings.servers.get(part.serverId ?? '')
    if (server && !part.failure) takeDown(server, job)
  }
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

function flavorFor(id: string, mode: string | undefined, { region }: Ask): Flavor {
  if (mode !== undefined && mode !== '' && mode !== 'withStopServer')
    throw invalid(`mode [${mode}] is invalid.`)
  const flavor = flavorWithId(region, id)
  if (!flavor) throw new Refusal(400, 'Ecs.0029', 'The flavor does not exist.')
  return flavor
}

/** https://support.huaweicloud.com/api-ecs/ErrorCode.html names the codes. */
export function whyNot(
  { holdings, server }: Target,
  flavor: Flavor,
  mode: string | undefined,
  region: Region,
): { code: string; reason: string } | undefined {
  const why = (code: string, reason: string) => ({ code, reason })
  if (!mayBeTakenDown(server, mode)) return wrongState
  if (flavor.id === server.flavor.id) return why('Ecs.0810', 'The target flavor is the one the ECS has.')
  if (server.chargingMode === '2') return why('Ecs.0704', 'A spot ECS cannot be resized.')
  const sale = refuseSale(flavor, server.zone)
  if (sale) return sale
  const current = flavorWithId(region, server.flavor.id)
  if (current && !canBecome(current, flavor))
    return why('Ecs.0804', 'The ECS cannot be resized to the target flavor.')
  const places = placesOf(flavor)
  if (server.nics.length > places.nics) return why('Ecs.0807', 'The target flavor takes fewer NICs.')
  if (server.volumeIds.length > places.disks) return why('Ecs.0809', 'The target flavor takes fewer disks.')
  const used = usedBy(holdings)
  if (
    used.cores + flavor.vcpus - server.flavor.vcpus > quota.cores ||
    used.ram + flavor.ram - server.flavor.ram > quota.ram
  )
    return why('Ecs.0001', 'Insufficient ECS quota.')
  return undefined
}

interface ResizePlan {
  readonly flavor: ServerFlavor
  readonly wasActive: boolean
}

export function partFor(server: Server, { id, vcpus, ram }: Flavor): Omit<JobPart, 'id'> {
  const plan: ResizePlan = { flavor: { id, vcpus, ram }, wasActive: server.vmState === 'active' }
  return { serverId: server.id, plan: { ...plan } }
}

/** Stopped at once: the table of states knows no running server that is being resized. */
export function takeDown(server: Server, job: Job): void {
  server.task = { jobId: job.id, kind: job.kind }
  server.vmState = 'stopped'
  server.updated = job.begunAt
}
