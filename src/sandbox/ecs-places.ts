import { type Flavor, flavorWithId } from './flavors.ts'
import type { Region } from './regions.ts'
import type { Server } from './servers.ts'

/** How many disks and NICs a flavor takes. */
export interface Places {
  readonly disks: number
  readonly scsi: number
  readonly virtio: number
  readonly nics: number
}

const usual: Places = { disks: 60, scsi: 60, virtio: 24, nics: 12 }

export function placesOf(flavor: Flavor | undefined): Places {
  if (!flavor) return usual
  const { free_disk, free_scsi, free_blk, free_nic } =
    (flavor.view as { attachableQuantity?: Record<string, number> }).attachableQuantity ?? {}
  return {
    disks: free_disk ?? usual.disks,
    scsi: free_scsi ?? usual.scsi,
    virtio: free_blk ?? usual.virtio,
    nics: free_nic ?? usual.nics,
  }
}

export const placesOn = (server: Server, region: Region): Places =>
  placesOf(flavorWithId(region, server.flavor.id))

/** What is still free for disks on a server. */
export function freeDisksOn(server: Server, region: Region) {
  const { disks, scsi, virtio } = placesOn(server, region)
  const used = server.volumeIds.length
  return {
    free_scsi: Math.max(0, scsi - used),
    free_blk: Math.max(0, virtio - used),
    free_disk: Math.max(0, disks - used),
  }
}
