import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { commandAt, sandboxEnv } from './helpers/command-line.ts'
import { KEYS, ONCE, startBefore, startBoth, startHouse } from './helpers/house.ts'
import { refusal, startLists } from './helpers/list-cloud.ts'
import { run } from './helpers/program.ts'

const ID = 'ins-r8hr2upy'
const lines = (text: string) => text.trimEnd().split('\n')
const testKeys = { HUAWEICLOUD_SDK_AK: KEYS.accessKey, HUAWEICLOUD_SDK_SK: KEYS.secretKey }

test.each([
  [0, 'instances', {}, /^$/],
  [0, 'instances stop a --dry-run', {}, /^$/],
  [2, 'instances --outptu json', {}, /did you mean --output\?/],
  [2, 'instances lsit', {}, /did you mean list\?/],
  [2, 'instances --output xml', {}, /table, json, yaml, ndjson/],
  [2, 'instances --query a[', {}, /JMESPath/],
  [2, 'instances --region cn-east-22', {}, /did you mean cn-east-2/],
  [2, 'instances --filter x', {}, /NAME=VALUE/],
  [2, 'instances --wait', {}, /no flag --wait/],
  [2, 'instances show', {}, /needs ID/],
  [2, 'instances show ..', {}, /not dots alone/],
  [2, 'instances stop  --yes', {}, /not empty/],
  [2, 'instances show a b', {}, /Too many words/],
  [2, `instances terminate ${ID}`, {}, /--yes/],
  [2, `instances stop ${ID} --yes --wait=0`, {}, /--wait must be/],
  [2, 'instances create --name x', {}, /missing: --image, --type/],
  [2, 'instances resize x', {}, /missing: --type/],
  [2, 'instances', { HCA_REGION: '' }, /Say --region/],
  [2, 'instances', { HUAWEICLOUD_SDK_SK: '' }, /SANDBOXACCESSKEY0001/],
  [2, 'instances --gateway http://192.0.2.1', {}, /unencrypted/],
  [2, 'instances --gateway nonsense', {}, /must be a URL/],
  [2, 'instances --gateway http://u:p@127.0.0.1', {}, /without password/],
  [3, 'instances', { HUAWEICLOUD_SDK_SK: 'wrong' }, /profile show/],
  [3, 'instances create --name a --image x --type y --vpc z --subnet s --root-volume SSD', {}, /Refused/],
  [4, 'instances show nope', {}, /list of the region/],
  [4, 'profile show nope', {}, /no section|no such file/],
  [4, 'raw GET ecs /v1/{project_id}/cloudservers/nope', {}, /status 404, its body is on stdout/],
  [2, 'raw GET ecs /v1/{project_id}/cloudservers/detail --region nowhere', {}, /not right/],
  [2, 'raw GET ecs /v1/{project_id}/cloudservers?limit=1', {}, /--parameter/],
  [2, 'raw GET ecs /v1/../x', {}, /path is that/],
  [2, 'raw GET ecs /', {}, /path is that/],
  [3, 'raw POST vpc /v1/{project_id}/vpcs --data {}', {}, /^huawei-cloud-api: Refused\./],
  [5, 'instances --gateway http://127.0.0.1:1', {}, /NETWORK_ERROR/],
  [5, `instances reboot ${ID} --yes --wait=1`, {}, /jobs wait \S+ --region cn-east-2/],
  [5, `instances reboot --wait 1 ${ID} --yes`, {}, /within 1 seconds/],
] as const)('%i: %s', async (code, line, env, stderr) => {
  const { url } = await startHouse()
  const ended = await commandAt(url, env)(line.split(' '))
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: expect.stringMatching(stderr) })
  if (ended.code !== 0) expect(lines(ended.stderr).length).toBeLessThanOrEqual(5)
})

test.each([
  ['it cannot start', { HCA_CA_FILE: '/no/such/file' }, /^huawei-cloud-api: /],
  ['verification is switched off', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, /keys are not sent/],
] as const)('1: where %s', async (_, env, said) => {
  const { code, stderr } = await run(['regions'], env)
  const own = lines(stderr).filter((line) => line.startsWith('huawei-cloud-api: '))
  expect([code, own]).toEqual([1, [expect.stringMatching(said)]])
})

test('2: where a setting is bad, also of what is started beside the command', async () => {
  const { code, stderr } = await run(['regions'], { HCA_DEADLINE_REED: '1' })
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('HCA_DEADLINE_READ?') })
})

test('5: where Huawei Cloud is out of order', async () => {
  const { url } = await startLists(() => refusal(503, 'APIGW.0106'), {}, { HCA_ATTEMPTS_READ: '1' })
  const { code, stderr } = await commandAt(url, testKeys)(['vpcs', '--region', 'cn-east-2'])
  expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringContaining('APIGW.0106') })
})

