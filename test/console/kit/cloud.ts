import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { KEYS, ONCE } from '../../helpers/house.ts'
import { startBeforeCloud } from './house.ts'
import { giveKeys } from './sign-in.ts'
import { type Visit, visit } from './visit.ts'

export const JSON_TYPE = { 'content-type': 'application/json' }
export const REGION = 'cn-north-4'

export const projects = (...regions: readonly string[]) =>
  JSON.stringify({
    projects: regions.map((name) => ({ id: `p-${name}`, name, domain_id: 'account', parent_id: 'account' })),
  })

export type Answer = (response: ServerResponse, request: IncomingMessage) => void

export const refusing =
  (status: number, code: string, message: string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    const told = { ...JSON_TYPE, 'x-request-id': 'huawei-said-so', ...headers }
    response.writeHead(status, told).end(JSON.stringify({ error_code: code, error_msg: message }))
  }

/** One account, open in one region. What its services answer can be changed at any time; IAM is always well. */
export async function startCloud(answer: Answer, env: Record<string, string> = {}) {
  let now = answer
  const house = await startBeforeCloud(
    (request, response) => {
      if (request.url?.startsWith('/v3/')) response.writeHead(200, JSON_TYPE).end(projects(REGION))
      else now(response, request)
    },
    { ...ONCE, ...env },
  )
  return {
    ...house,
    nowAnswers(next: Answer) {
      now = next
    },
  }
}

export const servers =
  (list: readonly object[]): Answer =>
  (response, request) => {
    const { searchParams } = new URL(request.url ?? '', 'http://cloud')
    const limit = Number(searchParams.get('limit') ?? 1_000)
    const begin = (Number(searchParams.get('offset') ?? 1) - 1) * limit
    const part = list.slice(begin, begin + limit)
    response.writeHead(200, JSON_TYPE).end(JSON.stringify({ count: list.length, servers: part }))
  }

/** What an account without anything is told, whatever it asks for; there are regions all the same. */
export const NOTHING = {
  count: 0,
  servers: [],
  flavors: [],
  images: [],
  vpcs: [],
  subnets: [],
  security_groups: [],
  publicips: [],
  volumes: [],
  keypairs: [],
  availabilityZoneInfo: [],
  volumeAttachments: [],
  tags: [],
  quotas: { resources: [] },
  absolute: {},
}

export const telling =
  (body: object): Answer =>
  (response) => {
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(body))
  }

export const server = (n: number, name = `server-${n}`) => ({
  id: `id-${String(n).padStart(6, '0')}`,
  name,
  status: n % 3 === 0 ? 'SHUTOFF' : 'ACTIVE',
  created: '2026-01-01T00:00:00Z',
  updated: '2026-01-01T00:00:00Z',
  'OS-EXT-AZ:availability_zone': `${REGION}a`,
  flavor: { id: 's6.large.2', name: 's6.large.2', vcpus: '2', ram: '4096', disk: '0' },
  image: { id: 'image-1' },
  addresses: {},
  metadata: {},
  tenant_id: `p-${REGION}`,
})

/** The page at this path of somebody whose keys the pretended cloud takes. */
export async function signedIn(url: string, path: string, { keep = false } = {}): Promise<Visit> {
  const seen = await visit(`${url}${path}`)
  await giveKeys(seen.page, { ...KEYS, keep })
  await seen.page.getByRole('button', { name: 'Sign out' }).waitFor()
  return seen
}

export const main = ({ page }: Visit) => page.locator('main')
export const alert = ({ page }: Visit) => page.getByRole('alert')
export const rows = ({ page }: Visit) => page.locator('main').getByText(/^server-\d+$/)

/** What a button puts into the clipboard. */
export async function copied({ page }: Visit, button: Locator): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate("navigator.clipboard.writeText('')")
  await button.click()
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).not.toBe('')
  return page.evaluate('navigator.clipboard.readText()')
}

export const OUR_ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
