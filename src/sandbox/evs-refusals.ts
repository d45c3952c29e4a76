import type { TSchema } from 'typebox'
import { bodyReader } from './ecs-target.ts'
import { Refusal } from './refusal.ts'
import type { Ask } from './service.ts'
import type { Volume } from './volumes.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-evs/evs_04_0038.html */
export const evsInvalid = (message: string, code = 'EVS.5400') => new Refusal(400, code, message)

export const noSuchVolume = (id: string) => new Refusal(404, 'EVS.5404', `Volume ${id} could not be found.`)

export function volumeOf({ project, params }: Ask, world: World): Volume {
  const id = params.volume_id ?? ''
  const volume = world.holdings(project).volumes.get(id)
  if (!volume) throw noSuchVolume(id)
  return volume
}

export function refuseVolumeName(name: string): void {
  if (name.length > 64) throw evsInvalid('The disk name must have at most 64 characters.', 'EVS.1003')
}

export function refuseVolumeDescription(description: string): void {
  if (description.length > 85)
    throw evsInvalid('The description must have at most 85 characters.', 'EVS.1004')
}

export const evsReader = <S extends TSchema>(schema: S) => bodyReader(schema, evsInvalid)
