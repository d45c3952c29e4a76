import { commonLimits } from './ecs-limits.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

export const novaShowLimits = ({ project }: Ask, world: World): Answer =>
  ok({ limits: { rate: [], absolute: commonLimits(world.holdings(project)) } })
