import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filedApprovals } from '../src/agents/approval-files.ts'
import { newBook } from '../src/agents-start.ts'
import { approveCommand } from '../src/approve-command.ts'
import { outside } from '../src/outside.ts'
import { profilePlaces } from '../src/profile-places.ts'
import { readSettings } from '../src/settings.ts'
import { create, INSTANCE, overStdio, REGION, startForAgents, terminate } from './helpers/agents.ts'
import { launcher, run, start } from './helpers/program.ts'
import { temporaryFolder } from './helpers/tokens.ts'

/** Programs are started, on a machine that may have other work. */
const PATIENT = { timeout: 60_000 }

/** A state folder of its own, and an agent that writes there, but whose program cannot ask. */
async function startApart() {
  const folder = temporaryFolder()
  const env = { XDG_STATE_HOME: folder }
  const agent = await overStdio(['--profile', 'sandbox', '--pace', 'at-once', '--allow-writes'], env)
  return { ...agent, env, folder: join(folder, 'huawei-cloud-api', 'approvals') }
}

/** The command in a terminal of its own, in which somebody types once it asks. */
async function inTerminal(id: string, typed: string, env: Record<string, string>, ...more: string[]) {
  const line = [process.execPath, launcher, 'approve', id, ...more].map((word) => `'${word}'`).join(' ')
  const program = start('script', ['-qec', line, '/dev/null'], env)
  const seen = await program.says(/declines: /)
  program.child.stdin?.write(`${typed}\n`)
  const { code } = await program.ended
  return { code, seen: seen.replaceAll('\r', '') }
}

test('a person approves in a terminal, once, and nobody else can look', PATIENT, async () => {
  const { call, env, folder } = await startApart()
  const { data, next } = await call('preview_action', terminate)
  const { previewId } = data
  expect(next).toContain(`huawei-cloud-api approve ${previewId}`)
  expect((await call('carry_out', { previewId, arguments: terminate })).error.reason).toBe('APPROVAL_PENDING')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)

  const { code, seen } = await inTerminal(previewId, 'ecs-r8hr2upy', env)
  expect(seen).toContain('Terminate 1 instance in cn-east-2?\nasked by test-agent/1.2.3; good until ')
  expect(seen).toContain(`instances[0]: {"id":"${INSTANCE}","name":"ecs-r8hr2upy","status":"ACTIVE"}`)
  expect(seen).toContain('To approve, type ecs-r8hr2upy. Anything else declines: ')
  expect(code).toBe(0)
  const done = await call('carry_out', { previewId, arguments: terminate })
  expect(done).toMatchObject({ isError: false, data: { approvedBy: 'command' } })
  expect((await call('show_instance', { instanceId: INSTANCE, regionId: REGION })).error.status).toBe(404)
  expect((await call('carry_out', { previewId, arguments: terminate })).error.reason).toBe('APPROVAL_USED')
  expect(readdirSync(folder)).toEqual([])
  expect(await run(['approve', previewId], env)).toMatchObject({ code: 2 })
})

