import type { Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { doing, type OpenConnection, type OpenConnections } from './open-connections.ts'

export const SWEEP_MS = 25
/** How long somebody may go on sending a request, or not begin to; and then to read that it took too long. */
const SENDING_MS = 2_000
const READING_MS = 200
/** How long after its last answer a connection is closed: ten times its usual pause, but within these. */
const USUAL_PAUSES = 10
const LEAST_REST_MS = 50
const MOST_REST_MS = 700
/** Closed in one turn of the event loop. */
const AT_ONCE = 25

export interface Cutting {
  /** Ends it without a word. */
  cut(socket: Socket): void
  /** Ends it with an answer. */
  tooSlow(socket: Socket): void
}

interface Seen {
  asked: number
  restMs: number
  sendMs: number
}

/**
 * To be called every {@link SWEEP_MS}, of which it keeps count itself, as a test's clock may stand still: ends
 * connections that have nothing to do, and those that do not get on.
 */
export function sweeper(connections: OpenConnections, elapsed: () => number, { cut, tooSlow }: Cutting) {
  const seen = new WeakMap<OpenConnection, Seen>()
  let passed = 0
  for (const one of connections.all()) {
    const restMs = doing(one) === 'resting' ? elapsed() - one.restingSince : 0
    seen.set(one, { asked: one.asked, restMs, sendMs: 0 })
  }

  /** Who asks often has perhaps just asked again. */
  const isDone = ({ gapMs }: OpenConnection, restMs: number) =>
    restMs >= Math.min(Math.max(USUAL_PAUSES * gapMs, LEAST_REST_MS), MOST_REST_MS)

  function isResting(one: OpenConnection): boolean {
    const now = doing(one)
    const before = seen.get(one)
    const isSame = before?.asked === one.asked
    const restMs = now === 'resting' && isSame ? before.restMs + SWEEP_MS : 0
    const sendMs = now === 'sending' || now === 'silent' ? (before?.sendMs ?? 0) + SWEEP_MS : 0
    seen.set(one, { asked: one.asked, restMs, sendMs })
    if (now === 'silent' && sendMs >= SENDING_MS) cut(one.socket)
    if (now === 'sending' && sendMs === SENDING_MS) tooSlow(one.socket)
    if (now === 'sending' && sendMs >= SENDING_MS + READING_MS) one.socket.destroy()
    return now === 'resting' && isDone(one, restMs)
  }

  return async (): Promise<void> => {
    passed += SWEEP_MS
    if (passed >= SENDING_MS) connections.greeting.forEach(cut)
    const done = connections.all().filter(isResting)
    while (done.length > 0) {
      await quietTurn(elapsed)
      for (const one of done.splice(0, AT_ONCE)) if (doing(one) === 'resting') one.socket.destroy()
    }
  }
}

/**
 * Resolves behind a turn of the event loop, one that brought next to nothing if there is any, when what callers had sent
 * until then has been read: what is closed now can only miss what comes in this very moment.
 */
export async function quietTurn(elapsed: () => number): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const began = elapsed()
    await nextTurn()
    if (elapsed() - began < 0.5) return
  }
}
