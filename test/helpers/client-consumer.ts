import { SANDBOX_KEYS } from './client.ts'

/** What a program does with the client, wherever it runs: a text, so that no tool of ours touches it. */
export const USE = `async ({ createClient, HuaweiCloudApiError }, baseUrl) => {
  const cloud = createClient({ baseUrl, ...${JSON.stringify(SANDBOX_KEYS)} })
  const regionId = 'cn-south-1'
  const { regions } = await cloud.listRegions()
  const servers = []
  for await (const { id } of cloud.each.listInstances({ regionId })) servers.push({ id })
  const { job_id: jobId } = await cloud.startInstances({ regionId, servers })
  const told = []
  const { status } = await cloud.waitForJob({ regionId, jobId }, { onProgress: ({ ended }) => told.push(ended) })
  const raw = await cloud.raw('GET', 'ecs', '/v1/{project_id}/cloudservers/limits', { regionId })
  const error = await cloud.showInstance({ regionId, instanceId: 'nope' }).catch((error) => error)
  const over = AbortSignal.abort(new RangeError('enough'))
  const aborted = await cloud.listVpcs({ regionId }, { signal: over }).catch(({ message }) => message)
  return {
    regions: regions.length > 30,
    servers: servers.length,
    status,
    ended: told.at(-1),
    limits: Object.keys(await raw.json()),
    refused: [error instanceof HuaweiCloudApiError, error.reason, typeof error.requestId],
    aborted,
  }
}`

export const USED = {
  regions: true,
  servers: 2,
  status: 'SUCCESS',
  ended: 2,
  limits: ['absolute'],
  refused: [true, 'Ecs.0114', 'string'],
  aborted: 'enough',
}

const shown = (url: string) => `;(${USE})(client, '${url}').then((used) => console.log(JSON.stringify(used)))`

/** Programs in both module forms. */
export const PROGRAMS = {
  'use.mjs': (url: string) => `import * as client from 'huawei-cloud-api-client'\n${shown(url)}\n`,
  'use.cjs': (url: string) => `const client = require('huawei-cloud-api-client')\n${shown(url)}\n`,
} as const

/** The same as somebody types it, for the compiler alone: what is right passes, and each wrong line is one. */
export const TYPED = `import { createClient, type AnswerOf, HuaweiCloudApiError, type Server } from 'huawei-cloud-api-client'

export async function use(): Promise<Server[]> {
  const cloud = createClient({ token: 'hca_x', timeoutMs: 1_000 })
  const { regions } = await cloud.listRegions()
  const regionId: string | undefined = regions[0]?.Id
  if (regionId === undefined) return []
  const { servers = [] }: AnswerOf<'listInstances'> = await cloud.listInstances({ regionId, status: 'ACTIVE' })
  const ids = servers.flatMap(({ id }) => (id === undefined ? [] : [{ id }]))
  const { job_id: jobId } = await cloud.stopInstances({ regionId, servers: ids }, { waitSeconds: 5 })
  if (jobId) await cloud.waitForJob({ regionId, jobId }, { onProgress: ({ ended, parts }) => [ended / parts] })
  for await (const { regionId, name } of cloud.each.listInstances({ regionId: '*' })) void [regionId, name]
  const answer: Response = await cloud.raw('GET', 'ecs', '/v1', { regionId })
  void [answer, new HuaweiCloudApiError({ status: 0, reason: 'X', message: '' }).retryable]
  // @ts-expect-error it needs a region
  await cloud.listInstances()
  // @ts-expect-error it needs an instance
  await cloud.showInstance({ regionId })
  // @ts-expect-error there is no such field
  await cloud.createVpc({ regionId, name: 'a', cidr: '10.0.0.0/8', colour: 'red' })
  // @ts-expect-error it begins no job
  await cloud.createVpc({ regionId, name: 'a', cidr: '10.0.0.0/8' }, { waitSeconds: 5 })
  // @ts-expect-error it is no list
  void cloud.each.showInstance
  // @ts-expect-error half a pair
  createClient({ accessKey: 'a' })
  return servers
}
`
