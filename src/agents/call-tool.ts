import type { Approvals } from '../gateway/approvals.ts'
import type { Grant } from '../gateway/grants.ts'
import type { AskInside } from '../gateway/inside.ts'
import { nearest } from '../nearest.ts'
import { checkArguments } from './arguments.ts'
import { needPermission } from './permitted.ts'
import { refusalIn, ToolRefused } from './refused.ts'
import type { Session } from './session.ts'
import { type ToolResult, told, toldError, toldRefusal } from './told.ts'
import type { Manners, Tool, Use } from './tool.ts'
import { tools } from './tools.ts'

/** Who calls, as far as it is known before a tool is named. */
export interface Visitor {
  readonly manners: Manners
  readonly session: Session
  readonly account: string
  readonly grant?: Grant
  readonly approvals: Approvals
  readonly ask: AskInside
  readonly called?: (tool: string, outcome: 'ok' | 'error') => void
  /** Told of a bug. */
  readonly report: (error: unknown) => void
}

/** One call of a tool, from its name to what is told of it. */
export async function callTool(
  name: string,
  given: unknown,
  visitor: Visitor,
  signal: AbortSignal,
): Promise<ToolResult> {
  const tool = tools.find((one) => one.name === name)
  const result = await attempt(name, tool, given, visitor, signal)
  visitor.called?.(tool?.name ?? 'unknown', result.isError ? 'error' : 'ok')
  return result
}

async function attempt(
  name: string,
  tool: Tool | undefined,
  given: unknown,
  visitor: Visitor,
  signal: AbortSignal,
): Promise<ToolResult> {
  try {
    if (!tool) throw noSuchTool(name)
    needPermission(tool, visitor)
    const use = usedBy(tool, visitor, signal)
    return told(await tool.run(checkArguments(tool.input, given ?? {}) as never, use))
  } catch (error) {
    const refused = toldError(error)
    if (refused) return refused
    if (signal.aborted) return toldRefusal(cancelled())
    visitor.report(error)
    return toldRefusal(bug())
  }
}

const cancelled = () => new ToolRefused('CANCELLED', 'It was given up.', 'Call again if it is wanted.')
const bug = () => new ToolRefused('INTERNAL', 'Something went wrong on our side.', 'Try again later.')

function noSuchTool(name: string): ToolRefused {
  const [best] = nearest(
    name,
    tools.map((tool) => tool.name),
    1,
  )
  return new ToolRefused(
    'NO_SUCH_TOOL',
    'There is no such tool.',
    best ? `Perhaps ${best} is meant.` : 'See tools/list.',
  )
}

function usedBy(tool: Tool, visitor: Visitor, signal: AbortSignal): Use {
  const { ask, session } = visitor
  return {
    ...visitor,
    signal,
    async call(asked, approved) {
      const agent = { tool: tool.name, client: session.client, ...approved }
      // What was begun is not given up in the middle: it may have run.
      const isRead = asked.method === 'GET'
      const { status, requestId, json } = await ask({ ...asked, agent, ...(isRead ? { signal } : {}) })
      if (status !== 200) throw refusalIn(status, requestId, json)
      return Object(Object(Object(json).data).value) as Record<string, unknown>
    },
  }
}
