import { allows } from '../gateway/grants.ts'
import { ToolRefused } from './refused.ts'
import type { Tool, Use } from './tool.ts'

/** Keys without a token may do all that Huawei Cloud lets them. */
const hasScope = (needed: Tool['scope'], { grant }: Pick<Use, 'grant'>) =>
  grant === undefined || allows(grant, needed)

export const isPermitted = ({ writes, scope }: Tool, use: Pick<Use, 'grant' | 'manners'>): boolean =>
  (!writes || use.manners.allowsWrites) && hasScope(scope, use)

/** Fails with {@link ToolRefused}. */
export function needPermission({ writes, scope }: Tool, use: Pick<Use, 'grant' | 'manners'>): void {
  if (writes && !use.manners.allowsWrites)
    throw new ToolRefused(
      'READ_ONLY',
      'This server only reads for agents.',
      'Whoever runs it can allow writes: `mcp --allow-writes`, or HCA_MCP_WRITES=on for a gateway.',
    )
  needScope(scope, use)
}

export function needScope(scope: Tool['scope'], use: Pick<Use, 'grant'>): void {
  if (hasScope(scope, use)) return
  throw new ToolRefused(
    'SCOPE_TOO_SMALL',
    `This needs a token of scope ${scope}.`,
    'Whoever runs this server can give you one.',
  )
}
