import Type from 'typebox'
import { Compile } from './check.ts'
import type { Holdings } from './holdings.ts'
import type { Subnet, Vpc } from './networks.ts'
import { invalidInput, listOf, neutronRefusal, neutronRow, readOne } from './neutron.ts'
import { subnetWithNeutronId } from './neutron-subnets.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { isStuck, plainTime } from './vpc-common.ts'
import { refuseSubnetIn } from './vpc-subnet-checks.ts'
import { closeVpc, openVpc, refuseVpcName, vpcWithId } from './vpc-vpcs.ts'
import type { World } from './world.ts'

const LIST = '/v2.0/routers'
const ONE = '/v2.0/routers/{router_id}'

/** A VPC by its other name. */
export const neutronRouterRows: readonly Row[] = [
  neutronRow('NeutronListRouters', 'GET', LIST, listRouters),
  neutronRow('NeutronShowRouter', 'GET', ONE, showRouter),
  neutronRow('NeutronCreateRouter', 'POST', LIST, createRouter),
  neutronRow('NeutronUpdateRouter', 'PUT', ONE, updateRouter, 'the name only'),
  neutronRow('NeutronDeleteRouter', 'DELETE', ONE, deleteRouter),
  neutronRow(
    'NeutronAddRouterInterface',
    'PUT',
    `${ONE}/add_router_interface`,
    addInterface,
    'by subnet, not by port',
  ),
  neutronRow(
    'NeutronRemoveRouterInterface',
    'PUT',
    `${ONE}/remove_router_interface`,
    removeInterface,
    'by subnet, not by port',
  ),
]

function listRouters(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  return ok(listOf(ask, 'routers', holdings.vpcs.values(), (vpc) => viewOf(vpc, ask.project.id)))
}

const routerOf = ({ params }: Ask, holdings: Holdings) => vpcWithId(holdings.vpcs, params.router_id)

function showRouter(ask: Ask, world: World): Answer {
  return ok({ router: viewOf(routerOf(ask, world.holdings(ask.project)), ask.project.id) })
}

const Fields = Compile(
  Type.Object({
    name: Type.Optional(Type.String({ maxLength: 64 })),
    admin_state_up: Type.Optional(Type.Literal(true)),
  }),
)
const known = ['name', 'admin_state_up']

function createRouter(ask: Ask, world: World): Answer {
  const wanted = readOne(ask, 'router', [...known, 'tenant_id', 'project_id'])
  if (!Fields.Check(wanted)) throw invalidInput('The router parameters are invalid.')
  const vpc = openVpc({ name: wanted.name ?? '' }, world.holdings(ask.project), world)
  return ok({ router: viewOf(vpc, ask.project.id) }, 201)
}

function updateRouter(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const vpc = routerOf(ask, holdings)
  const wanted = readOne(ask, 'router', known)
  if (!Fields.Check(wanted)) throw invalidInput('The router parameters are invalid.')
  refuseVpcName(wanted.name ?? '', holdings, vpc)
  vpc.name = wanted.name ?? vpc.name
  vpc.updated = world.outside.now()
  return ok({ router: viewOf(vpc, ask.project.id) })
}

function deleteRouter(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  closeVpc(routerOf(ask, holdings), holdings)
  return nothing()
}

const Interface = Compile(Type.Object({ subnet_id: Type.String() }, { additionalProperties: false }))

function subnetNamed(ask: Ask, holdings: Holdings): Subnet {
  const body = ask.object()
  if (!Interface.Check(body)) throw invalidInput('The body must hold a subnet_id.')
  return subnetWithNeutronId(holdings, body.subnet_id)
}

function addInterface(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const vpc = routerOf(ask, holdings)
  const subnet = subnetNamed(ask, holdings)
  if (isStuck(vpc.name)) throw invalidInput(`Router ${vpc.id} is not active.`)
  if (subnet.vpcId !== '')
    throw invalidInput(`Router ${subnet.vpcId} already has a port on subnet ${subnet.neutronSubnetId}.`)
  if (subnet.gatewayIp === '')
    throw invalidInput(`Subnet ${subnet.neutronSubnetId} must have a gateway IP to be on a router.`)
  refuseSubnetIn(vpc, subnet.cidr, holdings)
  subnet.vpcId = vpc.id
  return ok(interfaceOf(vpc, subnet, ask.project.id))
}

function removeInterface(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const vpc = routerOf(ask, holdings)
  const subnet = subnetNamed(ask, holdings)
  if (subnet.vpcId !== vpc.id)
    throw neutronRefusal('NotFound', `Router ${vpc.id} has no interface on subnet ${subnet.neutronSubnetId}.`)
  if (subnet.taken.size > 0)
    throw neutronRefusal('RouterInterfaceInUse', `Subnet ${subnet.neutronSubnetId} has ports in use.`)
  subnet.vpcId = ''
  return ok(interfaceOf(vpc, subnet, ask.project.id))
}

const interfaceOf = (vpc: Vpc, subnet: Subnet, projectId: string) => ({
  id: vpc.id,
  subnet_id: subnet.neutronSubnetId,
  tenant_id: projectId,
})

function viewOf(vpc: Vpc, projectId: string) {
  return {
    id: vpc.id,
    name: vpc.name,
    status: 'ACTIVE',
    admin_state_up: true,
    external_gateway_info: {},
    routes: vpc.routes,
    tenant_id: projectId,
    project_id: projectId,
    created_at: plainTime(vpc.created),
    updated_at: plainTime(vpc.updated),
  }
}
