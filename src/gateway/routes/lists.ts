import { listFlavors, listServersDetails } from '../../huaweicloud/ecs.ts'
import { listAvailabilityZones as availabilityZones } from '../../huaweicloud/ecs-account.ts'
import { listVolumes as volumes } from '../../huaweicloud/evs.ts'
import { listProjects as projects } from '../../huaweicloud/iam.ts'
import { availabilityZone } from '../shapes/availability-zone.ts'
import { flavor } from '../shapes/flavor.ts'
import { project } from '../shapes/project.ts'
import { listedServer } from '../shapes/server.ts'
import { volume } from '../shapes/volume.ts'
import { listRoute } from './list-route.ts'

export const listInstanceTypes = listRoute({
  path: '/api/instance-types',
  name: 'listInstanceTypes',
  tag: 'instance-types',
  operation: listFlavors,
  summary: 'Instance types (flavors), the sold-out ones too.',
  item: flavor,
  more: { cached: 'flavors' },
})

export const listInstances = listRoute({
  path: '/api/instances',
  name: 'listInstances',
  tag: 'instances',
  operation: listServersDetails,
  summary: 'Instances with all their details; `offset` is a page number.',
  item: listedServer,
})

export const listVolumes = listRoute({
  path: '/api/volumes',
  name: 'listVolumes',
  tag: 'instances',
  operation: volumes,
  summary: 'Disks, attached or not; here `offset` counts rows.',
  item: volume,
})

export const listAvailabilityZones = listRoute({
  path: '/api/availability-zones',
  name: 'listAvailabilityZones',
  tag: 'account',
  operation: availabilityZones,
  summary: 'Availability zones of the region.',
  item: availabilityZone,
})

export const listProjects = listRoute({
  path: '/api/projects',
  name: 'listProjects',
  tag: 'account',
  operation: projects,
  summary: 'Projects of the account: one for each opened region.',
  item: project,
  narrowedBy: 'name',
  // Projects belong to the account, so no region is needed; one given is asked for its own answer.
  more: { needs: 'global' },
})
