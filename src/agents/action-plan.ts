import Type, { type Static } from 'typebox'
import { picked } from './picked.ts'
import type { Plan } from './plan.ts'
import { id, input, regionId, type Use } from './tool.ts'

const MOST = 20

export const instanceIds = Type.Array(id(), { minItems: 1, maxItems: MOST, uniqueItems: true })

export const actionInput = input({
  action: Type.Enum(['stop', 'reboot', 'terminate']),
  instanceIds,
  regionId,
  hard: Type.Optional(Type.Boolean({ description: 'Stop, reboot: pull the plug.' })),
  deletePublicIp: Type.Optional(Type.Boolean({ description: 'Terminate: release their addresses too.' })),
  deleteVolume: Type.Optional(Type.Boolean({ description: 'Terminate: delete their data disks too.' })),
})

type Action = Static<typeof actionInput>

export const serversOf = (ids: readonly string[]) => ids.map((id) => ({ id }))

/** The exact call. */
export function actionPlan({ action, instanceIds: ids, regionId: region, ...how }: Action): Plan {
  const { hard, deletePublicIp, deleteVolume } = how
  return {
    action,
    regionId: region ?? '',
    count: ids.length,
    call: {
      method: 'PUT',
      path: `/api/instances/${action}`,
      body: {
        regionId: region,
        servers: serversOf(ids),
        ...(action === 'terminate' ? { deletePublicIp, deleteVolume } : { type: hard ? 'HARD' : 'SOFT' }),
      },
    },
  }
}

/** Which instances these are, one after the other: the first that is not there ends it. */
export async function actionFacts(
  { instanceIds: ids, regionId: region, action: _, ...how }: Action,
  { call }: Use,
): Promise<Record<string, unknown>> {
  const instances: unknown[] = []
  for (const instanceId of ids) {
    const path = `/api/instances/${instanceId}`
    const { server } = await call({ method: 'GET', path, query: { regionId: region } })
    instances.push(picked(server, ['id', 'name', 'status']))
  }
  return { instances, ...how }
}
