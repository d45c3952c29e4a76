import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { outside } from '../outside.ts'
import { createSandbox, openSandbox, StateFileError } from './index.ts'
import { openJournal } from './journal.ts'
import { dumpState } from './state.ts'
import { startCloud, type TestCloud } from './test-client.ts'
import { control } from './test-control.ts'
import { ecsIn } from './test-ecs.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** What a killed process leaves behind, without killing one. */
function asKilled(file: string, path: string): string {
  const left = join(path, `left-${Math.random()}.db`)
  for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, left + part)
  return left
}

async function life(cloud: TestCloud): Promise<void> {
  const ecs = ecsIn(cloud)
  await control(cloud, 'PUT', 'pace', { by: 'poll', polls: 3 })
  const { job_id, serverIds } = (await ecs.create({ server: await ecs.wanted({ count: 3 }) })).body
  for (let look = 0; look < 3; look++) await ecs.job(job_id)
  await control(cloud, 'PUT', 'pace', { by: 'clock' })
  await control(cloud, 'POST', 'faults', { on: 'ecs', chance: 0.3, do: { status: 503 } })
  await control(cloud, 'POST', 'faults', { on: 'ecs.CreateServers', times: 1, phase: 'after', do: 'hang-up' })
  for (let count = 0; count < 4; count++) {
    await ecs
      .create({ server: await ecs.wanted({ auto_terminate_time: '2026-01-01T01:00:00Z' }) })
      .catch(() => 0)
    await ecs.list()
    cloud.pass(2_500)
  }
  await control(cloud, 'DELETE', 'faults')
  await control(cloud, 'POST', 'snapshots/here')
  await ecs.act({ 'os-stop': { servers: serverIds.map((id: string) => ({ id })) } })
  await control(cloud, 'POST', 'snapshots/here/restore')
  await ecs.act({ 'os-stop': { servers: [{ id: serverIds[1] }] } })
  await cloud.call({ path: '/v3/regions', secretKey: 'wrong' })
  await control(cloud, 'PUT', 'clock', { advance: 7_200, frozen: true })
  await ecs.remove({ servers: [{ id: serverIds[0] }], delete_volume: true })
  await control(cloud, 'PUT', 'clock', { advance: 60 })
  await ecs.list()
}

test('a world read back from its journal is the same to the byte, log included', async () => {
  const path = folder()
  const file = join(path, 'state.db')
  const cloud = await startCloud({ by: 'at-once' }, { journal: await openJournal(file) })
  await life(cloud)
  const log = (await control(cloud, 'GET', 'events')).text
  const world = dumpState(cloud.sandbox.world.state)
  expect(JSON.parse(log).events.length).toBeGreaterThan(30)

  const again = await startCloud(undefined, { journal: await openJournal(asKilled(file, path)) })
  again.pass(cloud.now() - again.now())
  // The pace that the test client asks for is a request of its own.
  expect(dumpState({ ...again.sandbox.world.state, log: [], number: 0, pace: { by: 'clock' } })).toBe(
    dumpState({ ...cloud.sandbox.world.state, log: [], number: 0 }),
  )
  const events = (await control(again, 'GET', 'events')).body.events
  expect(events.slice(0, -1)).toEqual(JSON.parse(log).events)
  expect(events.at(-1)).toMatchObject({ operation: 'PUT pace' })
  expect(world).toContain('"number": ')
})

test('after a peaceful end everything is there again, snapshots and clock too', async () => {
  const file = join(folder(), 'state.db')
  const first = await createSandbox({ state: file, seed: 'x' })
  first.snapshots.take('begin')
  first.clock.set('2030-01-01T00:00:00Z')
  first.clock.freeze()
  first.faults.add({ on: 'ecs', do: 'cut', times: 3 })
  await fetch(`${first.url}/v3/regions`)
  const told = first.events()
  await first.close()

  const second = await createSandbox({ state: file })
  expect(second.events()).toEqual(told)
  expect(second.faults.list()).toMatchObject([{ on: 'ecs', left: 3 }])
  expect(second.clock.now().getUTCFullYear()).toBe(2030)
  second.snapshots.restore('begin')
  expect(second.faults.list()).toEqual([])
  second.setPace('poll:9')
  await second.close()

  const third = await createSandbox({ state: file, pace: 'at-once', seed: 'x' })
  expect(third.world().pace).toEqual({ by: 'at-once' })
  await third.close()
})

test('a long journal is folded, and what is read back is still all of it', async () => {
  const path = folder()
  const file = join(path, 'state.db')
  const journal = await openJournal(file)
  const cloud = await startCloud(undefined, { journal })
  for (let count = 0; count < 1_100; count++) cloud.sandbox.ask('PUT', 'clock', { advance: 1 })
  const again = await openSandbox({ outside, state: asKilled(file, path) })
  expect(again.world.state.number).toBe(1_100)
  expect(again.world.state.clock.offset).toBe(1_100_000)
  await again.close()
})

test('a file belongs to one program at a time', async () => {
  const state = join(folder(), 'state.db')
  const first = await createSandbox({ state })
  await expect(createSandbox({ state })).rejects.toThrow(/in use by another program/)
  await first.close()
  await (await createSandbox({ state })).close()
})

test('only its owner may read it: passwords pass through', async () => {
  const state = join(folder(), 'state.db')
  const sandbox = await createSandbox({ state })
  for (const part of ['', '-wal']) expect(statSync(state + part).mode & 0o077).toBe(0)
  await sandbox.close()
})

