import type { Route } from '../route.ts'
import { rebootInstances, startInstances, stopInstances, terminateInstances } from './actions.ts'
import { createInstances } from './create.ts'
import { createImage, deleteImage, listImages, showImage } from './images.ts'
import { openInstanceConsole, setInstancePassword, showInstance, updateInstance } from './instance.ts'
import { addInstanceTags, deleteInstanceTag, listInstanceTags } from './instance-tags.ts'
import { attachInstanceVolume, detachInstanceVolume, listInstanceVolumes } from './instance-volumes.ts'
import { jobEventStream, showJob } from './jobs.ts'
import { createKeypair, deleteKeypair, listKeypairs } from './keypairs.ts'
import {
  listAvailabilityZones,
  listInstances,
  listInstanceTypes,
  listProjects,
  listVolumes,
} from './lists.ts'
import { bindPublicIp, createPublicIp, deletePublicIp, listPublicIps, unbindPublicIp } from './public-ips.ts'
import { showQuotas } from './quotas.ts'
import { listRegions } from './regions.ts'
import { listResizeTypes, resizeInstance } from './resize.ts'
import {
  addSecurityGroupRule,
  createSecurityGroup,
  deleteSecurityGroup,
  deleteSecurityGroupRule,
  listSecurityGroups,
} from './security-groups.ts'
import { createSubnet, deleteSubnet, listSubnets } from './subnets.ts'
import { createVpc, deleteVpc, listVpcs } from './vpcs.ts'

/** The whole API, in the order of its documentation. */
export const routes: readonly Route[] = [
  listRegions,

  listImages,
  showImage,
  createImage,
  deleteImage,

  listInstanceTypes,

  createInstances,
  listInstances,
  startInstances,
  stopInstances,
  rebootInstances,
  terminateInstances,
  showInstance,
  updateInstance,
  listResizeTypes,
  resizeInstance,
  setInstancePassword,
  openInstanceConsole,
  listInstanceTags,
  addInstanceTags,
  deleteInstanceTag,
  listInstanceVolumes,
  attachInstanceVolume,
  detachInstanceVolume,
  listVolumes,

  showJob,
  jobEventStream,

  listVpcs,
  createVpc,
  deleteVpc,
  listSubnets,
  createSubnet,
  deleteSubnet,
  listSecurityGroups,
  createSecurityGroup,
  deleteSecurityGroup,
  addSecurityGroupRule,
  deleteSecurityGroupRule,
  listPublicIps,
  createPublicIp,
  deletePublicIp,
  bindPublicIp,
  unbindPublicIp,

  listProjects,
  listAvailabilityZones,
  listKeypairs,
  createKeypair,
  deleteKeypair,
  showQuotas,
]
