import { expect, test } from 'vitest'
import { errorOf, type Got } from '../helpers/house.ts'
import { FLAVOR, IMAGE, inLanes, startWorld, told, untilAnswered, type World } from './once-world.ts'

const NAMES = Array.from({ length: 1_000 }, (_, at) => `once-${String(at).padStart(4, '0')}x`)

test('E-05: with three requests in ten cut, 1,000 creates make each server once, and their tokens settle what is unknown', {
  timeout: 120_000,
}, async () => {
  const world = await startWorld()
  const { subnets } = (await world.get('/api/subnets')).json.data.value
  const { id: subnetId, vpc_id: vpcId } = subnets.find(({ name }: { name: string }) => name === 'once')
  const create = (name: string, count: number, key?: string) => {
    const fields = { name, count, imageId: IMAGE, instanceType: FLAVOR, vpcId, nics: [{ subnetId }] }
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key }
    return world.send('POST', '/api/instances', { ...fields, rootVolume: { volumeType: 'SSD' } }, headers)
  }
  /** By the answer that a caller has in the end; those without any are not here. */
  const ids = new Map<string, string[]>()
  const tally = { done: 0, refused: 0, 'not-sent': 0, unknown: 0 }

  world.begin()
  await inLanes(NAMES, async (name, at) => {
    const count = at % 10 === 0 ? 2 : 1
    const got = await create(name, count, at % 2 === 0 ? `order-${at}` : undefined)
    const made = madeIn(world, name)
    const outcome = told(got)
    tally[outcome] += 1
    expect(world.wire.sent(name)).toBeLessThanOrEqual(2)
    if (outcome === 'done') ids.set(name, idsIn(got))
    if (outcome === 'not-sent') expect([made, world.wire.sent(name)], got.text).toEqual([[], 0])
    if (outcome !== 'unknown') return

    const token = got.headers.get('x-client-token') ?? ''
    const { message, metadata } = errorOf(got)
    expect(metadata).toMatchObject({ clientToken: token, retryable: 'true' })
    expect(message).toContain(`Idempotency-Key: ${token}`)
    const settled = await untilAnswered(
      () => create(name, count, token),
      (again) => told(again) === 'done',
    )
    ids.set(name, idsIn(settled))
    if (made.length > 0) expect(made).toEqual(idsIn(settled))
  })
  await world.end()

  const wanted = NAMES.map((name) => [name, ids.get(name) ?? []])
  expect(NAMES.map((name) => [name, madeIn(world, name)])).toEqual(wanted)
  expect(world.holdings().creates.size).toBe(ids.size)
  const arrived = world.arrived('CreateServers')
  expect(arrived.filter(({ changed }) => changed?.servers).length).toBe(ids.size)
  expect(tally).toMatchObject({ refused: 0, done: expect.toSatisfy(most), unknown: expect.toSatisfy(many) })
  expect(world.share(arrived)).toBeGreaterThan(0.25)
})

const most = (count: number) => count > NAMES.length / 2
const many = (count: number) => count > NAMES.length / 50

/** The servers that a create has made, by what the sandbox has. */
function madeIn(world: World, name: string): string[] {
  const servers = [...world.holdings().servers.values()]
  return servers.filter((server) => server.name.startsWith(name)).map(({ id }) => id)
}

const idsIn = (got: Got): string[] => got.json.data.value.serverIds
