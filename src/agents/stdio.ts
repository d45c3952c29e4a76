import type { Readable, Writable } from 'node:stream'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { ElicitResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { APPROVAL_MS } from './approval-book.ts'
import type { Visitor } from './call-tool.ts'
import { questionOf, saysYes } from './elicitation.ts'
import { loadSdk } from './sdk.ts'
import { buildServer } from './server.ts'
import { clientNamed, type Session } from './session.ts'
import { newSessionId } from './session-id.ts'

export interface AgentStdioSettings extends Omit<Visitor, 'session'> {
  readonly version: string
  readonly input: Readable
  readonly output: Writable
}

/** MCP over two streams: one session, as long as they last. */
export async function agentStdio({ version, input, output, ...visitor }: AgentStdioSettings) {
  const sdk = await loadSdk()
  const id = newSessionId()
  const elicit: Session['elicit'] = async ({ id, secret, shown }, signal) => {
    const asked = { method: 'elicitation/create', params: questionOf({ id, shown }) } as const
    const answer = await server
      .request(asked, ElicitResultSchema, { signal, timeout: APPROVAL_MS })
      .catch(() => undefined) // a program that does not answer has asked nobody
    if (!answer) return
    const approves = saysYes(answer)
    await visitor.approvals.decide({ id, approves, by: 'elicitation', proof: { secret } })
  }
  const server = buildServer(sdk, version, () => ({
    ...visitor,
    session: {
      id,
      client: clientNamed(server.getClientVersion() ?? {}),
      ...(server.getClientCapabilities()?.elicitation?.form ? { elicit } : {}),
    },
  }))
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve
    input.once('end', resolve)
    input.once('close', resolve)
  })
  await server.connect(new StdioServerTransport(input, output))
  return { ended, close: () => server.close() }
}
