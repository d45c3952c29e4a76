import { createHmac } from 'node:crypto'
import { approvalBook } from './agents/approval-book.ts'
import { ifInstalled } from './agents/sdk.ts'
import type { AgentDoor, Agents } from './gateway/agent-door.ts'
import type { Approvals } from './gateway/approvals.ts'
import { type Logger, shownError } from './gateway/log.ts'
import { identifier } from './huaweicloud/caller.ts'
import type { Outside } from './outside.ts'
import { VERSION } from './version.ts'

/** What all processes that serve together have in common. */
export interface AgentsTogether {
  readonly namingKey: string
  readonly approvals: Approvals
}

const APPROVE_BY =
  'Ask the person to approve it in the console of this gateway, signed in with the keys behind your token.'

/** Serves agents at `/mcp`. What speaks MCP is loaded for the first of them. */
export function agentsFor(
  { agentWrites }: { agentWrites: boolean },
  outside: Outside,
  log: Logger,
  { namingKey, approvals }: AgentsTogether,
): Agents {
  let door: Promise<AgentDoor | undefined> | undefined
  const load = () =>
    ifInstalled(async () => {
      const { agentHttp } = await import('./agents/http.ts')
      return agentHttp({
        manners: { allowsWrites: agentWrites, approveBy: () => APPROVE_BY },
        approvals,
        outside,
        version: VERSION,
        signingKey: createHmac('sha256', namingKey).update('agents').digest('base64'),
        report: (error) => log.error({ error: shownError(error) }, 'unexpected error in a tool'),
      })
    })
  return {
    approvals,
    identify: identifier(namingKey),
    door() {
      door ??= load()
      return door
    },
  }
}

export const newBook = (outside: Outside): Approvals => approvalBook(outside)
