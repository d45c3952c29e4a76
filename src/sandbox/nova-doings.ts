import { baseOf } from './catalog.ts'
import { resetServerPassword } from './ecs-password.ts'
import { createImage } from './ims-create.ts'
import { type Deed, refuseUnmanageable } from './nova-deeds.ts'
import { badRequest } from './nova-manner.ts'
import { askedAs, inNovasWords } from './nova-words.ts'
import { type Answer, nothing } from './service.ts'

/** The new image is told by its address. */
export function novaCreateImage(deed: Deed): Answer {
  const { ask, world, holdings, server, wanted } = deed
  const { name } = (wanted ?? {}) as { name?: unknown }
  if (typeof name !== 'string' || name === '') throw badRequest('Invalid input for field/attribute name.')
  refuseUnmanageable(deed)
  inNovasWords(() => createImage(askedAs(ask, { name, instance_id: server.id }), world))
  const id = [...holdings.images.keys()].at(-1) ?? ''
  return {
    ...nothing(202),
    headers: { Location: `${baseOf(ask, 'ims', ask.region.id)}/v2/images/${id}` },
  }
}

export function novaChangePassword({ ask, world, wanted }: Deed): Answer {
  const { adminPass } = (wanted ?? {}) as { adminPass?: unknown }
  if (typeof adminPass !== 'string') throw badRequest('Invalid input for field/attribute adminPass.')
  const body = { 'reset-password': { new_password: adminPass } }
  inNovasWords(() => resetServerPassword(askedAs(ask, body), world))
  return nothing(202)
}
