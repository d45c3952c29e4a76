import Type from 'typebox'
import { refusePassword } from './ecs-create-words.ts'
import { invalid } from './ecs-refusals.ts'
import { bodyReader, managedTargetOf, refuseState, targetOf } from './ecs-target.ts'
import { inBatch } from './ecs-update.ts'
import { newHex } from './ids.ts'
import { Refusal } from './refusal.ts'
import { isUpOrDown, type Server } from './servers.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import type { World } from './world.ts'

const readReset = bodyReader(
  Type.Object({
    'reset-password': Type.Object({
      new_password: Type.String(),
      is_check_password: Type.Optional(Type.Boolean()),
    }),
  }),
)

/** Holds from the next start on, if the plug-in in the guest plays along; nobody hears whether it did. */
export function resetServerPassword(ask: Ask, world: World): Answer {
  const { new_password, is_check_password = true } = readReset(ask)['reset-password']
  if (is_check_password) refusePassword(new_password)
  const id = ask.params.server_id ?? ''
  if (!world.holdings(ask.project).servers.has(id))
    throw new Refusal(404, 'Ecs.0614', `Instance[${id}] could not be found.`)
  const { server } = managedTargetOf(ask, world)
  const failure = whyNoReset(server)
  if (failure) throw new Refusal(failure.code === 'Ecs.0603' ? 501 : 400, failure.code, failure.reason)
  server.updated = world.outside.now()
  return nothing()
}

const readBatch = bodyReader(
  Type.Object({
    new_password: Type.String(),
    servers: Type.Array(Type.Object({ id: Type.String() }), { minItems: 1, maxItems: 1_000 }),
    dry_run: Type.Optional(Type.Boolean()),
  }),
)

/** https://support.huaweicloud.com/api-ecs/ecs_02_0306.html */
export function batchResetServersPassword(ask: Ask, world: World): Answer {
  const { new_password, servers, dry_run } = readBatch(ask)
  refusePassword(new_password)
  const now = world.outside.now()
  return inBatch(ask, world, servers, dry_run, 'Ecs.0614', ({ server }) => {
    const failure = whyNoReset(server)
    if (!failure) server.updated = now
    return failure
  })
}

function whyNoReset(server: Server) {
  if (server.task)
    return { code: 'Ecs.0603', reason: 'Another command is being executed. Try again in one minute.' }
  if (!isUpOrDown(server)) return { code: 'Ecs.0610', reason: 'Failed to reset the password.' }
  return undefined
}

/** As a word with a capital, whichever language wrote it first. */
export function showResetPasswordFlag(ask: Ask, world: World): Answer {
  targetOf(ask, world)
  return ok({ resetpwd_flag: 'True' })
}

/** Only Windows servers made with a key pair have one to show, and none is made up for them here. */
export function showServerPassword(ask: Ask, world: World): Answer {
  targetOf(ask, world)
  return ok({ password: '' })
}

export function deleteServerPassword(ask: Ask, world: World): Answer {
  managedTargetOf(ask, world)
  return nothing()
}

const readConsole = bodyReader(
  Type.Object({ remote_console: Type.Object({ protocol: Type.String(), type: Type.String() }) }),
)

/** The address is a name that exists nowhere: there is no screen to be seen. */
export function showServerRemoteConsole(ask: Ask, world: World): Answer {
  const { protocol, type } = readConsole(ask).remote_console
  if (protocol !== 'vnc' || type !== 'novnc')
    throw invalid(`The console ${protocol}/${type} is not supported.`)
  const { server } = managedTargetOf(ask, world)
  if (server.vmState !== 'active') throw refuseState()
  const token = newHex(world.outside)
  const url = `https://novnc.${ask.region.id}.sandbox.invalid:8002/vnc_auto.html?token=${token}`
  return ok({ remote_console: { type, protocol, url } })
}
