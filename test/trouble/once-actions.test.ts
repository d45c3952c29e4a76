import { expect, test } from 'vitest'
import { errorOf } from '../helpers/house.ts'
import { inLanes, startWorld, type Told, told, untilAnswered } from './once-world.ts'

/** What each action leaves behind. After a reboot nobody can tell. */
const ACTIONS = {
  start: { operation: 'BatchStartServers', leaves: 'ACTIVE' },
  stop: { operation: 'BatchStopServers', leaves: 'SHUTOFF' },
  reboot: { operation: 'BatchRebootServers', leaves: undefined },
  terminate: { operation: 'DeleteServers', leaves: 'gone' },
} as const

type Action = keyof typeof ACTIONS

/** How often an action may have been sent and begun, by what its caller is told. */
const POSSIBLE: Record<Told, { sent: number; begun: number }[]> = {
  done: [{ sent: 1, begun: 1 }],
  refused: [{ sent: 1, begun: 0 }],
  'not-sent': [{ sent: 0, begun: 0 }],
  // What goes out on a connection that has just been cut comes nowhere.
  unknown: [
    { sent: 0, begun: 0 },
    { sent: 1, begun: 0 },
    { sent: 1, begun: 1 },
  ],
}

test('E-05: with three requests in ten cut, none of 1,000 actions is sent twice, and the state settles what is unknown', {
  timeout: 120_000,
}, async () => {
  const world = await startWorld({ start: 250, stop: 250, reboot: 250, terminate: 250 })
  const { jobsOf } = world
  const ran = (id: string) => jobsOf(id).filter(({ failures }) => !failures).length
  const servers = [...world.holdings().servers.values()].flatMap(({ id, name }) => {
    const [action = ''] = name.split('-')
    return action in ACTIONS ? [{ id, action: action as Action }] : []
  })
  expect(servers.length).toBe(1_000)
  const look = async (id: string): Promise<string> => {
    const isAnswer = ({ status }: { status: number }) => status === 200 || status === 404
    const got = await untilAnswered(() => world.get(`/api/instances/${id}`), isAnswer)
    return got.status === 404 ? 'gone' : got.json.data.value.server.status
  }
  const begun = new Map<string, number>()
  const make = async (action: Action, id: string) => {
    const before = { sent: world.wire.sent(id), begun: jobsOf(id).length }
    const got = await world.send('PUT', `/api/instances/${action}`, { servers: [id] })
    const after = { sent: world.wire.sent(id), begun: jobsOf(id).length }
    const outcome = told(got)
    const difference = { sent: after.sent - before.sent, begun: after.begun - before.begun }
    expect(POSSIBLE[outcome], got.text).toContainEqual(difference)
    begun.set(id, after.begun)
    return { outcome, got }
  }
  const tally = { done: 0, refused: 0, 'not-sent': 0, unknown: 0 }
  const outcomes = new Map<string, Told>()

  world.begin()
  await inLanes(servers, async ({ id, action }) => {
    const { leaves } = ACTIONS[action]
    const { outcome, got } = await make(action, id)
    outcomes.set(id, outcome)
    tally[outcome] += 1
    if (outcome !== 'unknown') return
    const { metadata, retryDelay, message } = errorOf(got)
    expect([metadata.retryable, metadata.clientToken, retryDelay]).toEqual(['false', undefined, undefined])
    expect(message).toMatch(/may have been carried out/)
    if (leaves === undefined) return

    for (;;) {
      const isDone = (await look(id)) === leaves
      expect(isDone, `${action} ${id}`).toBe(ran(id) === 1)
      if (isDone) break
      await make(action, id)
    }
    await make(action, id)
    expect(await look(id)).toBe(leaves)
  })
  await world.end()

  for (const { id, action } of servers) {
    const { leaves } = ACTIONS[action]
    const outcome = outcomes.get(id)
    expect(jobsOf(id).length, 'nothing came late').toBe(begun.get(id))
    if (outcome === 'unknown' && !leaves) expect(world.wire.sent(id)).toBeLessThanOrEqual(1)
    else expect(ran(id), `${action} told as ${outcome}`).toBe(outcome === 'not-sent' ? 0 : 1)
    if (leaves) expect(world.stateOf(id) === leaves).toBe(ran(id) === 1)
  }
  expect(tally).toMatchObject({ refused: 0, done: expect.toSatisfy(most), unknown: expect.toSatisfy(many) })
  const arrived = Object.values(ACTIONS).flatMap(({ operation }) => world.arrived(operation))
  const sent = servers.reduce((sum, { id }) => sum + world.wire.sent(id), 0)
  expect(arrived.length).toBeLessThanOrEqual(sent)
  expect(world.share(arrived)).toBeGreaterThan(0.25)
})

const most = (count: number) => count > 500
const many = (count: number) => count > 100
