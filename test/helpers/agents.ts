import { appendFileSync } from 'node:fs'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { expect, onTestFinished } from 'vitest'
import type { Outside } from '../../src/outside.ts'
import type { Entry } from '../../src/sandbox/events.ts'
import { SANDBOX_KEYS } from '../../src/sandbox/keys.ts'
import type { Environment } from '../../src/settings.ts'
import type { TokenRow } from '../../src/vault/token-store.ts'
import { startHouse } from './house.ts'
import { bareEnvironment, launcher } from './program.ts'
import { keyring, sectionOf } from './tokens.ts'

/** What a person answers whom the agent's program asks; left out, it cannot ask. */
export type Person = (message: string) => {
  action: 'accept' | 'decline' | 'cancel'
  content?: { approve: boolean }
}

export const yes: Person = () => ({ action: 'accept', content: { approve: true } })

export interface Told {
  isError: boolean
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  data: any
  next: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: the same
  error: any
  text: string
}

export interface Agent {
  client: Client
  call(name: string, given?: Record<string, unknown>): Promise<Told>
  /** Names of the tools that are listed. */
  tools(): Promise<string[]>
}

async function agent(transport: Transport, person: Person | undefined): Promise<Agent> {
  const client = new Client(
    { name: 'test-agent', version: '1.2.3' },
    person ? { capabilities: { elicitation: { form: {} } } } : {},
  )
  if (person) client.setRequestHandler(ElicitRequestSchema, async ({ params }) => person(params.message))
  onTestFinished(() => client.close())
  await client.connect(transport)
  return {
    client,
    async tools() {
      return (await client.listTools()).tools.map(({ name }) => name)
    },
    async call(name, given = {}) {
      const { content, structuredContent, isError } = await client.callTool({ name, arguments: given })
      const [{ text = '' }] = content as [{ text?: string }]
      expect(JSON.parse(text)).toEqual(structuredContent)
      const { data, next, error } = JSON.parse(text)
      return { isError: isError === true, data, next, error, text }
    },
  }
}

export const overHttp = (url: string, headers: Record<string, string>, person?: Person): Promise<Agent> =>
  agent(
    new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }) as Transport,
    person,
  )

export const overStdio = (
  args: string[],
  env: Record<string, string> = {},
  person?: Person,
): Promise<Agent> =>
  agent(
    new StdioClientTransport({
      command: process.execPath,
      args: [launcher, 'mcp', ...args],
      env: { ...(bareEnvironment as Record<string, string>), ...env },
      stderr: 'ignore',
    }),
    person,
  )

export const sandboxHeaders = {
  'x-access-key': SANDBOX_KEYS.accessKey,
  'x-secret-key': SANDBOX_KEYS.secretKey,
}

/** A gateway with the sandbox, where agents may write with a token; its keys are the sandbox's own. */
export async function startForAgents(env: Environment = {}, changed: Partial<Outside> = {}) {
  const ring = keyring()
  appendFileSync(ring.credentials, sectionOf('agent', SANDBOX_KEYS))
  const house = await startHouse(
    { HCA_MCP_WRITES: 'on', HCA_SANDBOX_PACE: 'at-once', ...ring.env, ...env },
    changed,
  )
  return {
    ...house,
    async agent(person?: Person, scopes: string[] = ['admin'], more: Partial<TokenRow> = {}) {
      const { bearer, id } = await ring.mint({ profile: 'agent', scopes, ...more })
      return { ...(await overHttp(house.url, bearer, person)), bearer, tokenId: id }
    },
    /** What changed something in the sandbox, or began to. */
    writes(): (string | undefined)[] {
      const body = house.sandbox?.ask('GET', 'events?limit=1000').body
      const { events } = body as { events: Entry[] }
      return events.flatMap(({ jobs, changed, operation }) => (jobs || changed ? [operation] : []))
    },
  }
}

/** One instance that every fresh sandbox has, and its region. */
export const INSTANCE = 'ins-r8hr2upy'
export const REGION = 'cn-east-2'

export const terminate = { action: 'terminate', instanceIds: [INSTANCE], regionId: REGION }

export const create = {
  regionId: REGION,
  name: 'by-agent',
  imageId: '88faab67-9e31-48d9-8027-f8a025da94de',
  instanceType: 'ac6.12xlarge.2',
  vpcId: 'dd7bac93-90f9-4fd3-8d4e-335e178f7aa5',
  subnetId: '3ffaa982-367f-4633-927a-ad4866e2ad4a',
  rootVolume: { volumeType: 'SSD', size: 40 },
}
