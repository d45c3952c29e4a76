import { listFlavors, listServersDetails } from '../../huaweicloud/ecs.ts'
import type { Service } from '../../huaweicloud/endpoints.ts'
import { listProjects } from '../../huaweicloud/iam.ts'
import { listImages } from '../../huaweicloud/ims.ts'
import type { Operation } from '../../huaweicloud/operation.ts'
import { listSubnets, listVpcs } from '../../huaweicloud/vpc.ts'
import { noFields } from '../fields.ts'
import { type Route, route } from '../route.ts'

/** A list of Huawei's, passed on: its parameters go in as they are, its answer comes out as it is. */
const list = (path: string, operation: Operation, summary: string): Route =>
  route({
    method: 'GET',
    path,
    scope: 'read',
    needs: 'regional',
    service: operation.service as Service,
    summary,
    fields: noFields,
    passesOn: true,
    run: async ({ ask, passed }) => ({ answer: await ask(operation, { query: passed }) }),
  })

export const lists: Route[] = [
  list('/api/images', listImages, 'Images, 25 a page; `next` holds the marker of the following one.'),
  list('/api/instance-types', listFlavors, 'Instance types (flavors), the sold-out ones too.'),
  list('/api/instances', listServersDetails, 'Instances with all their details; `offset` is a page number.'),
  list('/api/vpcs', listVpcs, 'Networks (VPCs): a create wants the id of one.'),
  list('/api/subnets', listSubnets, 'Subnets: a create wants the id of one for each network card.'),
  // Projects belong to the account, so no region is needed; one given is asked for its own answer.
  {
    ...list('/api/projects', listProjects, 'Projects of the account: one for each opened region.'),
    needs: 'global',
  },
]
