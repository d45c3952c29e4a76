import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { contains, readBlock } from './cidr.ts'
import type { Vpc } from './networks.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import { pageAfterMarker } from './vpc-page.ts'
import type { World } from './world.ts'

export function listVpcs({ project, query }: Ask, world: World): Answer {
  const vpcs = [...world.holdings(project).vpcs.values()].filter(
    (vpc) =>
      (query.get('id') ?? vpc.id) === vpc.id &&
      [vpc.enterpriseProjectId, 'all_granted_eps'].includes(
        query.get('enterprise_project_id') ?? vpc.enterpriseProjectId,
      ),
  )
  return ok({ vpcs: pageAfterMarker(vpcs, query, 'VPC.0101').map(viewOf) })
}

export function showVpc({ project, params }: Ask, world: World): Answer {
  return ok({ vpc: viewOf(vpcWithId(world.holdings(project).vpcs, params.vpc_id)) })
}

const Body = Compile(
  Type.Object({
    vpc: Type.Object({
      name: Type.Optional(Type.String({ maxLength: 64, pattern: '^[\\p{L}\\p{N}_.-]*$' })),
      cidr: Type.Optional(Type.String()),
      description: Type.Optional(Type.String({ maxLength: 255, pattern: '^[^<>]*$' })),
      enterprise_project_id: Type.Optional(Type.String()),
    }),
  }),
)

/** The private ranges; a VPC lies in one of them. */
const ranges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(readBlock)

export function createVpc(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!Body.Check(body)) throw new Refusal(400, 'VPC.0101', 'The VPC parameters are invalid.')
  const { name = '', cidr = '', description = '', enterprise_project_id = '0' } = body.vpc
  if (cidr !== '' && !isAllowed(cidr)) throw new Refusal(400, 'VPC.0101', `The cidr ${cidr} is invalid.`)
  const { vpcs } = world.holdings(ask.project)
  if (vpcs.size >= QUOTA) throw new Refusal(409, 'VPC.0114', "Quota exceeded for resources: ['router'].")
  const vpc: Vpc = {
    id: world.outside.uuid(),
    name,
    description,
    cidr,
    enterpriseProjectId: enterprise_project_id,
  }
  vpcs.set(vpc.id, vpc)
  return ok({ vpc: { ...viewOf(vpc), status: 'CREATING' } })
}

const QUOTA = 150
const SMALLEST = 28

function isAllowed(cidr: string): boolean {
  const block = readBlock(cidr)
  return (
    block !== undefined &&
    block.bits <= SMALLEST &&
    ranges.some((range) => range !== undefined && contains(range, block))
  )
}

export function deleteVpc({ project, params }: Ask, world: World): Answer {
  const { vpcs, subnets } = world.holdings(project)
  const vpc = vpcWithId(vpcs, params.vpc_id)
  if ([...subnets.values()].some(({ vpcId }) => vpcId === vpc.id))
    throw new Refusal(409, 'VPC.0104', 'The VPC contains subnets and cannot be deleted.')
  vpcs.delete(vpc.id)
  return nothing()
}

export function vpcWithId(vpcs: ReadonlyMap<string, Vpc>, id = ''): Vpc {
  const vpc = vpcs.get(id)
  if (!vpc) throw new Refusal(404, 'VPC.0003', `VPC ${id} does not exist.`)
  return vpc
}

function viewOf(vpc: Vpc) {
  return {
    id: vpc.id,
    name: vpc.name,
    description: vpc.description,
    cidr: vpc.cidr,
    status: 'OK',
    enterprise_project_id: vpc.enterpriseProjectId,
    routes: [],
  }
}
