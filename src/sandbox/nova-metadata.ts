import { deleteServerMetadata, updateServerMetadata } from './ecs-metadata.ts'
import { metadataOf } from './ecs-server-view.ts'
import { itemNotFound } from './nova-manner.ts'
import { serverAsked } from './nova-servers.ts'
import { inNovasWords } from './nova-words.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

export function novaListMetadata(ask: Ask, world: World): Answer {
  return ok({ metadata: metadataOf(serverAsked(ask, world).server) })
}

export function novaShowMetadata(ask: Ask, world: World): Answer {
  const metadata = metadataOf(serverAsked(ask, world).server)
  const { key = '' } = ask.params
  if (!Object.hasOwn(metadata, key)) throw itemNotFound('Metadata item was not found')
  return ok({ meta: { [key]: metadata[key] } })
}

/** Adds to what is there. */
export function novaUpdateMetadata(ask: Ask, world: World): Answer {
  const { server } = serverAsked(ask, world)
  inNovasWords(() => updateServerMetadata(ask, world))
  return ok({ metadata: metadataOf(server) })
}

export function novaDeleteMetadata(ask: Ask, world: World): Answer {
  serverAsked(ask, world)
  return inNovasWords(() => deleteServerMetadata(ask, world))
}
