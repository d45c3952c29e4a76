import { listFlavors, listServersDetails } from '../../huaweicloud/ecs.ts'
import { listProjects } from '../../huaweicloud/iam.ts'
import { listImages } from '../../huaweicloud/ims.ts'
import { listSubnets, listVpcs } from '../../huaweicloud/vpc.ts'
import type { Route } from '../route.ts'
import { shape, text } from '../shapes/shape.ts'
import { listRoute } from './list-route.ts'

const item = shape({ id: text, name: text })

export const lists: Route[] = [
  listRoute({
    path: '/api/images',
    name: 'listImages',
    tag: 'images',
    operation: listImages,
    summary: 'Images, 25 a page; `next` holds the marker of the following one.',
    item,
  }),
  listRoute({
    path: '/api/instance-types',
    name: 'listInstanceTypes',
    tag: 'instance-types',
    operation: listFlavors,
    summary: 'Instance types (flavors), the sold-out ones too.',
    item,
  }),
  listRoute({
    path: '/api/instances',
    name: 'listInstances',
    tag: 'instances',
    operation: listServersDetails,
    summary: 'Instances with all their details; `offset` is a page number.',
    item,
  }),
  listRoute({
    path: '/api/vpcs',
    name: 'listVpcs',
    tag: 'networks',
    operation: listVpcs,
    summary: 'Networks (VPCs): a create wants the id of one.',
    item,
  }),
  listRoute({
    path: '/api/subnets',
    name: 'listSubnets',
    tag: 'networks',
    operation: listSubnets,
    summary: 'Subnets: a create wants the id of one for each network card.',
    item,
  }),
  listRoute({
    path: '/api/projects',
    name: 'listProjects',
    tag: 'account',
    operation: listProjects,
    summary: 'Projects of the account: one for each opened region.',
    item,
    // Projects belong to the account, so no region is needed; one given is asked for its own answer.
    more: { needs: 'global' },
  }),
]
