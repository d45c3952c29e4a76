import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { ms, type Row, type Run, Span } from './trouble-measure.ts'
import { CROSSED, clock, HUNG, LOST, NEVER_CONNECTED, RESET, RESET_FIRST } from './trouble-plan.ts'
import { endAll, startGateway, startHostiles, startSending, startUpstream } from './trouble-world.ts'

const PER_SECOND = 1_000
/** So that some are under way when the signal comes. */
const UPSTREAM_MS = 10
const HOSTILE = { idle: 100, 'half sent': 10, silent: 10 }

/** SIGTERM in the middle of work, without and with sockets that would hold the server for ever. */
export async function shutdown(_: Run): Promise<Row[]> {
  const table = await endIn('shutdown', 1_000, {})
  await endAll()
  return [...table, ...(await endIn('shutdown, hostile', 10_500, HOSTILE))]
}

async function endIn(scenario: string, exitMs: number, sockets: Partial<typeof HOSTILE>): Promise<Row[]> {
  const upstream = await startUpstream()
  await upstream.turn('none', UPSTREAM_MS)
  const gateway = await startGateway(upstream)
  const { beganAt, done } = await startSending({
    port: gateway.port,
    writes: 0.05,
    connections: { open: 100, most: 1_000, take: 'oldest' }, // so that every connection is in use when it ends
    patienceMs: 12_000,
    phases: [
      { name: 'warm', perSecond: 200, seconds: 2 },
      { name: 'all', perSecond: PER_SECOND, seconds: 6 },
    ],
  })
  const hostiles = await startHostiles({ port: gateway.port, sockets, again: false })
  await sleep(Math.max(0, beganAt + 5_000 - clock()))
  const exit = once(gateway.child, 'exit').then(([code, signal]) => ({ code, signal, at: clock() }))
  const signalAt = clock()
  gateway.child.kill('SIGTERM')
  const ended = await Promise.race([exit, sleep(15_000).then(() => undefined)])
  await sleep(200) // until the last of the hostile have seen it
  const endured = await hostiles.end()
  const sent = await done

  const after = signalAt - beganAt
  const all = new Span(sent, 2_000, 8_000)
  const late = new Span(sent, after, 8_000)
  const lost = all.countOf(LOST, RESET, HUNG, 'cut off')
  const odd = Object.keys(all.kinds).filter((kind) => kind.includes(','))
  const took = ended ? ended.at - signalAt : Number.POSITIVE_INFINITY
  const idle = Math.max(0, ...(endured.idle?.endedAt ?? []).map((at) => at - signalAt))
  const answered = all.count - all.countOf(NEVER_CONNECTED, CROSSED, RESET_FIRST) - lost
  return [
    {
      scenario,
      what: `SIGTERM at ${PER_SECOND} requests/s`,
      measured: `before: ${new Span(sent, 2_000, after).shown}; after: ${late.shown}`,
    },
    {
      scenario,
      what: 'accepted requests lost',
      measured: `${lost} of ${answered + lost}`,
      wanted: '0',
      kept: lost === 0,
    },
    {
      scenario,
      what: 'not in our envelope',
      measured: odd.join(' ') || '0',
      wanted: '0',
      kept: odd.length === 0,
    },
    {
      scenario,
      what: 'exit',
      measured: ended ? `code ${ended.code ?? ended.signal} after ${ms(took)}` : 'not within 15 s',
      wanted: `0 within ${exitMs} ms`,
      kept: ended?.code === 0 && took <= exitMs,
    },
    ...(sockets.idle
      ? [
          {
            scenario,
            what: 'idle connections closed within',
            measured: ms(idle),
            wanted: '≤ 200 ms',
            kept: idle <= 200,
          },
        ]
      : []),
  ]
}
