import { readdirSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { type CreateSandboxOptions, createSandbox, SeedError } from './index.ts'

async function started(options: CreateSandboxOptions = {}) {
  const sandbox = await createSandbox(options)
  onTestFinished(() => sandbox.close())
  return sandbox
}

test('a sandbox in three lines: where it is, with which keys, and it can be closed', async () => {
  const sandbox = await createSandbox()
  expect(sandbox.url).toBe(`http://127.0.0.1:${sandbox.port}`)
  expect(sandbox.keys.accessKey).toMatch(/^SANDBOX/)
  expect(sandbox.user).toMatchObject({ name: 'sandbox', domain: 'sandbox' })
  expect((await fetch(`${sandbox.url}/_sandbox/world`)).status).toBe(200)
  await sandbox.close()
  await expect(fetch(`${sandbox.url}/_sandbox/world`)).rejects.toThrow()
})

test('clock, pace, faults, snapshots and log are at hand without HTTP', async () => {
  const sandbox = await started({ clock: () => Date.parse('2026-01-01T00:00:00Z'), pace: 'poll:3' })
  expect(sandbox.world().pace).toEqual({ by: 'poll', polls: 3 })
  sandbox.setPace('at-once')
  sandbox.snapshots.take('fresh')
  sandbox.clock.advance(3_600)
  expect(sandbox.clock.now()).toEqual(new Date('2026-01-01T01:00:00Z'))
  sandbox.clock.set('2026-02-01T00:00:00Z')
  sandbox.clock.freeze()
  sandbox.clock.run()
  const fault = sandbox.faults.add({ on: 'ecs', do: 'throttle' })
  expect(sandbox.faults.list()).toEqual([fault])
  sandbox.faults.remove(fault.id)
  sandbox.faults.remove()
  expect(sandbox.events().map(({ operation }) => operation)).toEqual([
    'PUT pace',
    'PUT clock',
    'PUT clock',
    'PUT clock',
    'PUT clock',
    'POST faults',
    'DELETE faults/fault-1',
    'DELETE faults',
  ])
  sandbox.snapshots.restore('fresh')
  expect(sandbox.clock.now()).toEqual(new Date('2026-01-01T00:00:00Z'))
  expect(sandbox.snapshots.list()).toEqual(['fresh'])
  sandbox.snapshots.remove('fresh')
  sandbox.reset()
  expect(sandbox.events()).toEqual([])
})

test('nonsense is thrown back', async () => {
  const sandbox = await started()
  expect(() => sandbox.faults.add({ on: 'nothing', do: 'cut' })).toThrow(/nothing/)
  expect(() => sandbox.clock.advance(Number.NaN)).toThrow(/clock/)
  expect(() => sandbox.setPace('quick')).toThrow(/pace/)
  expect(() => sandbox.snapshots.restore('none')).toThrow(/none/)
  await expect(createSandbox({ pace: 'quick' })).rejects.toThrow(/pace/)
  await expect(createSandbox({ seed: { start: 'soon' } })).rejects.toThrow(SeedError)
})

test('a busy port is an error and leaves nothing open', async () => {
  const { port } = await started()
  await expect(createSandbox({ port })).rejects.toThrow(/EADDRINUSE/)
})

test('without a state file nothing is written', async () => {
  const before = readdirSync('.')
  const sandbox = await started({ seed: 7 })
  await fetch(`${sandbox.url}/v3/regions`)
  expect(readdirSync('.')).toEqual(before)
})

test('request ids repeat with the seed and differ without', async () => {
  const idWith = async (options: CreateSandboxOptions) => {
    const sandbox = await started(options)
    return (await fetch(`${sandbox.url}/v3/regions`)).headers.get('x-request-id')
  }
  expect(await idWith({ seed: 'a' })).toBe(await idWith({ seed: 'a' }))
  expect(await idWith({ seed: 'a' })).not.toBe(await idWith({ seed: 'b' }))
  expect(await idWith({})).not.toBe(await idWith({}))
})

test.each([{ by: 'nonsense' }, { by: 'clock', ms: -5 }, 'quick'])(
  'the pace %j is none, and said to be',
  async (pace) => {
    await expect(createSandbox({ pace: pace as never })).rejects.toThrow('A pace is')
  },
)

test('a snapshot name that is none is told so, whatever it would be in a URL', async () => {
  const sandbox = await started()
  expect(() => sandbox.snapshots.take('before a?b')).toThrow('A name is up to 64 letters')
  expect(sandbox.snapshots.list()).toEqual([])
})
