import { createHash } from 'node:crypto'
import { readCreateBody } from './ecs-create-body.ts'
import { buildServers } from './ecs-create-build.ts'
import { chargingOf } from './ecs-create-charging.ts'
import { planFor } from './ecs-create-checks.ts'
import { refuseWords } from './ecs-create-words.ts'
import type { Holdings } from './holdings.ts'
import { newOrderId } from './ids.ts'
import { type Job, newJob } from './jobs.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, written } from './service.ts'
import { failureByName } from './trouble-names.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-ecs/ecs_02_0101.html */
export const createServers = (ask: Ask, world: World): Answer => create(ask, world, 'v1.1')

/** https://support.huaweicloud.com/api-ecs/zh-cn_topic_0020212668.html */
export const createPostPaidServers = (ask: Ask, world: World): Answer => create(ask, world, 'v1')

function create(ask: Ask, world: World, version: 'v1' | 'v1.1'): Answer {
  const { server: wanted, dry_run } = readCreateBody(ask.object())
  const holdings = world.holdings(ask.project)
  const now = world.outside.now()
  const remembered = recall(ask, holdings, now)
  if (remembered !== undefined) return written(remembered)

  const charging = chargingOf(wanted, version, ask.region)
  const count = wanted.count ?? 1
  if (count < 1 || count > (charging.mode === '1' ? 100 : 500))
    throw new Refusal(400, 'Ecs.0913', 'The number of ECSs is out of range.')
  refuseWords(wanted, count, now)
  const plan = planFor(wanted, count, ask.region, holdings)
  if (dry_run) return nothing(202)

  if (charging.awaitsPayment) {
    const job: Job = { ...newJob(world.outside, ask.project, 'create', []), awaitsPayment: true }
    world.begin(holdings, job)
    return remember(ask, holdings, now, { order_id: newOrderId(world.outside), job_id: job.id })
  }
  const servers = buildServers(wanted, count, plan, charging.mode, holdings, world)
  const failure = {
    ...payFailure(wanted.publicip?.eip?.bandwidth.chargemode),
    ...failureByName(wanted.name),
  }
  const job = newJob(
    world.outside,
    ask.project,
    'create',
    servers.map(({ id }) => ({ serverId: id, ...failure })),
  )
  for (const server of servers) server.task = { jobId: job.id, kind: 'create' }
  world.begin(holdings, job)
  return remember(ask, holdings, now, {
    ...(charging.mode === '1' ? { order_id: newOrderId(world.outside) } : {}),
    job_id: job.id,
    serverIds: servers.map(({ id }) => id),
  })
}

/** By bandwidth when nothing is said; a word nobody knows is found out only while the server is built. */
function payFailure(chargeMode = '') {
  if (['', 'bandwidth', 'traffic'].includes(chargeMode)) return {}
  return {
    failure: { code: 'Ecs.0219', reason: `Failed to create the EIP: chargemode ${chargeMode} is invalid.` },
  }
}

const TOKEN_VALID = 8 * 3_600_000

/** The answer already given under this client token, if any. */
function recall(ask: Ask, holdings: Holdings, now: number): string | undefined {
  const token = ask.header('x-client-token')
  if (token === undefined) return undefined
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token))
    throw new Refusal(400, 'Ecs.0123', 'The client token is not a valid UUID.')
  const earlier = holdings.creates.get(token)
  if (!earlier) return undefined
  if (now - earlier.at > TOKEN_VALID) throw new Refusal(400, 'Ecs.0124', 'The client token has expired.')
  if (earlier.digest !== digestOf(ask))
    throw new Refusal(
      400,
      'Ecs.0122',
      'The request parameters differ from those sent with this client token before.',
    )
  return earlier.answer
}

function remember(ask: Ask, holdings: Holdings, now: number, answer: object): Answer {
  const token = ask.header('x-client-token')
  const text = JSON.stringify(answer)
  if (token !== undefined) holdings.creates.set(token, { digest: digestOf(ask), at: now, answer: text })
  return written(text)
}

const digestOf = ({ path, body }: Ask) => createHash('sha256').update(`${path}\n`).update(body).digest('hex')
