import Type from 'typebox'
import { Compile } from './check.ts'
import type { Holdings } from './holdings.ts'
import { listOf, neutronRow, readOne } from './neutron.ts'
import {
  changePort,
  dropPort,
  invalidPort,
  makePort,
  NewPortFields,
  PortFields,
  portWithId,
} from './port-acts.ts'
import type { Port } from './ports.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { plainTime } from './vpc-common.ts'
import { portFacts } from './vpc-ports.ts'
import { groupWithId } from './vpc-rule-checks.ts'
import type { World } from './world.ts'

const LIST = '/v2.0/ports'
const ONE = '/v2.0/ports/{port_id}'

export const neutronPortRows: readonly Row[] = [
  neutronRow('NeutronListPorts', 'GET', LIST, listPorts),
  neutronRow('NeutronShowPort', 'GET', ONE, showPort),
  neutronRow('NeutronCreatePort', 'POST', LIST, createPort),
  neutronRow('NeutronUpdatePort', 'PUT', ONE, updatePort, 'no change of address or device'),
  neutronRow('NeutronDeletePort', 'DELETE', ONE, deletePort),
]

function listPorts(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  return ok(listOf(ask, 'ports', holdings.ports.values(), (port) => viewOf(port, holdings)))
}

function showPort(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  return ok({ port: viewOf(portWithId(holdings, ask.params.port_id), holdings) })
}

const NewFields = Compile(
  Type.Object({ ...NewPortFields, 'binding:vnic_type': Type.Optional(Type.Literal('normal')) }),
)
const Fields = Compile(Type.Object(PortFields))
const known = Object.keys(PortFields)
const knownOfNew = [...Object.keys(NewPortFields), 'binding:vnic_type', 'tenant_id', 'project_id']

function createPort(ask: Ask, world: World): Answer {
  const wanted = readOne(ask, 'port', knownOfNew)
  if (!NewFields.Check(wanted)) throw invalidPort()
  const holdings = world.holdings(ask.project)
  return ok({ port: viewOf(makePort(wanted, holdings, world), holdings) }, 201)
}

function updatePort(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const port = portWithId(holdings, ask.params.port_id)
  const wanted = readOne(
    ask,
    'port',
    known.filter((name) => name !== 'device_owner'),
  )
  if (!Fields.Check(wanted)) throw invalidPort()
  for (const id of wanted.security_groups ?? []) groupWithId(holdings.securityGroups, id)
  changePort(port, wanted, world)
  return ok({ port: viewOf(port, holdings) })
}

function deletePort(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  dropPort(portWithId(holdings, ask.params.port_id), holdings)
  return nothing()
}

function viewOf(port: Port, holdings: Holdings) {
  return {
    ...portFacts(port, holdings),
    project_id: holdings.project.id,
    created_at: plainTime(port.created),
    updated_at: plainTime(port.updated),
  }
}
