import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { projectIdOf, startDouble } from './helpers/double.ts'
import { KEYS } from './helpers/house.ts'
import { start } from './helpers/program.ts'
import { documentedCalls, expectAsDocumented, filled, runCurl } from './helpers/user-document.ts'

const SANDBOX = { accessKey: 'SANDBOXACCESSKEY0001', secretKey: 'SandboxSecretKeyForLocalUseOnly000000001' }
const sandboxHeaders = { 'X-Access-Key': SANDBOX.accessKey, 'X-Secret-Key': SANDBOX.secretKey }

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer().once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** `npm start` on the documented ports, or on others where somebody else has those. */
async function startServer(env: Record<string, string> = {}) {
  const documented = (await isFree(8002)) && (await isFree(8001))
  const program = start('npm', ['start'], documented ? env : { HCA_PORT: '0,0', ...env })
  const said = await program.says(/listens on .* and .*\n/)
  const [first = '', second = ''] = said.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? []
  return {
    url: first,
    /** The line with its own port, or with the one asked for. */
    at: (line: string, port?: '8002' | '8001') =>
      line.replaceAll(/http:\/\/127\.0\.0\.1:(800[12])/g, (_, own) =>
        (port ?? own) === '8002' ? first : second,
      ),
  }
}

test('the document has nine calls', () => {
  expect(documentedCalls).toHaveLength(9)
})

const ports = [
  { on: 'the port it names', port: undefined },
  { on: 'port 8002', port: '8002' },
  { on: 'port 8001', port: '8001' },
] as const

test.each(ports)(
  'every curl line of the document answers as it shows, on $on',
  { timeout: 60_000 },
  async ({ port }) => {
    const { url, at } = await startServer()
    const control = (method: string, path: string, body: object) =>
      fetch(`${url}/_sandbox/${path}`, {
        method,
        headers: { ...sandboxHeaders, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const value: Value = async (path) => {
      const answer = await fetch(`${url}${path}`, { headers: sandboxHeaders })
      return ((await answer.json()) as { data: { value: never } }).data.value
    }
    const { projects } = await value<{ projects: Named[] }>('/api/projects')
    const { vpcs } = await value<{ vpcs: Named[] }>('/api/vpcs?regionId=cn-east-2')
    const { subnets } = await value<{ subnets: Named[] }>('/api/subnets?regionId=cn-east-2')

    for (const { title, curl, region, answer } of documentedCalls) {
      expect((await control('POST', 'reset', {})).ok, 'reset').toBe(true)
      expect((await control('PUT', 'pace', { by: 'at-once' })).ok, 'pace').toBe(true)
      const projectId = projects.find(({ name }) => name === region)?.id ?? ''
      const fillings = { ...SANDBOX, projectId, vpcId: vpcs[0]?.id ?? '', subnetId: subnets[0]?.id ?? '' }
      const { status, json } = await runCurl(at(filled(curl, fillings), port))
      expect({ title, status }).toEqual({ title, status: '200' })
      if (title.startsWith('Start'))
        expect(json.Response.RequestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      else if (answer) expectAsDocumented(answer, json)
      await expectEffect(title, json.data.value, value)
    }
  },
)

type Named = { id: string; name: string }
type Value = <T>(path: string) => Promise<T>
type ServerList = { servers: (Named & { status: string })[] }

/** What a call says is one thing; whether the world changed is another. */
async function expectEffect(
  title: string,
  got: { job_id?: string; serverIds?: string[] } & Partial<ServerList>,
  value: Value,
) {
  const status = async (region: string, id = '') =>
    (await value<ServerList>(`/api/instances?regionId=${region}`)).servers.find((server) => server.id === id)
      ?.status
  if (/^(?:Create|Start|Stop|Reboot|Terminate)/.test(title)) expect(got.job_id).toMatch(/^[0-9a-f]{32}$/)
  if (title.startsWith('Create')) expect(await status('cn-east-2', got.serverIds?.[0])).toBe('ACTIVE')
  if (title.startsWith('List Instances')) {
    expect(got.servers?.map(({ id }) => id)).toEqual(expect.arrayContaining(['ins-r8hr2upy', 'ins-5d8a23rs']))
  }
  if (title.startsWith('Start')) {
    expect([await status('cn-south-1', 'ins-r8hr2upy'), await status('cn-south-1', 'ins-5d8a23rs')]).toEqual([
      'ACTIVE',
      'ACTIVE',
    ])
  }
  if (title.startsWith('Stop')) expect(await status('cn-east-2', 'ins-r8hr2upy')).toBe('SHUTOFF')
  if (title.startsWith('Reboot')) expect(await status('cn-east-2', 'ins-r8hr2upy')).toBe('ACTIVE')
  if (title.startsWith('Terminate')) expect(await status('cn-east-2', 'ins-r8hr2upy')).toBeUndefined()
}

test('the same lines work against a Huawei Cloud that is not ours', { timeout: 60_000 }, async () => {
  const double = await startDouble(KEYS)
  onTestFinished(() => double.close())
  const { at } = await startServer({ HUAWEICLOUD_ENDPOINT_URL: double.url })
  for (const { title, curl, region } of documentedCalls) {
    const projectId = projectIdOf(region === 'ap-guangzhou' ? 'cn-south-1' : region)
    const { status, json } = await runCurl(
      at(filled(curl, { ...KEYS, projectId, vpcId: 'vpc-1', subnetId: 'subnet-1' })),
    )
    expect({ title, status, hasValue: typeof json.data.value }).toEqual({
      title,
      status: '200',
      hasValue: 'object',
    })
  }
  expect(double.requests.filter(({ verified }) => !verified)).toEqual([])
  // Regions are ours to answer; the other eight each reached it.
  expect(double.requests.filter(({ path }) => !path.startsWith('/v3/projects'))).toHaveLength(8)
})
