import { createHmac } from 'node:crypto'
import { approvalBook } from './agents/approval-book.ts'
import { ifInstalled } from './agents/sdk.ts'
import type { AgentDoor, Agents } from './gateway/agent-door.ts'
import type { Approvals } from './gateway/approvals.ts'
import { type Logger, shownError } from './gateway/log.ts'
import { identifier } from './huaweicloud/caller.ts'
import type { Outside } from './outside.ts'
import type { Settings } from './settings.ts'
import { VERSION } from './version.ts'

/** What all processes that serve together have in common. */
export interface AgentsTogether {
  readonly namingKey: string
  readonly approvals: Approvals
}

/** Keys without a token are the same in an agent's hand and in a person's. */
const approveBy = (id: string, byToken: boolean) =>
  byToken
    ? `Ask the person to approve ${id} in the console of this gateway, or with \`huawei-cloud-api approve ${id} --gateway\` and its address; either with the keys behind your token.`
    : 'It cannot be approved like this: you came with keys, which anybody who could approve has too. Ask the person to give you a gateway token, or a program that can ask them (MCP elicitation).'

/** Serves agents at `/mcp`. What speaks MCP is loaded for the first of them. */
export function agentsFor(
  { agentWrites, agentElicits }: Pick<Settings, 'agentWrites' | 'agentElicits'>,
  outside: Outside,
  log: Logger,
  { namingKey, approvals }: AgentsTogether,
): Agents {
  let door: Promise<AgentDoor | undefined> | undefined
  const load = () =>
    ifInstalled(async () => {
      const { agentHttp } = await import('./agents/http.ts')
      return agentHttp({
        manners: { allowsWrites: agentWrites, approveBy },
        elicits: agentElicits,
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
