import Type from 'typebox'
import { evsQuota, usedVolumes } from './evs-catalogue.ts'
import { evsInvalid, evsReader, refuseVolumeDescription, refuseVolumeName, volumeOf } from './evs-refusals.ts'
import { volumeView } from './evs-volumes.ts'
import { newJob } from './jobs.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

const Text = Type.Optional(Type.String())
const readUpdate = evsReader(Type.Object({ volume: Type.Object({ name: Text, description: Text }) }))

/** https://support.huaweicloud.com/api-evs/evs_04_2007.html */
export function updateVolume(ask: Ask, world: World): Answer {
  const { name, description } = readUpdate(ask).volume
  if (name === undefined && description === undefined)
    throw evsInvalid('volume name and description can not both be empty!', 'EVS.1007')
  refuseVolumeName(name ?? '')
  refuseVolumeDescription(description ?? '')
  const volume = volumeOf(ask, world)
  volume.name = name ?? volume.name
  volume.description = description ?? volume.description
  volume.updated = world.outside.now()
  return ok(volumeView(volume, ask, world.holdings(ask.project)))
}

const readResize = evsReader(
  Type.Object({
    'os-extend': Type.Object({ new_size: Type.Integer() }),
    bssParam: Type.Optional(Type.Object({ isAutoPay: Text })),
  }),
)

/** Larger only, on a server or off. https://support.huaweicloud.com/api-evs/evs_04_2013.html */
export function resizeVolume(ask: Ask, world: World): Answer {
  const { new_size: size } = readResize(ask)['os-extend']
  const volume = volumeOf(ask, world)
  const most = volume.bootable ? 1_024 : 32_768
  if (size <= volume.size || size > most)
    throw evsInvalid(`New size must be greater than ${volume.size} and at most ${most}.`, 'EVS.1010')
  if (volume.status !== 'available' && volume.status !== 'in-use')
    throw evsInvalid(`Invalid volume: the disk is ${volume.status} and cannot be extended.`)
  const holdings = world.holdings(ask.project)
  if (usedVolumes(holdings).gigabytes + size - volume.size > evsQuota.gigabytes)
    throw new Refusal(413, 'EVS.5413', 'VolumeLimitExceeded: the disk quota of the project is exceeded.')
  const job = newJob(world.outside, ask.project, 'extendVolume', [{ volumeId: volume.id, plan: { size } }])
  volume.status = 'extending'
  volume.updated = job.begunAt
  world.begin(holdings, job)
  return ok({ job_id: job.id }, 202)
}
