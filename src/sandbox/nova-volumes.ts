import { attachServerVolume, detachServerVolume } from './ecs-volumes.ts'
import { attachmentOf } from './nova-attachments.ts'
import { itemNotFound } from './nova-manner.ts'
import { serverAsked } from './nova-servers.ts'
import { inNovasWords } from './nova-words.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import { disksOf } from './volumes.ts'
import type { World } from './world.ts'

/** As ECS does it, told by the attachment and not by a job. */
export function novaAttachVolume(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  const { volumeAttachment: wanted } = ask.object() as { volumeAttachment?: { volumeId?: unknown } }
  const id = String(wanted?.volumeId ?? '')
  if (id !== '' && !holdings.volumes.has(id)) throw itemNotFound(`Volume ${id} could not be found.`)
  inNovasWords(() => attachServerVolume(ask, world))
  const disk = disksOf(holdings, server).find(({ volume }) => volume.id === id)
  if (!disk) throw new Error(`the volume ${id} was attached to nothing`)
  return ok({ volumeAttachment: attachmentOf(disk) })
}

export function novaDetachVolume(ask: Ask, world: World): Answer {
  serverAsked(ask, world)
  inNovasWords(() => detachServerVolume(ask, world))
  return nothing(202)
}
