import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { commandAt, typed } from './helpers/command-line.ts'
import { asked, KEYS, startBoth, startHouse } from './helpers/house.ts'

const VPC = 'dd7bac93-90f9-4fd3-8d4e-335e178f7aa5'
const SUBNET = '3ffaa982-367f-4633-927a-ad4866e2ad4a'
const IMAGE = '88faab67-9e31-48d9-8027-f8a025da94de'
const FIELDS = {
  name: 'a',
  imageId: IMAGE,
  instanceType: 's6.large.2',
  vpcId: VPC,
  nics: [{ subnetId: SUBNET }],
  rootVolume: { volumeType: 'SSD', size: 40 },
}

function fileOf(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hca-create-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'create.yaml')
  writeFileSync(file, content)
  return file
}

const serverOf = (text: string) => JSON.parse(text).server

test('flags become the fields of the call', async () => {
  const { url, double } = await startBoth()
  const userData = fileOf('#cloud-config')
  const line = `instances create --name a --image i --type t --vpc v --subnet s1 --subnet s2 --security-group g
    --root-volume SSD:40 --data-volume SAS:100 --count 2 --zone cn-east-2a --key-name k --tag a=b=c --tag d=
    --public-ip p --description text --user-data ${userData} --idempotency-key mine`
  await typed(url, line.split(/\s+/), { keys: KEYS })
  const [request] = asked(double)
  expect(serverOf(request?.body ?? '')).toEqual({
    name: 'a',
    imageRef: 'i',
    flavorRef: 't',
    vpcid: 'v',
    nics: [{ subnet_id: 's1' }, { subnet_id: 's2' }],
    security_groups: [{ id: 'g' }],
    root_volume: { volumetype: 'SSD', size: 40 },
    data_volumes: [{ volumetype: 'SAS', size: 100 }],
    count: 2,
    availability_zone: 'cn-east-2a',
    key_name: 'k',
    server_tags: [
      { key: 'a', value: 'b=c' },
      { key: 'd', value: '' },
    ],
    publicip: { id: 'p' },
    description: 'text',
    user_data: Buffer.from('#cloud-config').toString('base64'),
  })
})

test('a file holds fields, flags win over it, and a word on stdin is a file, too', async () => {
  const { url, double } = await startBoth()
  const line = ['instances', 'create', '--from', fileOf(JSON.stringify(FIELDS)), '--name', 'b']
  await typed(url, line, { keys: KEYS })
  const yaml = 'regionId: cn-south-1\nserver: {name: d}\n'
  await typed(url, ['instances', 'create', '--from', '-', '--region', 'cn-east-2'], {
    keys: KEYS,
    input: yaml,
  })
  expect(asked(double).map(({ body }) => serverOf(body).name)).toEqual(['b', 'd'])
})

test.each([
  ['{"name": "a",\n "imageId": }', 'line 2, column 11'],
  ['name: a\nnics: [\nvpcId: b', 'line 3, column'],
  ['- a\n- b', 'as an object'],
])('a broken file %j ends it with 2 and says where', async (content, where) => {
  const file = fileOf(content)
  const { code, stdout, stderr } = await typed('http://127.0.0.1:1', ['instances', 'create', '--from', file])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(where)
})

test.each([
  [JSON.stringify({ ...FIELDS, imageid: 'x' }), /did you mean imageId\?/],
  ['name: a\nimageID: b\n', /line 2, column 1: there is no field imageID; did you mean imageId\?/],
  ['name: a\nnics:\n  - subnetID: b\n', /missing: --image/],
  [JSON.stringify({ ...FIELDS, nics: [{ subnetID: 'x' }] }), /nics\[0\].*subnetId/s],
])('a field that nobody knows ends it with 2 and the nearest that there is: %s', async (content, said) => {
  const { url } = await startHouse()
  const { code, stderr } = await typed(url, ['instances', 'create', '--from', fileOf(content)])
  expect([code, stderr]).toEqual([2, expect.stringMatching(said)])
})

test('with --yes nothing is asked for on a terminal either', async () => {
  const { url } = await startHouse()
  const { code, stderr } = await typed(url, ['instances', 'create', '--name', 'a', '--yes'], {
    answers: ['b'],
  })
  expect([code, stderr]).toEqual([2, expect.stringContaining('missing: --image')])
})

test('a file that is not there ends it with 2', async () => {
  const { code, stderr } = await typed('http://127.0.0.1:1', ['instances', 'create', '--from', '/no/file'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('/no/file cannot be read (ENOENT)')])
})

test('what is missing is asked for on a terminal, with what there is to choose from', async () => {
  const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
  const line = ['instances', 'create', '--image', IMAGE, '--wait', '-o', 'json']
  const answers = ['asked', 's6.large.2', '1', '1', 'SSD:40']
  const { code, stdout, stderr } = await typed(url, line, { answers })
  expect(code).toBe(0)
  expect(stderr).toMatch(/Name: .*Instance type .*vpc-default[\s\S]*Subnet .*System disk/s)
  const [id] = JSON.parse(stdout).serverIds
  const shown = await typed(url, ['instances', 'show', id])
  expect(JSON.parse(shown.stdout).server).toMatchObject({ name: 'asked', status: 'ACTIVE' })
})

test('who does not answer creates nothing', async () => {
  const { url } = await startHouse()
  expect((await typed(url, ['instances', 'create'], { answers: ['a'] })).code).toBe(3)
  expect(JSON.parse((await typed(url, ['instances'])).stdout).count).toBe(2)
})

test('one create has one key, which repeats it without doing it twice', async () => {
  const { url } = await startHouse()
  const create = [
    'instances',
    'create',
    '--from',
    fileOf(JSON.stringify(FIELDS)),
    '--idempotency-key',
    'mine',
  ]
  const [one, two] = [await typed(url, create), await typed(url, create)]
  expect(JSON.parse(two.stdout)).toEqual(JSON.parse(one.stdout))
  const own = create.slice(0, 4)
  const ended = await Promise.all([commandAt(url)(own), commandAt(url)(own)])
  expect(new Set(ended.map(({ stdout }) => JSON.parse(stdout).job_id)).size).toBe(2)
})

test('a password is asked for, sent, and never shown', async () => {
  const { url, double } = await startBoth()
  const line = ['instances', 'create', '--from', fileOf(JSON.stringify(FIELDS)), '--ask-password']
  const { stdout, stderr } = await typed(url, line, { keys: KEYS, answers: ['Canary-1234'] })
  expect(serverOf(asked(double)[0]?.body ?? '').adminPass).toBe('Canary-1234')
  expect(stdout + stderr).not.toContain('Canary')
})
