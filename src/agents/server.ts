import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { asData } from './as-data.ts'
import { callTool, type Visitor } from './call-tool.ts'
import { isPermitted } from './permitted.ts'
import type { Sdk } from './sdk.ts'
import { INSTRUCTIONS, smallServer, TOUR } from './texts.ts'
import { OUTPUT } from './tool.ts'
import { tools } from './tools.ts'

const REGIONS = 'huawei-cloud://regions'
const TOUR_URI = 'huawei-cloud://tour'

const RESOURCES = [
  { uri: REGIONS, name: 'regions', title: 'Regions', mimeType: 'application/json' },
  { uri: TOUR_URI, name: 'tour', title: 'How to use this server', mimeType: 'text/markdown' },
]

const PROMPT = {
  name: 'small_server',
  title: 'Make me a small server',
  description: 'Chooses what is needed for a small server, previews it, and creates it once you approve.',
  arguments: [
    { name: 'name', description: 'What it is to be called.' },
    { name: 'regionId', description: 'Where, for example cn-east-2.' },
  ],
}

/** Never asked: what a person answers is looked at by ourselves. The SDK would make a validator for every message. */
const noValidator = {
  getValidator: () => () => ({ valid: false as const, data: undefined, errorMessage: '' }),
}

/** MCP for one visitor, to be connected to a transport. `of` is asked anew for each message. */
export function buildServer({ Server: Made, types }: Sdk, version: string, of: () => Visitor): Server {
  const server = new Made(
    { name: 'huawei-cloud-api', title: 'Huawei Cloud', version },
    {
      capabilities: { tools: {}, resources: {}, prompts: {} },
      instructions: INSTRUCTIONS,
      jsonSchemaValidator: noValidator,
    },
  )
  server.setRequestHandler(types.ListToolsRequestSchema, async () => ({
    tools: tools.filter((tool) => isPermitted(tool, of())).map(shownTool),
  }))
  server.setRequestHandler(types.CallToolRequestSchema, ({ params }, { signal }) =>
    callTool(params.name, params.arguments, of(), signal),
  )
  server.setRequestHandler(types.ListResourcesRequestSchema, async () => ({ resources: RESOURCES }))
  server.setRequestHandler(types.ReadResourceRequestSchema, async ({ params: { uri } }, { signal }) => {
    if (uri === TOUR_URI) return { contents: [{ uri, mimeType: 'text/markdown', text: TOUR }] }
    if (uri !== REGIONS) throw new types.McpError(types.ErrorCode.InvalidParams, 'There is no such resource.')
    const { structuredContent } = await callTool('list_regions', {}, of(), signal)
    return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(structuredContent) }] }
  })
  server.setRequestHandler(types.ListPromptsRequestSchema, async () => ({ prompts: [PROMPT] }))
  server.setRequestHandler(types.GetPromptRequestSchema, async ({ params }) => {
    if (params.name !== PROMPT.name)
      throw new types.McpError(types.ErrorCode.InvalidParams, 'There is no such prompt.')
    const text = smallServer(asData(params.arguments ?? {}) as Record<string, string>)
    return { description: PROMPT.description, messages: [{ role: 'user', content: { type: 'text', text } }] }
  })
  return server
}

const shownTool = ({ name, title, description, annotations, input }: (typeof tools)[number]) => ({
  name,
  title,
  description,
  annotations,
  inputSchema: input as never,
  outputSchema: OUTPUT as never,
})