async function refusal(state: string, more: object = {}): Promise<string> {
  const error = await createSandbox({ state, ...more }).then(
    async (sandbox) => {
      await sandbox.close()
      return new Error('it opened')
    },
    (thrown) => thrown,
  )
  expect(error).toBeInstanceOf(StateFileError)
  expect(error.message.split('\n')).toHaveLength(1)
  return error.message
}

test.each([
  ['a text', (file: string) => writeFileSync(file, 'Dear diary'), /no state file/],
  ['a few bytes', (file: string) => writeFileSync(file, 'x'), /no state file/],
  [
    "somebody else's database",
    (file: string) => {
      const database = new DatabaseSync(file)
      database.exec('CREATE TABLE diary (entry TEXT)')
      database.close()
    },
    /no state file/,
  ],
  ['a folder that is not there', (file: string) => rmSync(join(file, '..'), { recursive: true }), /ENOENT/],
])('%s is no state file and stays as it is', async (_, prepare, message) => {
  const file = join(folder(), 'state.db')
  prepare(file)
  const before = existsSync(file) ? readFileSync(file) : undefined
  expect(await refusal(file)).toMatch(message)
  if (before) expect(readFileSync(file).equals(before)).toBe(true)
})

test('a torn or altered file is refused, never read in part', async () => {
  const path = folder()
  const file = join(path, 'state.db')
  const sandbox = await createSandbox({ state: file })
  await sandbox.close()
  const { size } = statSync(file)
  for (const length of [100, 4_096, Math.floor(size / 2), size - 4_096]) {
    const torn = join(path, `torn-${length}.db`)
    copyFileSync(file, torn)
    truncateSync(torn, length)
    expect(await refusal(torn)).toMatch(/damaged/)
  }
  const altered = join(path, 'altered.db')
  const bytes = readFileSync(file)
  bytes.fill(7, size - 6_000, size - 5_900)
  writeFileSync(altered, bytes)
  expect(await refusal(altered)).toMatch(/damaged/)
})

test('a missing or altered line of the journal is refused', async () => {
  const path = folder()
  const file = join(path, 'state.db')
  const cloud = await startCloud(undefined, { journal: await openJournal(file) })
  for (let count = 0; count < 5; count++) await cloud.call({ path: '/v3/regions' })
  for (const damage of [
    'DELETE FROM journal WHERE number = 3',
    'DELETE FROM journal WHERE number = 1',
    "UPDATE journal SET sum = 'x' WHERE number = 2",
    'DELETE FROM world',
  ]) {
    const left = asKilled(file, path)
    const database = new DatabaseSync(left)
    database.exec(`${damage}; PRAGMA user_version = 1`)
    database.close()
    expect(await refusal(left)).toMatch(/damaged/)
  }
})

test('a file that was left in a hurry is refused without its log', async () => {
  const path = folder()
  const file = join(path, 'state.db')
  const cloud = await startCloud(undefined, { journal: await openJournal(file) })
  await cloud.call({ path: '/v3/regions' })
  const left = asKilled(file, path)
  rmSync(`${left}-wal`)
  expect(await refusal(left)).toMatch(/-wal is missing/)
})

test('what another version has written is refused', async () => {
  const path = folder()
  const file = join(path, 'state.db')
  const sandbox = await createSandbox({ state: file })
  await sandbox.close()
  const database = new DatabaseSync(file)
  database.exec('PRAGMA user_version = 99')
  database.close()
  expect(await refusal(file)).toMatch(/another version/)
})

test('a journal that leads elsewhere than it did is refused', async () => {
  const path = folder()
  const file = join(path, 'state.db')
  const cloud = await startCloud(undefined, { journal: await openJournal(file) })
  const ecs = ecsIn(cloud)
  await ecs.create({ server: await ecs.wanted() })
  const left = asKilled(file, path)
  const journal = await openJournal(left)
  const [, create] = journal.lines()
  if (create?.kind !== 'whole') throw new Error('the create is the second line')
  journal.append({ ...create, digest: 'another answer' })
  journal.close()
  expect(await refusal(left)).toMatch(/another version/)
})

test('another seed than the one it began with is refused', async () => {
  const state = join(folder(), 'state.db')
  await (await createSandbox({ state, seed: 'a' })).close()
  expect(await refusal(state, { seed: 'b' })).toMatch(/another seed/)
})

test('what cannot be written down is not answered', async () => {
  const journal = await openJournal(join(folder(), 'state.db'))
  let isFull = false
  const cloud = await startCloud(undefined, {
    journal: {
      ...journal,
      append(line) {
        if (isFull) throw new Error('disk full')
        journal.append(line)
      },
    },
  })
  expect((await cloud.call({ path: '/v3/regions' })).status).toBe(200)
  isFull = true
  expect((await cloud.call({ path: '/v3/regions' })).body.error_code).toBe('SANDBOX.NOT_KEPT')
  isFull = false
  expect((await cloud.call({ path: '/v3/regions' })).body.error_code).toBe('SANDBOX.NOT_KEPT')
})

test('a state file is a file, whatever SQLite makes of its name, and nobody else may read it', async () => {
  const path = folder()
  const file = join(path, 'kept.db')
  writeFileSync(file, '', { mode: 0o644 })
  const journal = await openJournal(file)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  journal.close()
  const here = process.cwd()
  process.chdir(path)
  onTestFinished(() => process.chdir(here))
  const odd = await openJournal(':memory:')
  odd.close()
  expect(statSync(join(path, ':memory:')).size).toBeGreaterThan(0)
})
