import type { WantedServer } from './ecs-create-body.ts'
import type { Holdings } from './holdings.ts'
import { imageWithId } from './images.ts'
import type { WantedDevice, WantedNovaServer } from './nova-create-body.ts'
import { badRequest, notImitated } from './nova-manner.ts'
import type { Region } from './regions.ts'

type Disks = Pick<WantedServer, 'imageRef' | 'root_volume' | 'data_volumes'>

const DEFAULT_TYPE = 'SAS'

/** The system disk is written from an image, named by itself or as the first device; blank devices are data disks. */
export function disksWanted(wanted: WantedNovaServer, holdings: Holdings, region: Region): Disks {
  const devices = wanted.block_device_mapping_v2 ?? []
  for (const { source_type } of devices)
    if (source_type === 'volume' || source_type === 'snapshot')
      throw notImitated(`A server from a ${source_type}`)
  const boot = devices.find((each) => each.source_type === 'image' && Number(each.boot_index ?? -1) === 0)
  const imageRef = wanted.imageRef || boot?.uuid
  if (!imageRef)
    throw badRequest(
      'Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.',
    )
  const least = imageWithId(holdings, region, imageRef)?.view.min_disk ?? 0
  const size = Number(boot?.volume_size ?? 0)
  if (size > 0 && size < least)
    throw badRequest(
      `Volume is smaller than the minimum size specified in image metadata. Volume size is ${size}, minimum is ${least}.`,
    )
  return {
    imageRef,
    root_volume: { volumetype: boot?.volume_type || DEFAULT_TYPE, ...(size > 0 ? { size } : {}) },
    data_volumes: devices.filter(({ source_type }) => source_type === 'blank').map(dataVolume),
  }
}

function dataVolume({ volume_size, volume_type, delete_on_termination: gone }: WantedDevice) {
  const size = Number(volume_size ?? 0)
  if (size < 10 || size > 32_768)
    throw badRequest('Block Device Mapping is Invalid: volume_size is out of range.')
  return {
    volumetype: volume_type || DEFAULT_TYPE,
    size,
    delete_on_termination: gone === true || gone === 'true',
  }
}
