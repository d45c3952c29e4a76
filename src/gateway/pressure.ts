import type { Outside, Pressure } from '../outside.ts'

export interface PressureLimits {
  /** Milliseconds that the event loop may be late all the while. */
  readonly maxDelay: number
  /** Requests that may be in flight, however well they go. */
  readonly maxInFlight: number
}

/** Why a request is not taken. */
export type Why = 'delay' | 'in-flight' | 'heap'

export interface Admission {
  /** Undefined: let it in. */
  refuses(inFlight: number): Why | undefined
  /** Lets in what `take` takes, where there is nothing to weigh; false, and nothing was done, where there is. */
  letsIn(inFlight: number, take: () => boolean): boolean
  /** Whether most of what comes is refused, or was kept waiting for long just now. */
  isOverloaded(): boolean
}

export interface AdmissionSettings extends PressureLimits {
  readonly elapsed: Outside['elapsed']
  readonly read: () => Pressure
  /** Calls once when the event loop has come round. */
  readonly turned: (then: () => void) => void
  /** Gives back memory. */
  readonly relieve: () => void
}

/** Between two looks at how things are. */
const LOOK_MS = 50
/** After so long without a refusal for delay it is over. */
const OVER_MS = 1_000
/**
 * Milliseconds of a turn that go to new requests. Short, because a connection to Huawei Cloud carries one call a turn at
 * most: with long turns few calls get through, however much could be done.
 */
const BUDGET_MS = 2
/**
 * One in so many is let in whatever the budget. To refuse is work too: a server with more of that than it can do is late
 * whatever it lets in, and would end up doing nothing else.
 */
const ONE_IN = 5
const HEAP = { relieve: 0.85, full: 0.92, wellAgain: 0.88 }
const STOOD_STILL_MS = 500
const HARD = { from: 0.75, until: 0.4 }
/** After this long, what was refused or taken counts half. */
const HALF_LIFE_MS = 300

/**
 * Decides who is let in. Once the event loop has been late for a while, each of its turns has a budget for new requests,
 * and what comes after that is refused: the next turn comes soon, and no more is begun than gets done. Nothing has to be
 * guessed or approached, so that it acts at once and does not swing. What waited through one long pause is let in.
 */
export function admission(settings: AdmissionSettings): Admission {
  const { maxDelay, maxInFlight, elapsed, read, turned, relieve } = settings
  let lookedAt = elapsed()
  let isLate = false
  let isFull = false
  let isShort = false
  let standsStill = false
  /** The turn of the event loop that goes on, once somebody came in it. */
  let turn: { beganAt: number; came: number; taken: number } | undefined
  let refusedAt = 0
  const recent = { taken: 0, refused: 0 }
  let isHard = false

  function look(now: number): void {
    const since = now - lookedAt
    if (since < LOOK_MS) return
    lookedAt = now
    const { delayMs, worstMs, heapShare } = read()
    if (delayMs > maxDelay) {
      if (!isLate) refusedAt = now
      isLate = true
    } else if (isLate) isLate = now - refusedAt < OVER_MS
    standsStill = worstMs >= STOOD_STILL_MS
    isFull = heapShare >= (isFull ? HEAP.wellAgain : HEAP.full)
    if (heapShare >= HEAP.relieve && !isShort) relieve()
    isShort = heapShare >= HEAP.relieve
    const kept = 0.5 ** (since / HALF_LIFE_MS)
    recent.refused *= kept
    recent.taken *= kept
    const share = recent.refused / (recent.refused + recent.taken)
    isHard = recent.refused >= 1 && share >= (isHard ? HARD.until : HARD.from)
  }

  function isOverBudget(now: number): boolean {
    if (!turn) {
      turn = { beganAt: now, came: 0, taken: 0 }
      turned(() => {
        turn = undefined
      })
    }
    turn.came += 1
    if (now - turn.beganAt > BUDGET_MS && turn.taken * ONE_IN >= turn.came) return true
    turn.taken += 1
    return false
  }

  function whyNot(inFlight: number, now: number): Why | undefined {
    if (isFull) return 'heap'
    if (inFlight >= maxInFlight) return 'in-flight'
    if (!isLate || !isOverBudget(now)) return undefined
    refusedAt = now
    return 'delay'
  }

  return {
    refuses(inFlight) {
      const now = elapsed()
      look(now)
      const why = whyNot(inFlight, now)
      if (why) recent.refused += 1
      else recent.taken += 1
      return why
    },
    letsIn(inFlight, take) {
      look(elapsed())
      if (isFull || isLate || inFlight >= maxInFlight || !take()) return false
      recent.taken += 1
      return true
    },
    isOverloaded() {
      look(elapsed())
      return isFull || isHard || standsStill
    },
  }
}
