import type { Detail } from './refusal.ts'

/** What a server is doing; a second thing is refused until the job is done. */
export interface Task {
  readonly jobId: string
  readonly kind: 'create' | 'delete' | 'start' | 'stop' | 'reboot'
  readonly hard?: boolean
  readonly deletePublicIp?: boolean | undefined
  readonly deleteVolume?: boolean
}

export interface Nic {
  readonly portId: string
  readonly subnetId: string
  readonly address: string
  readonly mac: string
}

export interface Volume {
  readonly id: string
  readonly device: string
  readonly bootIndex: number
  readonly size: number
  readonly type: string
  readonly deleteWithServer: boolean
}

export interface Server {
  readonly id: string
  readonly launchIndex: number
  readonly reservationId: string
  readonly instanceName: string
  readonly created: number
  readonly imageId: string
  readonly flavor: { id: string; vcpus: number; ram: number }
  readonly vpcId: string
  readonly zone: string
  readonly nics: readonly Nic[]
  readonly volumes: readonly Volume[]
  readonly securityGroups: readonly { id: string; name: string }[]
  readonly chargingMode: '0' | '1' | '2'
  readonly keyName: string
  readonly userData: string | null
  readonly schedulerHints: Readonly<Record<string, readonly string[]>>
  readonly enterpriseProjectId: string
  readonly autoTerminateTime: string
  name: string
  hostname: string
  description: string
  metadata: Record<string, string>
  /** As shown: `key=value`, and the system's own without a value. */
  tags: string[]
  publicIp?: { id: string; address: string }
  locked: boolean
  vmState: 'building' | 'active' | 'stopped' | 'error'
  task?: Task
  updated: number
  launched?: number
  fault?: { message: string; at: number; details: readonly Detail[] }
}

/** The status and task others see, which are not what the server is but a reading of it. */
export interface Reading {
  status: 'BUILD' | 'ACTIVE' | 'SHUTOFF' | 'REBOOT' | 'HARD_REBOOT' | 'ERROR'
  taskState: string | null
  powerState: 0 | 1 | 4
}

const buildSteps = ['scheduling', 'block_device_mapping', 'networking', 'spawning']

/**
 * Starting, stopping and deleting show in the task alone; only rebooting has a status of its own:
 * https://support.huaweicloud.com/api-ecs/ecs_08_0002.html
 */
export function readingOf(server: Server, progress: number): Reading {
  const { task } = server
  switch (server.vmState) {
    case 'building': {
      const step = buildSteps[Math.min(buildSteps.length - 1, Math.floor(progress * buildSteps.length))]
      return { status: 'BUILD', taskState: step ?? null, powerState: 0 }
    }
    case 'error':
      return { status: 'ERROR', taskState: taskStateOf(task), powerState: 0 }
    case 'active':
    case 'stopped': {
      const powerState = server.vmState === 'active' ? 1 : 4
      if (task?.kind === 'reboot')
        return { status: task.hard ? 'HARD_REBOOT' : 'REBOOT', taskState: taskStateOf(task), powerState }
      return {
        status: server.vmState === 'active' ? 'ACTIVE' : 'SHUTOFF',
        taskState: taskStateOf(task),
        powerState,
      }
    }
  }
}

function taskStateOf(task: Task | undefined): string | null {
  switch (task?.kind) {
    case 'start':
      return 'powering-on'
    case 'stop':
      return 'powering-off'
    case 'reboot':
      return task.hard ? 'rebooting_hard' : 'rebooting'
    case 'delete':
      return 'deleting'
    default:
      return null
  }
}

/** Whether the server may do this now; if not, its job fails with Ecs.0100. */
export function mayBegin(server: Server, kind: Task['kind'], hard = false): boolean {
  if (server.task) return false
  switch (kind) {
    case 'start':
      return server.vmState === 'stopped'
    case 'stop':
      return server.vmState === 'active' || server.vmState === 'error'
    case 'reboot':
      return server.vmState === 'active' || (hard && server.vmState !== 'building')
    case 'delete':
      return true
    case 'create':
      return false
  }
}
