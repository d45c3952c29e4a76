import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { apiRows } from '../src/cli/api-rows.ts'
import { SANDBOX_KEYS } from '../src/sandbox/keys.ts'
import { typed } from './helpers/command-line.ts'
import { startHouse } from './helpers/house.ts'

const AT_ONCE = { HCA_SANDBOX_PACE: 'at-once' }
const ID = 'ins-r8hr2upy'
const VPC = 'dd7bac93-90f9-4fd3-8d4e-335e178f7aa5'
const SUBNET = '3ffaa982-367f-4633-927a-ad4866e2ad4a'
const IMAGE = '88faab67-9e31-48d9-8027-f8a025da94de'

/** What each row is asked with here, so that it is answered well in a fresh sandbox. */
const rest: Record<string, string> = {
  'images show': IMAGE,
  'instances show': ID,
  'instances start': ID,
  'instances stop': `${ID} --yes --wait --hard`,
  'instances reboot': `${ID} --yes`,
  'instances terminate': `${ID} --yes --wait --delete-volume`,
  'instances resize': `${ID} --type s6.xlarge.2 --stop-if-running`,
  'instances console': ID,
  'vpcs create': '--name a --cidr 10.0.0.0/8',
  'subnets create': `--name a --vpc ${VPC} --cidr 192.168.99.0/24 --gateway-ip 192.168.99.1`,
  'images list': '--filter limit=2',
}
const CREATE = `instances create --name a --image ${IMAGE} --type s6.large.2 --vpc ${VPC} --subnet ${SUBNET} --root-volume SSD:40`
const lines = [
  ...apiRows
    .map(({ path }) => [...path, ...(rest[path.join(' ')]?.split(' ') ?? [])].join(' '))
    // Those need something that is theirs; the tour of the README has them.
    .filter((line) => !/delete$|^jobs show/.test(line)),
  CREATE,
  `${CREATE} --wait`,
  `${CREATE} --dry-run`,
  'instances --region all --all --sort -name --fields id,name,flavor.id',
  'instances stop a b --dry-run',
  'profile',
  'profile show',
]

test.each(lines)('%s: stdout parses in every form and holds nothing else', async (line) => {
  for (const [form, parsed] of [
    ['json', (text: string) => JSON.parse(text)],
    ['yaml', (text: string) => parse(text)],
    [
      'ndjson',
      (text: string) =>
        text
          .split('\n')
          .slice(0, -1)
          .map((one) => JSON.parse(one)),
    ],
    ['table', (text: string) => text.trimEnd().split('\n')],
  ] as const) {
    const { url } = await startHouse(AT_ONCE)
    const { code, stdout, stderr } = await typed(url, [...line.split(' '), '-o', form])
    expect([code, stderr]).toEqual([0, ''])
    const isEmpty = line === 'keypairs' && form === 'ndjson' // there are none
    expect(parsed(stdout)).not.toEqual(isEmpty ? undefined : [])
    expect(stdout).not.toContain(SANDBOX_KEYS.secretKey)
  }
})

test('the form is a table where somebody looks on, and JSON elsewhere', async () => {
  const { url } = await startHouse()
  expect((await typed(url, ['vpcs'], { shows: true })).stdout).toMatch(/^ID +NAME/)
  expect(JSON.parse((await typed(url, ['vpcs'])).stdout).vpcs).toHaveLength(1)
})

test('a table of several regions says which is whose, and one of nothing has its headings', async () => {
  const { url } = await startHouse()
  const { stdout } = await typed(url, ['vpcs', '--region', 'cn-east-2,cn-south-1', '-o', 'table'])
  const [head, ...items] = stdout.trimEnd().split('\n')
  expect(head).toMatch(/^REGION +ID +NAME/)
  expect(items.map((line) => line.split(' ')[0]).sort()).toEqual(['cn-east-2', 'cn-south-1'])
  expect((await typed(url, ['keypairs', '-o', 'table'])).stdout).toBe('NAME  TYPE  FINGERPRINT\n')
  const none = ['vpcs', '--query', "vpcs[?id=='x']", '-o', 'table']
  expect(await typed(url, none)).toEqual({ code: 0, stdout: '', stderr: '' })
})

test.each([
  ['servers[].name', 'json', '[\n  "ecs-5d8a23rs",\n  "ecs-r8hr2upy"\n]\n'],
  ['servers[].name', 'table', 'ecs-5d8a23rs\necs-r8hr2upy\n'],
  ['servers[].{id:id,is:status}', 'table', 'ID            IS\nins-5d8a23rs  ACTIVE\nins-r8hr2upy  ACTIVE\n'],
  ['servers[0].name', 'ndjson', '"ecs-5d8a23rs"\n'],
  ['count', 'yaml', '2\n'],
  ['nothing', 'json', 'null\n'],
])('--query %s as %s', async (query, form, stdout) => {
  const { url } = await startHouse()
  expect(await typed(url, ['instances', '--sort', 'name', '--query', query, '-o', form])).toEqual({
    code: 0,
    stdout,
    stderr: '',
  })
})

test('a name from the cloud moves no cursor', async () => {
  const { url } = await startHouse()
  const made = ['vpcs', 'create', '--name', 'a', '--cidr', '10.0.0.0/8', '--query', 'vpc.id', '-o', 'table']
  const id = (await typed(url, made)).stdout.trim()
  const description = 'a\u001b[2J\u202eb\u009b'
  const put = [
    'raw',
    'PUT',
    'vpc',
    `/v1/{project_id}/vpcs/${id}`,
    '--data',
    JSON.stringify({ vpc: { description } }),
  ]
  expect((await typed(url, put)).code).toBe(0)
  const query = ['vpcs', '--query', `vpcs[?id=='${id}'].{description:description}`, '-o']
  const read = (form: string) => typed(url, [...query, form]).then(({ stdout }) => stdout)
  const unseen = /[\p{Cc}\p{Cf}]/u
  for (const form of ['json', 'yaml', 'ndjson', 'table'])
    expect((await read(form)).replaceAll('\n', '')).not.toMatch(unseen)
  expect(JSON.parse(await read('json'))).toEqual([{ description }])
  expect(parse(await read('yaml'))).toEqual([{ description }])
})
