import type { Holdings } from './holdings.ts'
import type { Server } from './servers.ts'

/** https://support.huaweicloud.com/api-evs/evs_04_0040.html */
export type VolumeStatus =
  | 'creating'
  | 'available'
  | 'attaching'
  | 'in-use'
  | 'detaching'
  | 'extending'
  | 'deleting'
  | 'uploading'
  | 'error'

export interface Attachment {
  readonly id: string
  readonly serverId: string
  readonly device: string
  /** 0 for the disk a server starts from; -1 for one attached later. */
  readonly bootIndex: number
  readonly attachedAt: number
  deleteWithServer: boolean
}

/** A disk, on a server or lying about. */
export interface Volume {
  readonly id: string
  readonly created: number
  readonly zone: string
  readonly type: string
  readonly bootable: boolean
  readonly multiattach: boolean
  /** What it was written from. */
  readonly imageId?: string
  readonly enterpriseProjectId: string
  /** Where the type lets its speed be chosen. */
  readonly iops?: number
  readonly throughput?: number
  name: string
  description: string
  size: number
  status: VolumeStatus
  updated: number
  metadata: Record<string, string>
  tags: Record<string, string>
  /** More than one only for a disk that may be shared. */
  attachments: Attachment[]
}

export interface Disk {
  readonly volume: Volume
  readonly attachment: Attachment
}

/** The disks of a server, the system disk first. */
export function disksOf(holdings: Holdings, server: Server): Disk[] {
  return server.volumeIds.flatMap((id) => {
    const volume = holdings.volumes.get(id)
    const attachment = volume?.attachments.find(({ serverId }) => serverId === server.id)
    return volume && attachment ? [{ volume, attachment }] : []
  })
}

/** One that is on its way off the server is none to start from. */
export const hasSystemDisk = (holdings: Holdings, server: Server): boolean =>
  disksOf(holdings, server).some(
    ({ volume, attachment }) => attachment.bootIndex === 0 && volume.status !== 'detaching',
  )

export interface VolumeWish extends Pick<Volume, 'id' | 'zone' | 'type' | 'size' | 'name'> {
  readonly now: number
  readonly status: VolumeStatus
  readonly bootable?: boolean
  readonly multiattach?: boolean
  readonly iops?: number
  readonly throughput?: number
  readonly imageId?: string
  readonly description?: string
  readonly metadata?: Record<string, string>
  readonly tags?: Record<string, string>
  readonly attachments?: Attachment[]
}

export function newVolume({ now, ...wish }: VolumeWish): Volume {
  return {
    created: now,
    updated: now,
    bootable: false,
    multiattach: false,
    enterpriseProjectId: '0',
    description: '',
    metadata: {},
    tags: {},
    attachments: [],
    ...wish,
  }
}

/** `/dev/vda` to `/dev/vdz`, then `/dev/vdaa` and on. */
export function deviceAt(index: number): string {
  const letter = (value: number) => String.fromCharCode(97 + value)
  return `/dev/vd${index < 26 ? letter(index) : letter(Math.floor(index / 26) - 1) + letter(index % 26)}`
}