test('6: where one of several regions failed, and the others came', async () => {
  const { url } = await startLists(({ region }) =>
    region === 'cn-south-1' ? refusal(500, 'ECS.0001') : '{"vpcs":[{"id":"a"}]}',
  )
  const { code, stdout, stderr } = await commandAt(url, testKeys)(['vpcs', '--region', 'all', '-o', 'ndjson'])
  expect([code, lines(stdout).length]).toEqual([6, 2])
  expect(stderr).toContain('cn-south-1: ')
})

test('7: where the answer to a write was lost', async () => {
  const { url } = await startBefore((request, response) => {
    if (request.method === 'POST') return void request.socket.destroy()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"projects":[{"id":"p","name":"cn-east-2"}]}')
  })
  const line = ['vpcs', 'create', '--name', 'a', '--cidr', '10.0.0.0/8']
  const { code, stdout, stderr } = await commandAt(url, testKeys)(line)
  expect([code, stdout]).toEqual([7, ''])
  expect(stderr).toContain('UPSTREAM_OUTCOME_UNKNOWN')

  const raw = await commandAt(url, testKeys)(['raw', 'POST', 'vpc', '/v1/{project_id}/vpcs', '--data', '{}'])
  expect([raw.code, JSON.parse(raw.stdout).error.code]).toEqual([7, 502])
  expect(raw.stderr).toContain('Look whether it was done')
})

test.each(['vpcs create --name a --cidr 10.0.0.0/8', 'raw POST vpc /v1/{project_id}/vpcs --data {}'])(
  '7: where Huawei Cloud failed over a write: %s',
  async (line) => {
    const { url, double } = await startBoth(ONCE)
    double.answer('POST', { status: 500, body: '{"code":"VPC.0007","message":"urlTenantId mismatch"}' })
    const { code, stderr } = await commandAt(url, testKeys)(line.split(' '))
    expect({ code, stderr }).toEqual({ code: 7, stderr: expect.stringContaining('Look whether it was done') })
  },
)

const CREATE = 'instances create --name a --image x --type y --vpc z --subnet s --root-volume SSD'.split(' ')

/** A gateway, or what stands in for one, that answers as it is told. */
async function startOther(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each<[string, RequestListener]>([
  ['the line to the gateway broke', (request) => void request.socket.destroy()],
  ['a proxy had no patience', (_, response) => void response.writeHead(504).end('<h1>Too late</h1>')],
])('7: where %s behind a create, and the key is told', async (_, answer) => {
  const { code, stdout, stderr } = await commandAt(await startOther(answer))([...CREATE, '--timeout', '5'])
  expect([code, stdout]).toEqual([7, ''])
  expect(stderr).toMatch(/--idempotency-key \S+/)
})

test('3: where the job of a create may not be asked about, the create is told as accepted', async () => {
  const url = await startOther((request, response) => {
    const isCreate = request.method === 'POST'
    const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'Ecs.0003', domain: 'ecs' }
    const refused = { error: { code: 403, status: 'PERMISSION_DENIED', message: 'no', details: [info] } }
    response.writeHead(isCreate ? 200 : 403, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isCreate ? { data: { value: { job_id: 'job-777' } } } : refused))
  })
  const { code, stderr } = await commandAt(url)([...CREATE, '--wait'])
  expect(code).toBe(3)
  expect(stderr).toContain('jobs wait job-777 --region cn-east-2')
})

test('0: where a write was done that the query can make nothing of, all of it is told', async () => {
  const { url } = await startHouse()
  const line = [
    'vpcs',
    'create',
    '--name',
    'a',
    '--cidr',
    '10.0.0.0/8',
    '--query',
    'length(`1`)',
    '-o',
    'json',
  ]
  const { code, stdout, stderr } = await commandAt(url)(line)
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ vpc: { name: 'a' } })
  expect(stderr).toContain('length')
})

test('without a gateway the command is one for itself', async () => {
  const regions = await run(['regions', '-o', 'ndjson'])
  expect([regions.code, regions.stderr]).toEqual([0, ''])
  expect(lines(regions.stdout).length).toBeGreaterThan(30)
  const { code, stdout, stderr } = await run(['instances', 'show', ID, '-o', 'table'], sandboxEnv)
  expect([code, lines(stderr)]).toEqual([0, [expect.stringContaining('HCA_SANDBOX_STATE')]])
  expect(stdout).toMatch(new RegExp(`^ID .*\\n${ID} .*\\n$`))
})
