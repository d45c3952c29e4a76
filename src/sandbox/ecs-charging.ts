import Type from 'typebox'
import { refusePeriod } from './ecs-create-charging.ts'
import { refuseTermination } from './ecs-create-words.ts'
import { invalid, wrongState } from './ecs-refusals.ts'
import { bodyReader, managedTargetOf, refuseUnmanageable, serverWithId } from './ecs-target.ts'
import { newOrderId } from './ids.ts'
import { newJob } from './jobs.ts'
import { beginLifetime, watchLifetime } from './lifetimes.ts'
import { Refusal } from './refusal.ts'
import { mayBegin } from './servers.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import type { World } from './world.ts'

const Flag = Type.Optional(Type.Boolean())
const readChange = bodyReader(
  Type.Object({
    server_ids: Type.Array(Type.String(), { minItems: 1, maxItems: 100 }),
    charge_mode: Type.Literal('prePaid'),
    prepaid_options: Type.Optional(
      Type.Object({
        period_type: Type.Optional(Type.String()),
        period_num: Type.Optional(Type.Union([Type.String({ pattern: '^\\d$' }), Type.Integer()])),
        auto_pay: Flag,
        auto_renew: Flag,
        include_data_disks: Flag,
        include_publicips: Flag,
      }),
    ),
    dry_run: Flag,
  }),
)

/** From pay-per-use to prepaid; an order that nobody pays changes nothing. */
export function changeServerChargeMode(ask: Ask, world: World): Answer {
  const { server_ids, prepaid_options: options = {}, dry_run } = readChange(ask)
  const period = { periodType: options.period_type, periodNum: Number(options.period_num ?? 0) }
  refusePeriod(period.periodType, period.periodNum)
  const holdings = world.holdings(ask.project)
  const servers = [...new Set(server_ids)].map((id) => serverWithId(holdings, id))
  for (const server of servers) {
    refuseUnmanageable({ holdings, server })
    if (server.chargingMode !== '0')
      throw new Refusal(400, 'Ecs.0112', 'The ECS is not billed on a pay-per-use basis.')
    if (server.task) throw new Refusal(400, wrongState.code, wrongState.reason)
    if (server.autoTerminateTime)
      throw new Refusal(400, 'Ecs.0084', `The ECS ${server.id} is to be deleted at a set time.`)
  }
  if (dry_run) return nothing(202)
  const now = world.outside.now()
  if (options.auto_pay)
    for (const server of servers) {
      server.chargingMode = '1'
      server.updated = now
      beginLifetime(holdings, server, { ...period, isAutoRenew: String(options.auto_renew ?? false) }, now)
    }
  return ok({ order_id: newOrderId(world.outside) })
}

const readTermination = bodyReader(Type.Object({ auto_terminate_time: Type.String() }))

/** An empty time takes the plan back. */
export function updateServerAutoTerminateTime(ask: Ask, world: World): Answer {
  const { auto_terminate_time: time } = readTermination(ask)
  const { holdings, server } = managedTargetOf(ask, world)
  if (server.chargingMode === '2')
    throw new Refusal(400, 'Ecs.0081', 'A spot ECS cannot be deleted at a set time.')
  if (time !== '') refuseTermination(time, server.chargingMode === '1', world.outside.now())
  server.autoTerminateTime = time
  server.updated = world.outside.now()
  watchLifetime(holdings, server)
  return nothing()
}

const readMigrate = bodyReader(
  Type.Object({
    migrate: Type.Union([Type.Null(), Type.Object({ dedicated_host_id: Type.Optional(Type.String()) })]),
  }),
)

/** Cold: to another host, stopped. https://support.huaweicloud.com/api-ecs/ecs_02_0219.html */
export function migrateServer(ask: Ask, world: World): Answer {
  const { migrate } = readMigrate(ask)
  if (migrate?.dedicated_host_id)
    throw invalid(`dedicated_host_id [${migrate.dedicated_host_id}] does not exist.`)
  const { holdings, server } = managedTargetOf(ask, world)
  if (server.chargingMode !== '0')
    throw new Refusal(400, 'Ecs.0112', 'The ECS is not billed on a pay-per-use basis.')
  if (!mayBegin(server, 'migrate')) throw new Refusal(400, wrongState.code, wrongState.reason)
  const job = newJob(world.outside, ask.project, 'migrate', [{ serverId: server.id }])
  server.task = { jobId: job.id, kind: 'migrate' }
  server.updated = job.begunAt
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}
