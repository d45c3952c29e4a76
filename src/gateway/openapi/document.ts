import type { Route, Tag } from '../route.ts'
import { routes } from '../routes/index.ts'
import { agentPaths } from './agents.ts'
import { headers } from './headers.ts'
import { info } from './info.ts'
import { operationOf } from './operation.ts'
import { pagePaths } from './pages.ts'
import { commonParameters } from './parameters.ts'
import { problemSchemas } from './problem-schema.ts'
import { problemResponses } from './problems.ts'
import { RAW_PATH, rawPath } from './raw.ts'
import { idSchema } from './schema.ts'
import { anyOfThem, securitySchemes } from './security.ts'
import { withNames } from './shared.ts'
import type { OpenApi, Operation } from './types.ts'

const tags: Record<Tag | 'agents' | 'raw' | 'server', string> = {
  regions: 'Where one can go.',
  images: 'What an instance starts from.',
  'instance-types': 'What can be had.',
  instances: 'Virtual machines, from create to terminate.',
  jobs: 'What became of what takes time.',
  networks: 'VPCs, subnets, security groups, addresses.',
  account: 'Projects, quotas, key pairs.',
  agents: 'Programs that act for a person, and what they must ask for.',
  raw: 'Everything else that Huawei Cloud can do.',
  server: 'This server itself.',
}

/** The whole API, from the rows that also mount, check and count it. */
export function openApi(version: string, rows: readonly Route[] = routes): OpenApi {
  const { document: paths, schemas } = withNames(pathsOf(rows), ['Id', ...Object.keys(problemSchemas)])
  return {
    openapi: '3.1.1',
    info: info(version),
    servers: [{ url: '/', description: 'This server.' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: anyOfThem,
    paths,
    components: {
      schemas: { Id: idSchema, ...problemSchemas, ...schemas },
      parameters: commonParameters,
      headers,
      responses: problemResponses(),
      securitySchemes,
    },
  }
}

function pathsOf(rows: readonly Route[]): OpenApi['paths'] {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of rows) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return { ...paths, ...agentPaths, [RAW_PATH]: rawPath, ...pagePaths }
}
