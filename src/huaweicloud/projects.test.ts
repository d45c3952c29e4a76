import { expect, test } from 'vitest'
import { type Caller, identifier } from './caller.ts'
import { NotAskable, UpstreamFailure } from './failure.ts'
import { listProjects } from './iam.ts'
import { type AskIam, buildProjects, type Project } from './projects.ts'
import { handClock, settled } from './test-outside.ts'

const REGION = 'cn-north-4'
const caller: Caller = { accessKey: 'AK', secretKey: 'SK' }
const project = (id: string, more: Partial<Project> = {}): Project => ({
  id,
  name: REGION,
  domain_id: 'account',
  parent_id: 'account',
  ...more,
})

function refused(status: number): UpstreamFailure {
  const circumstances = { operation: listProjects, region: REGION, host: 'iam', sent: true }
  return new UpstreamFailure({ kind: 'refused', status, refusal: {} }, circumstances)
}

/** A finder over an IAM that answers as told, and what IAM was asked. */
function finder(answers: Partial<AskIam>, most?: number) {
  const asked: string[] = []
  const outside = handClock()
  const named =
    (name: keyof AskIam): AskIam[keyof AskIam] =>
    (who, region) => {
      asked.push(`${name} ${who.accessKey} ${region ?? 'all'}`)
      return answers[name]?.(who, region) ?? Promise.reject(new Error(`${name} was not to be asked`))
    }
  const { find, opened } = buildProjects(
    { listed: named('listed'), own: named('own') },
    identifier(),
    outside,
    most,
  )
  return { find, opened, asked, outside }
}

const gives =
  (...projects: Project[]) =>
  async () =>
    projects

test.each<[what: string, projects: Project[], id: string]>([
  ['one', [project('p1')], 'p1'],
  ['one whose parent is unknown', [project('p1', { parent_id: '' })], 'p1'],
  [
    'one among other names',
    [project('mos', { name: 'MOS' }), project('sub', { name: `${REGION}_sub` }), project('p1')],
    'p1',
  ],
  ['two, the second below the account', [project('sub', { parent_id: 'p1' }), project('p1')], 'p1'],
  ['two, the first below the account', [project('p1'), project('sub', { parent_id: 'p1' })], 'p1'],
  ['three', [project('a', { parent_id: 'x' }), project('b', { parent_id: 'y' }), project('p1')], 'p1'],
])('%s: the region’s own project is taken', async (_, projects, id) => {
  expect(await finder({ listed: gives(...projects) }).find(caller, REGION)).toBe(id)
})

test.each<[what: string, projects: Project[]]>([
  ['nothing', []],
  ['other names only', [project('p1', { name: 'cn-north-1' }), project('sub', { name: `${REGION}_x` })]],
  ['the name in other letters', [project('p1', { name: 'CN-NORTH-4' })]],
  ['two, none below the account', [project('a', { parent_id: 'x' }), project('b', { parent_id: 'y' })]],
])('%s: the region was not opened, and nothing is created', async (_, projects) => {
  const { find, asked } = finder({ listed: gives(...projects) })
  const error = await find(caller, REGION).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(NotAskable)
  expect(error).toMatchObject({ reason: 'region-not-opened', region: REGION })
  expect(asked).toEqual([`listed AK ${REGION}`])
})

test('not allowed to list: asks for the caller’s own', async () => {
  const own = gives(project('p9', { name: 'cn-north-1' }), project('p1'))
  const { find, asked } = finder({ listed: () => Promise.reject(refused(403)), own })
  expect(await find(caller, REGION)).toBe('p1')
  expect(asked).toEqual([`listed AK ${REGION}`, `own AK ${REGION}`])
})

test.each([400, 401, 404, 429, 500, 503])('refused with %i: does not', async (status) => {
  const failure = refused(status)
  const { find, asked } = finder({ listed: () => Promise.reject(failure) })
  await expect(find(caller, REGION)).rejects.toBe(failure)
  expect(asked).toHaveLength(1)
})

test('refused both ways: the second refusal is the answer', async () => {
  const failure = refused(403)
  const { find } = finder({ listed: () => Promise.reject(refused(403)), own: () => Promise.reject(failure) })
  await expect(find(caller, REGION)).rejects.toBe(failure)
})

test('parallel callers share the question, later ones the answer, for an hour', async () => {
  const { find, asked, outside } = finder({ listed: gives(project('p1')) })
  const ids = await Promise.all(Array.from({ length: 50 }, () => find({ ...caller }, REGION)))
  expect(new Set(ids)).toEqual(new Set(['p1']))
  await find(caller, REGION)
  outside.advance(60 * 60_000 - 1)
  await find(caller, REGION)
  expect(asked).toHaveLength(1)
  outside.advance(1)
  await find(caller, REGION)
  expect(asked).toHaveLength(2)
})

