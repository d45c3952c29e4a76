import { finishImage, imageEntities } from './finish-images.ts'
import { finishAddNic, finishChangeVpc, finishRemoveNic } from './finish-nics.ts'
import { finishNovaResize, finishRevertResize } from './finish-nova-resize.ts'
import { finishRebuild } from './finish-os.ts'
import { finishPublicIp, publicIpEntities } from './finish-public-ips.ts'
import {
  finishCreate,
  finishDelete,
  finishMigrate,
  finishResize,
  finishStart,
  finishStop,
} from './finish-servers.ts'
import {
  finishAttach,
  finishCreateVolume,
  finishDeleteVolume,
  finishDetach,
  finishExtendVolume,
  volumeEntities,
} from './finish-volumes.ts'
import type { Holdings } from './holdings.ts'
import type { Job, JobPart } from './jobs.ts'
import type { ServiceName } from './service.ts'

/** One kind of work. Jobs are plain data; all that knows what to do with them stands here. */
export interface JobKind {
  readonly type: string
  /** Of the sub jobs; without it the job has one target, whose ids stand right in its entities. */
  readonly partType?: string
  /** Whose host answers for the job. */
  readonly service: ServiceName
  /** How long it takes by the clock. */
  readonly ms: number
  /** Called once for each part, failed ones too. Chance has been drawn before, when the job began. */
  readonly finish: (holdings: Holdings, job: Job, part: JobPart, at: number) => void
  /** What is shown of a part, when it is more than the ids in it. `progress` is from 0 to 1. */
  readonly entities?: (holdings: Holdings, part: JobPart, progress: number) => Record<string, unknown>
}

// Only named functions in here: ones written in place would make the type of the table depend on itself.
export const jobKinds = {
  create: {
    type: 'createServer',
    partType: 'createSingleServer',
    service: 'ecs',
    ms: 6_000,
    finish: finishCreate,
  },
  delete: {
    type: 'deleteServer',
    partType: 'deleteSingleServer',
    service: 'ecs',
    ms: 3_000,
    finish: finishDelete,
  },
  start: { type: 'bulkStartServer', partType: 'startServer', service: 'ecs', ms: 2_000, finish: finishStart },
  stop: { type: 'bulkStopServer', partType: 'stopServer', service: 'ecs', ms: 2_000, finish: finishStop },
  reboot: {
    type: 'bulkRebootServer',
    partType: 'rebootServer',
    service: 'ecs',
    ms: 2_000,
    finish: finishStart,
  },
  resize: { type: 'resizeServer', service: 'ecs', ms: 5_000, finish: finishResize },
  resizeMany: {
    type: 'batchResizeServer',
    partType: 'resizeServer',
    service: 'ecs',
    ms: 5_000,
    finish: finishResize,
  },
  novaResize: { type: 'resizeServer', service: 'ecs', ms: 5_000, finish: finishNovaResize },
  revertResize: { type: 'revertResizeServer', service: 'ecs', ms: 3_000, finish: finishRevertResize },
  changeOs: { type: 'changeOs', service: 'ecs', ms: 8_000, finish: finishRebuild },
  reinstallOs: { type: 'reinstallOs', service: 'ecs', ms: 8_000, finish: finishRebuild },
  migrate: { type: 'coldMigrateServer', service: 'ecs', ms: 5_000, finish: finishMigrate },
  attachVolume: { type: 'attachVolume', service: 'ecs', ms: 2_000, finish: finishAttach },
  detachVolume: { type: 'detachVolume', service: 'ecs', ms: 2_000, finish: finishDetach },
  attachShared: {
    type: 'batchAttachVolume',
    partType: 'attachVolume',
    service: 'ecs',
    ms: 2_000,
    finish: finishAttach,
  },
  detachShared: {
    type: 'batchDetachVolume',
    partType: 'detachVolume',
    service: 'ecs',
    ms: 2_000,
    finish: finishDetach,
  },
  addNic: { type: 'addNic', service: 'ecs', ms: 2_000, finish: finishAddNic },
  addNics: { type: 'addNics', partType: 'addNic', service: 'ecs', ms: 2_000, finish: finishAddNic },
  removeNic: { type: 'delNic', service: 'ecs', ms: 2_000, finish: finishRemoveNic },
  removeNics: { type: 'delNics', partType: 'delNic', service: 'ecs', ms: 2_000, finish: finishRemoveNic },
  changeVpc: { type: 'changeVpc', service: 'ecs', ms: 3_000, finish: finishChangeVpc },
  createPublicIps: {
    type: 'createPublicips',
    partType: 'createPublicip',
    service: 'vpc',
    ms: 1_000,
    finish: finishPublicIp,
    entities: publicIpEntities,
  },
  deletePublicIp: {
    type: 'deletePublicip',
    service: 'vpc',
    ms: 1_000,
    finish: finishPublicIp,
    entities: publicIpEntities,
  },
  disassociatePublicIp: {
    type: 'disassociatePublicip',
    service: 'vpc',
    ms: 1_000,
    finish: finishPublicIp,
    entities: publicIpEntities,
  },
  createVolume: {
    type: 'createVolume',
    service: 'evs',
    ms: 4_000,
    finish: finishCreateVolume,
    entities: volumeEntities,
  },
  createVolumes: {
    type: 'batchCreateVolume',
    partType: 'createVolume',
    service: 'evs',
    ms: 4_000,
    finish: finishCreateVolume,
    entities: volumeEntities,
  },
  extendVolume: {
    type: 'extendVolume',
    service: 'evs',
    ms: 2_000,
    finish: finishExtendVolume,
    entities: volumeEntities,
  },
  deleteVolume: {
    type: 'deleteVolume',
    service: 'evs',
    ms: 2_000,
    finish: finishDeleteVolume,
    entities: volumeEntities,
  },
  createImage: {
    type: 'createImageByInstance',
    service: 'ims',
    ms: 10_000,
    finish: finishImage,
    entities: imageEntities,
  },
  createDataImage: {
    type: 'createImageByVolume',
    service: 'ims',
    ms: 10_000,
    finish: finishImage,
    entities: imageEntities,
  },
  copyImage: {
    type: 'copyImageInRegion',
    service: 'ims',
    ms: 5_000,
    finish: finishImage,
    entities: imageEntities,
  },
} satisfies Record<string, JobKind>

export type JobKindName = keyof typeof jobKinds

export const kindOf = (name: JobKindName): JobKind => jobKinds[name]
