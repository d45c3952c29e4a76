import Type from 'typebox'
import { MetadataOptions } from './ecs-create-body.ts'
import { refuseMetadata } from './ecs-create-words.ts'
import { invalid } from './ecs-refusals.ts'
import { metadataOf } from './ecs-server-view.ts'
import { bodyReader, managedTargetOf, refuseState, targetOf } from './ecs-target.ts'
import { Refusal } from './refusal.ts'
import { isUpOrDown } from './servers.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import type { World } from './world.ts'

/** What a server says nothing about. */
const usualOptions = { http_endpoint: 'enabled', http_tokens: 'optional' } as const

export function showMetadataOptions(ask: Ask, world: World): Answer {
  return ok({ ...usualOptions, ...targetOf(ask, world).server.metadataOptions })
}

const readOptions = bodyReader(MetadataOptions)

export function updateMetadataOptions(ask: Ask, world: World): Answer {
  const { http_endpoint, http_tokens } = readOptions(ask)
  const { server } = managedTargetOf(ask, world)
  server.metadataOptions = {
    ...server.metadataOptions,
    ...(http_endpoint ? { http_endpoint } : {}),
    ...(http_tokens ? { http_tokens } : {}),
  }
  server.updated = world.outside.now()
  return ok({ ...usualOptions, ...server.metadataOptions })
}

const read = bodyReader(Type.Object({ metadata: Type.Record(Type.String(), Type.String()) }))
const MOST = 128

/** Adds to what is there. https://support.huaweicloud.com/api-ecs/ecs_02_1301.html */
export function updateServerMetadata(ask: Ask, world: World): Answer {
  const { metadata } = read(ask)
  refuseMetadata(metadata)
  const { server } = managedTargetOf(ask, world)
  if (!isUpOrDown(server)) throw refuseState()
  const system = Object.keys(metadataOf({ ...server, metadata: {} }))
  for (const key of Object.keys(metadata))
    if (system.includes(key)) throw invalid(`metadata [${key}] is the system's own.`)
  const merged = { ...server.metadata, ...metadata }
  if (Object.keys(merged).length > MOST) throw invalid(`metadata must not hold more than ${MOST} pairs.`)
  server.metadata = merged
  server.updated = world.outside.now()
  return ok({ metadata })
}

/** https://support.huaweicloud.com/api-ecs/ecs_02_1303.html */
export function deleteServerMetadata(ask: Ask, world: World): Answer {
  const { server } = managedTargetOf(ask, world)
  if (!isUpOrDown(server)) throw refuseState()
  const key = ask.params.key ?? ''
  if (!Object.hasOwn(server.metadata, key)) {
    const nova = { itemNotFound: { message: 'Metadata item was not found', code: 404 } }
    throw new Refusal(404, 'Ecs.1000', JSON.stringify(nova))
  }
  const { [key]: _, ...rest } = server.metadata
  server.metadata = rest
  server.updated = world.outside.now()
  return nothing()
}
