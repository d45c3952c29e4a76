import type { JobKindName } from './job-kinds.ts'
import type { Port } from './ports.ts'
import type { Detail } from './refusal.ts'

/** What a server is doing; a second thing is refused until the job is done. */
export interface Task {
  readonly jobId: string
  readonly kind: JobKindName
  readonly hard?: boolean
  readonly deletePublicIp?: boolean | undefined
  readonly deleteVolume?: boolean
}

export interface ServerFlavor {
  readonly id: string
  readonly vcpus: number
  readonly ram: number
}

/** Of the image a server was made from, as it was then. */
export interface SystemFacts {
  readonly imageName: string
  readonly osType: string
  readonly osBit: string
  readonly imageType: string
}

export interface Server {
  readonly id: string
  readonly launchIndex: number
  readonly reservationId: string
  readonly instanceName: string
  readonly created: number
  readonly zone: string
  /** The primary one first; the same objects stand in `holdings.ports`. Groups and public IPs are theirs. */
  readonly nics: Port[]
  readonly schedulerHints: Readonly<Record<string, readonly string[]>>
  readonly enterpriseProjectId: string
  vpcId: string
  imageId: string
  system: SystemFacts
  flavor: ServerFlavor
  /** The system disk first, then in the order in which they were attached. */
  volumeIds: string[]
  chargingMode: '0' | '1' | '2'
  keyName: string
  userData: string | null
  autoTerminateTime: string
  name: string
  hostname: string
  description: string
  metadata: Record<string, string>
  /** As shown: `key=value`, and the system's own without a value. */
  tags: string[]
  locked: boolean
  /** Of each core, when somebody has chosen. */
  cpuThreads?: 1 | 2
  metadataOptions?: { http_endpoint?: 'enabled' | 'disabled'; http_tokens?: 'optional' | 'required' }
  /** How often it has been moved to another host. */
  moves?: number
  vmState: 'building' | 'active' | 'stopped' | 'resized' | 'error'
  /** Only by Nova, where a new size is tried before it is kept. */
  resizedFrom?: { readonly flavor: ServerFlavor; readonly wasActive: boolean }
  task?: Task
  updated: number
  launched?: number
  fault?: { message: string; at: number; details: readonly Detail[] }
}

/** The status and task others see, which are not what the server is but a reading of it. */
export interface Reading {
  status:
    | 'BUILD'
    | 'ACTIVE'
    | 'SHUTOFF'
    | 'REBOOT'
    | 'HARD_REBOOT'
    | 'RESIZE'
    | 'VERIFY_RESIZE'
    | 'REVERT_RESIZE'
    | 'REBUILD'
    | 'MIGRATING'
    | 'ERROR'
  taskState: string | null
  powerState: 0 | 1 | 4
}

const steps: Partial<Record<JobKindName, readonly string[]>> = {
  create: ['scheduling', 'block_device_mapping', 'networking', 'spawning'],
  start: ['powering-on'],
  stop: ['powering-off'],
  delete: ['deleting'],
  resize: ['resize_prep', 'resize_migrating', 'resize_migrated', 'resize_finish'],
  revertResize: ['resize_reverting'],
  changeOs: ['rebuilding', 'rebuild_block_device_mapping', 'rebuild_spawning'],
  createImage: ['image_snapshot'],
}
const sameSteps: Partial<Record<JobKindName, JobKindName>> = {
  resizeMany: 'resize',
  novaResize: 'resize',
  reinstallOs: 'changeOs',
  // Of a stopped server: `migrating` is for those that go on running meanwhile.
  migrate: 'resize',
}

/**
 * Starting, stopping and deleting show in the task alone; rebooting and rebuilding have a status of their own:
 * https://support.huaweicloud.com/api-ecs/ecs_08_0002.html
 */
export function readingOf(server: Server, progress: number): Reading {
  const { task, vmState } = server
  const taskState = taskStateOf(task, progress)
  if (vmState === 'building') return { status: 'BUILD', taskState, powerState: 0 }
  return { status: statusOf(server), taskState, powerState: powerOf(server) }
}

function powerOf({ vmState, resizedFrom }: Server): Reading['powerState'] {
  if (vmState === 'active' || (vmState === 'resized' && resizedFrom?.wasActive)) return 1
  return vmState === 'stopped' || vmState === 'resized' ? 4 : 0
}

function statusOf({ task, vmState }: Server): Reading['status'] {
  // What does not run is rebooted out of its state, as in Nova, and has no status for it.
  const isRebooting = task?.kind === 'reboot' && vmState === 'active'
  if (isRebooting) return task.hard ? 'HARD_REBOOT' : 'REBOOT'
  switch (task && (sameSteps[task.kind] ?? task.kind)) {
    case 'resize':
      return 'RESIZE'
    case 'revertResize':
      return 'REVERT_RESIZE'
    case 'changeOs':
      return 'REBUILD'
    default:
      if (vmState === 'resized') return 'VERIFY_RESIZE'
      return vmState === 'active' ? 'ACTIVE' : vmState === 'stopped' ? 'SHUTOFF' : 'ERROR'
  }
}

function taskStateOf(task: Task | undefined, progress: number): string | null {
  if (!task) return null
  if (task.kind === 'reboot') return task.hard ? 'rebooting_hard' : 'rebooting'
  const names = steps[sameSteps[task.kind] ?? task.kind] ?? []
  return names[Math.min(names.length - 1, Math.floor(progress * names.length))] ?? null
}

/** Whether the server may do this now; if not, its job fails with Ecs.0100. */
export function mayBegin(server: Server, kind: JobKindName, hard = false): boolean {
  if (server.task) return false
  switch (kind) {
    case 'start':
    case 'migrate':
      return server.vmState === 'stopped'
    case 'stop':
      return server.vmState === 'active' || server.vmState === 'error'
    case 'reboot':
      return (
        server.vmState === 'active' || (hard && isUpOrDown(server)) || (hard && server.vmState === 'error')
      )
    case 'delete':
      return true
    default:
      return false
  }
}

/** Resizing and changing the OS want a stopped server, or leave to stop it. */
export const mayBeTakenDown = (server: Server, mode: string | undefined): boolean =>
  !server.task && (server.vmState === 'stopped' || (server.vmState === 'active' && mode === 'withStopServer'))

export const isUpOrDown = ({ vmState }: Server): boolean => vmState === 'active' || vmState === 'stopped'
