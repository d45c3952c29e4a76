import Type from 'typebox'
import { Compile } from './check.ts'
import { type PrivateIp, releaseAddress, takeAddress } from './networks.ts'
import { refuseAddress } from './port-acts.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { pageAfterMarker } from './vpc-page.ts'
import { subnetWithId } from './vpc-subnets.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_privateip_0001.html */
export const privateIpRows: readonly Row[] = [
  {
    name: 'ListPrivateips',
    method: 'GET',
    path: '/v1/{project_id}/subnets/{subnet_id}/privateips',
    handle: listPrivateIps,
  },
  {
    name: 'ShowPrivateip',
    method: 'GET',
    path: '/v1/{project_id}/privateips/{privateip_id}',
    handle: showPrivateIp,
  },
  {
    name: 'CreatePrivateip',
    method: 'POST',
    path: '/v1/{project_id}/privateips',
    handle: createPrivateIps,
  },
  {
    name: 'DeletePrivateip',
    method: 'DELETE',
    path: '/v1/{project_id}/privateips/{privateip_id}',
    handle: deletePrivateIp,
  },
]

/** Of ports too: with the port's own id, and saying what it belongs to. */
function listPrivateIps({ project, params, query }: Ask, world: World): Answer {
  const { subnets, ports, privateIps } = world.holdings(project)
  const subnet = subnetWithId(subnets, params.subnet_id)
  const rows = [...subnet.taken].flatMap(([address, owner]) => {
    if (privateIps.has(owner)) return [viewOf({ id: owner, subnetId: subnet.id, address }, project.id, '')]
    const port = ports.get(owner)
    return port ? [viewOf({ id: owner, subnetId: subnet.id, address }, project.id, port.deviceOwner)] : []
  })
  return ok({ privateips: pageAfterMarker(rows, query, 'VPC.0701') })
}

function showPrivateIp({ project, params }: Ask, world: World): Answer {
  return ok({ privateip: viewOf(privateIpWithId(world, project, params.privateip_id), project.id, '') })
}

function privateIpWithId(world: World, project: Ask['project'], id = ''): PrivateIp {
  const found = world.holdings(project).privateIps.get(id)
  if (!found) throw new Refusal(404, 'VPC.0704', `Private IP ${id} does not exist.`)
  return found
}

const Body = Compile(
  Type.Object({
    privateips: Type.Array(
      Type.Object({ subnet_id: Type.String(), ip_address: Type.Optional(Type.String()) }),
      { minItems: 1, maxItems: 1_000 },
    ),
  }),
)

/** All of them or none. */
function createPrivateIps(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!Body.Check(body)) throw new Refusal(400, 'VPC.0702', 'The private IP parameters are invalid.')
  const { subnets, privateIps } = world.holdings(ask.project)
  const made: PrivateIp[] = []
  try {
    for (const { subnet_id, ip_address } of body.privateips) {
      const subnet = subnetWithId(subnets, subnet_id)
      if (ip_address) refuseAddress(subnet, ip_address)
      const id = world.outside.uuid()
      const address = ip_address || takeAddress(subnet, id)
      if (!address) throw new Refusal(409, 'VPC.0703', 'No more IP addresses available on the subnet.')
      subnet.taken.set(address, id)
      const privateIp = { id, subnetId: subnet.id, address }
      privateIps.set(id, privateIp)
      made.push(privateIp)
    }
  } catch (thrown) {
    for (const { id, subnetId, address } of made) {
      privateIps.delete(id)
      const subnet = subnets.get(subnetId)
      if (subnet) releaseAddress(subnet, address)
    }
    throw thrown
  }
  return ok({ privateips: made.map((privateIp) => viewOf(privateIp, ask.project.id, '')) })
}

function deletePrivateIp({ project, params }: Ask, world: World): Answer {
  const { subnets, privateIps } = world.holdings(project)
  const { id, subnetId, address } = privateIpWithId(world, project, params.privateip_id)
  privateIps.delete(id)
  const subnet = subnets.get(subnetId)
  if (subnet) releaseAddress(subnet, address)
  return nothing()
}

function viewOf({ id, subnetId, address }: PrivateIp, projectId: string, owner: string) {
  return {
    status: owner === '' ? 'DOWN' : 'ACTIVE',
    id,
    subnet_id: subnetId,
    tenant_id: projectId,
    device_owner: owner,
    ip_address: address,
  }
}
