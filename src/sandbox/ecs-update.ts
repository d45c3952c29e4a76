import Type from 'typebox'
import { refuseDescription, refuseName, refuseUserData } from './ecs-create-words.ts'
import { type BatchFailure, BatchRefusal, invalid } from './ecs-refusals.ts'
import { metadataOf, viewOf } from './ecs-server-view.ts'
import { bodyReader, managedTargetOf, type Target, unmanageable } from './ecs-target.ts'
import type { Region } from './regions.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import type { World } from './world.ts'

const Text = Type.Optional(Type.String())
const readUpdate = bodyReader(
  Type.Object({
    server: Type.Object({ name: Text, description: Text, hostname: Text, user_data: Text }),
  }),
)

/** https://support.huaweicloud.com/api-ecs/ecs_02_0107.html; the guest hears of none of it. */
export function updateServer(ask: Ask, world: World): Answer {
  const { name, description, hostname, user_data } = readUpdate(ask).server
  if (name !== undefined) refuseName(name)
  if (description !== undefined) refuseDescription(description)
  if (hostname !== undefined && !/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(hostname))
    throw invalid(`hostname [${hostname}] is invalid.`)
  refuseUserData(user_data)
  const target = managedTargetOf(ask, world)
  const { server } = target
  server.name = name ?? server.name
  server.description = description ?? server.description
  server.hostname = hostname ?? server.hostname
  server.userData = user_data ?? server.userData
  server.updated = world.outside.now()
  return ok({ server: updatedView(target, ask.region, world) })
}

/** In Nova's manner: the image empty, the flavor by its links, versions of IP as numbers. */
function updatedView({ holdings, server }: Target, region: Region, world: World) {
  const view = viewOf(server, holdings, world)
  const base = `https://ecs.${region.id}.myhuaweicloud.com`
  const linksTo = (path: string) => [
    { rel: 'self', href: `${base}/v2/${holdings.project.id}/${path}` },
    { rel: 'bookmark', href: `${base}/${holdings.project.id}/${path}` },
  ]
  return {
    tenant_id: view.tenant_id,
    image: '',
    accessIPv4: '',
    accessIPv6: '',
    metadata: metadataOf(server),
    addresses: Object.fromEntries(
      Object.entries(view.addresses).map(([vpcId, addresses]) => [
        vpcId,
        addresses.map(({ version, addr }) => ({ version: Number(version), addr })),
      ]),
    ),
    created: view.created,
    hostId: view.hostId,
    flavor: { id: server.flavor.id, links: linksTo(`flavors/${server.flavor.id}`).slice(1) },
    'OS-DCF:diskConfig': 'MANUAL',
    user_id: view.user_id,
    name: server.name,
    progress: 0,
    links: linksTo(`servers/${server.id}`),
    id: server.id,
    updated: view.updated,
    locked: server.locked,
    description: server.description,
    tags: server.tags,
    status: view.status,
    'OS-EXT-SRV-ATTR:user_data': server.userData,
    'OS-EXT-SRV-ATTR:hostname': server.hostname,
  }
}

const readNames = bodyReader(
  Type.Object({
    name: Type.String(),
    servers: Type.Array(Type.Object({ id: Type.String() }), { minItems: 1, maxItems: 100 }),
    dry_run: Type.Optional(Type.Boolean()),
  }),
)

/** All get the same name. https://support.huaweicloud.com/api-ecs/ecs_02_1101.html */
export function batchUpdateServersName(ask: Ask, world: World): Answer {
  const { name, servers, dry_run } = readNames(ask)
  refuseName(name)
  const now = world.outside.now()
  return inBatch(ask, world, servers, dry_run, 'Ecs.0114', ({ server }) => {
    server.name = name
    server.updated = now
    return undefined
  })
}

/** One by one: what some cannot have does not stop the others. */
export function inBatch(
  ask: Ask,
  world: World,
  wanted: readonly { id: string }[],
  dryRun: boolean | undefined,
  missing: string,
  work: (target: Target) => { code: string; reason: string } | undefined,
): Answer {
  const holdings = world.holdings(ask.project)
  const failures: BatchFailure[] = []
  const served: { id: string }[] = []
  for (const id of new Set(wanted.map((each) => each.id))) {
    const server = holdings.servers.get(id)
    const failure = server
      ? (unmanageable({ holdings, server }) ?? (dryRun ? undefined : work({ holdings, server })))
      : { code: missing, reason: `Instance[${id}] could not be found.` }
    if (failure) failures.push({ id, error_code: failure.code, error_message: failure.reason })
    else served.push({ id })
  }
  if (failures.length > 0) throw new BatchRefusal(failures, dryRun ? [] : served)
  return dryRun ? nothing(202) : ok({ response: served })
}
