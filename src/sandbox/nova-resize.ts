import { partFor, takeDown, whyNot } from './ecs-resize.ts'
import { flavorWithId } from './flavors.ts'
import { newJob } from './jobs.ts'
import { type Deed, refuseUnmanageable, wrongState } from './nova-deeds.ts'
import { badRequest, forbidden } from './nova-manner.ts'
import { isUpOrDown } from './servers.ts'
import { type Answer, nothing } from './service.ts'

/** Unlike by ECS the new size is on trial: it is confirmed, or everything goes back to what it was. */
export function novaResize(deed: Deed): Answer {
  const { ask, world, holdings, server, wanted } = deed
  const { flavorRef } = (wanted ?? {}) as { flavorRef?: unknown }
  if (typeof flavorRef !== 'string' || flavorRef === '')
    throw badRequest('Invalid input for field/attribute resize. flavorRef is a required property')
  refuseUnmanageable(deed)
  if (server.task || !isUpOrDown(server)) throw wrongState('resize', server)
  const flavor = flavorWithId(ask.region, flavorRef)
  if (!flavor) throw badRequest('Unable to locate requested flavor.')
  if (flavor.id === server.flavor.id) throw badRequest('When resizing, instances must change flavor!')
  const failure = whyNot({ holdings, server }, flavor, 'withStopServer', ask.region)
  if (failure)
    throw failure.code === 'Ecs.0001'
      ? forbidden('Quota exceeded for cores, ram')
      : badRequest(failure.reason)
  const job = newJob(world.outside, ask.project, 'novaResize', [partFor(server, flavor)])
  takeDown(server, job)
  world.begin(holdings, job)
  return nothing(202)
}

export function confirmResize(deed: Deed): Answer {
  const { server, world } = deed
  refuseUnmanageable(deed)
  const before = server.resizedFrom
  if (server.task || server.vmState !== 'resized' || !before) throw wrongState('confirmResize', server)
  server.vmState = before.wasActive ? 'active' : 'stopped'
  server.updated = world.outside.now()
  delete server.resizedFrom
  return nothing(204)
}

export function revertResize(deed: Deed): Answer {
  const { ask, server, world, holdings } = deed
  refuseUnmanageable(deed)
  if (server.task || server.vmState !== 'resized') throw wrongState('revertResize', server)
  const job = newJob(world.outside, ask.project, 'revertResize', [{ serverId: server.id }])
  server.task = { jobId: job.id, kind: 'revertResize' }
  server.updated = job.begunAt
  world.begin(holdings, job)
  return nothing(202)
}