test('whatever else is typed declines, and a create is shown whole', PATIENT, async () => {
  const { call, env } = await startApart()
  const { previewId } = (await call('preview_create', create)).data
  const { code, seen } = await inTerminal(previewId, 'yes', env)
  expect(seen).toContain('Create 1 instance in cn-east-2?')
  expect(seen).toMatch(/instance: \{.*"name":"by-agent".*"instanceType":"ac6\.12xlarge\.2"/)
  expect(seen).toContain('type by-agent.')
  expect(code).toBe(3)
  expect((await call('carry_out', { previewId, arguments: create })).error.reason).toBe('APPROVAL_DECLINED')
})

test('without a terminal nothing is approved, whoever pipes what', PATIENT, async () => {
  const { call, env } = await startApart()
  const { previewId } = (await call('preview_action', terminate)).data
  const program = start(process.execPath, [launcher, 'approve', previewId], env)
  program.child.stdin?.end('ecs-r8hr2upy\n')
  expect(await program.ended).toMatchObject({ code: 2, stderr: expect.stringContaining('in a terminal') })
  expect((await call('carry_out', { previewId, arguments: terminate })).error.reason).toBe('APPROVAL_PENDING')
})

test(
  'what waits at a gateway is approved from anywhere, with the keys behind the token',
  PATIENT,
  async () => {
    const { agent, url } = await startForAgents()
    const { call } = await agent()
    const { previewId } = (await call('preview_action', terminate)).data
    const { code, seen } = await inTerminal(
      previewId,
      'ecs-r8hr2upy',
      {},
      '--gateway',
      url,
      '--profile',
      'sandbox',
    )
    expect(seen).toContain(`{"id":"${INSTANCE}","name":"ecs-r8hr2upy","status":"ACTIVE"}`)
    expect(code).toBe(0)
    expect((await call('carry_out', { previewId, arguments: terminate })).data.approvedBy).toBe('console')
  },
)

const wish = (names: readonly string[]) => ({
  digest: 'd',
  account: 'a',
  client: 'c/1',
  shown: {
    action: 'stop' as const,
    regionId: REGION,
    count: names.length,
    facts: { instances: names.map((name, at) => ({ id: `ins-${at}`, name, status: 'ACTIVE' })) },
  },
})

/** The book and the command, on the same folder and clock. */
function startBook() {
  const folder = temporaryFolder()
  let later = 0
  const clock = { ...outside, now: () => Date.now() + later, elapsed: () => performance.now() + later }
  const book = filedApprovals(newBook(clock), join(folder, 'approvals'), clock.now, (error) => {
    throw error
  })
  const settings = readSettings({ 'token-file': join(folder, 'tokens.db') }, {})
  return {
    book,
    folder: join(folder, 'approvals'),
    pass: (ms: number) => {
      later += ms
    },
    approve: (id: string, answer: (question: string) => string) =>
      approveCommand({
        flags: {},
        places: profilePlaces({}),
        words: [id],
        settings,
        outside: clock,
        terminal: { ask: async (asked) => answer(asked) },
      }),
    async ask(names: readonly string[]) {
      const ticket = await book.ask(wish(names))
      return 'id' in ticket ? ticket.id : ''
    },
  }
}

test.each([
  ['a name', ['web-1'], 'web-1'],
  ['an id where the name is no plain word', ['"web\u202e'], 'ins-0'],
  ['how many they are', ['a', 'b', 'c'], '3'],
])('what is to be typed is %s', async (_, names, word) => {
  const { approve, ask, book } = startBook()
  const id = await ask(names)
  let question = ''
  const said = await approve(id, (asked) => {
    question = asked
    return word
  })
  expect(question).toContain(`To approve, type ${word}.`)
  expect(said.code).toBe(0)
  expect(await book.use({ id, digest: 'd' })).toEqual({ by: 'command' })
})

test('two minutes later there is nothing to approve, before the question or after', async () => {
  const { approve, ask, pass, book } = startBook()
  const id = await ask(['web'])
  const said = await approve(id, () => {
    pass(120_000)
    return 'web'
  })
  expect(said).toMatchObject({ code: 3, notes: [expect.stringContaining('two minutes')] })
  expect((await approve(id, () => 'web')).code).toBe(3)
  expect(await book.use({ id, digest: 'd' })).toEqual({ refused: 'late' })
})

test('decided once it stays decided, and an answer to something else counts for nothing', async () => {
  const { approve, ask, book, folder } = startBook()
  const id = await ask(['web'])
  expect((await approve(id, () => 'no')).code).toBe(3)
  expect(await approve(id, () => 'web')).toMatchObject({ code: 3, notes: ['It was decided already.'] })
  expect(await book.use({ id, digest: 'd' })).toEqual({ refused: 'declined' })

  const other = await ask(['web'])
  writeFileSync(join(folder, `${other}.answer.json`), '{"approves":true,"digest":"of something else"}')
  expect(await book.use({ id: other, digest: 'd' })).toEqual({ refused: 'other-arguments' })
})

test.each(['', '../tokens', 'x'.repeat(16), `${'0'.repeat(15)}/`])('%j is nothing to approve', async (id) => {
  const { approve } = startBook()
  const said = await approve(id, () => 'x').catch((error: Error) => error.message)
  expect(JSON.stringify(said)).toMatch(/Nothing with this id|needs the id/)
})