test('another key, secret, token or region is another question, while one is open too', async () => {
  const { find, asked } = finder({ listed: gives(project('p1'), project('p2', { name: 'cn-south-1' })) })
  const callers: Caller[] = [
    caller,
    { ...caller, accessKey: 'AK2' },
    { ...caller, secretKey: 'SK2' },
    { ...caller, securityToken: 'T' },
    { ...caller, securityToken: 'T2' },
  ]
  for (let round = 0; round < 2; round += 1) {
    await Promise.all(callers.map((who) => find(who, REGION)))
    expect(await find(caller, 'cn-south-1')).toBe('p2')
    expect(asked).toHaveLength(6)
  }
})

test('a failure is shared by those who wait and forgotten at once', async () => {
  const failure = refused(500)
  let good = false
  const { find, asked } = finder({ listed: async () => (good ? [project('p1')] : Promise.reject(failure)) })
  const calls = Array.from({ length: 5 }, () => find(caller, REGION).catch((error: unknown) => error))
  expect(await Promise.all(calls)).toEqual([failure, failure, failure, failure, failure])
  expect(asked).toHaveLength(1)
  good = true
  expect(await find(caller, REGION)).toBe('p1')
  expect(asked).toHaveLength(2)
})

test('a region that was not opened is asked for again', async () => {
  const projects: Project[] = []
  const { find } = finder({ listed: async () => projects })
  await expect(find(caller, REGION)).rejects.toBeInstanceOf(NotAskable)
  projects.push(project('p1'))
  expect(await find(caller, REGION)).toBe('p1')
})

test('a failure nobody waits for is no unhandled one', async () => {
  const unhandled: unknown[] = []
  const note = (why: unknown) => void unhandled.push(why)
  process.on('unhandledRejection', note)
  const { find } = finder({ listed: () => Promise.reject(refused(500)) })
  await Promise.allSettled([find(caller, REGION), find(caller, REGION)])
  await settled()
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

test('remembers no more than it may', async () => {
  const { find, asked } = finder({ listed: async (_, region = '') => [project('p', { name: region })] }, 2)
  for (const region of ['a', 'b', 'c', 'b', 'c']) await find(caller, region)
  expect(asked).toHaveLength(3)
  await find(caller, 'a')
  expect(asked).toHaveLength(4)
})

test('all regions cost one question, shared and remembered, and none of them is asked for again', async () => {
  const other = project('p2', { name: 'cn-south-1' })
  const { find, opened, asked, outside } = finder({ listed: gives(project('p1'), other) })
  const regions = { ids: [REGION, 'cn-south-1', 'cn-east-2'], every: true }
  const named = { ids: [REGION], every: false }
  const [first, second] = await Promise.all([opened(caller, regions), opened(caller, named)])
  expect([...first]).toEqual([
    [REGION, 'p1'],
    ['cn-south-1', 'p2'],
  ])
  expect([...second]).toEqual([[REGION, 'p1']])
  expect(await find(caller, 'cn-south-1')).toBe('p2')
  await opened(caller, regions)
  expect(asked).toEqual(['listed AK all'])
  outside.advance(61_000)
  expect(await find(caller, 'cn-south-1')).toBe('p2')
  expect(asked).toHaveLength(1)
  await opened(caller, regions)
  expect(asked).toEqual(['listed AK all', 'listed AK all'])
})

test('who may not list projects is asked for his own, for all regions too', async () => {
  const { opened, asked } = finder({ listed: () => Promise.reject(refused(403)), own: gives(project('p1')) })
  expect([...(await opened(caller, { ids: [REGION], every: false }))]).toEqual([[REGION, 'p1']])
  expect(asked).toEqual(['listed AK all', 'own AK all'])
})

test('a region that was named and is not opened is asked for again', async () => {
  const projects = [project('p1')]
  const { opened, asked } = finder({ listed: async () => [...projects] })
  const named = { ids: [REGION, 'cn-south-1'], every: false }
  expect((await opened(caller, named)).size).toBe(1)
  projects.push(project('p2', { name: 'cn-south-1' }))
  expect((await opened(caller, named)).get('cn-south-1')).toBe('p2')
  expect((await opened(caller, named)).size).toBe(2)
  expect(asked).toHaveLength(2)
})
