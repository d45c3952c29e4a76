import type { Outside } from '../outside.ts'

/** How a process has ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
}

/** One process that works. */
export interface Member<Started> {
  /** Resolves when it serves; rejects with why it cannot. */
  readonly started: Promise<Started>
  readonly ended: Promise<Exit>
  /** Asks it to end in order. */
  end(): void
  kill(): void
}

export interface CrewSettings<One extends Member<unknown>> {
  readonly count: number
  readonly outside: Pick<Outside, 'elapsed' | 'sleep'>
  fork(): One
  /** One that served, or was to serve in the place of another, has ended; `pauseMs` later there is a new one. */
  lost(exit: Exit, pauseMs: number): void
  /** One serves in the place of another. */
  replaced(): void
  /** Or it cannot, which is its end too. */
  cannotStart(why: unknown): void
}

export interface Crew<One extends Member<unknown>> {
  /** Those that run. */
  members(): readonly One[]
  /** Asks all to end, and resolves when they have. Fails where one of them did not end in order. */
  close(): Promise<void>
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000
/** Who has lived so long did not end of what it began with. */
const WELL_MS = 60_000

/** How long to wait before the next one, after so many that lived for a moment only. */
export const pauseAfter = (shortLives: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(shortLives, 20))

/**
 * Starts them all, and puts a new one in the place of each that ends. Fails, with none of them left, where one cannot start
 * the first time.
 */
export async function startCrew<Started, One extends Member<Started>>(
  settings: CrewSettings<One>,
): Promise<Crew<One> & { readonly started: readonly Started[] }> {
  const { count, outside, fork, lost, replaced, cannotStart } = settings
  const members = new Set<One>()
  const closing = new AbortController()
  let isInOrder = true

  function begin(): One {
    const member = fork()
    members.add(member)
    member.ended.then(() => members.delete(member))
    member.started.catch(() => {}) // where nobody waits for it
    return member
  }

  /** Until the end, one after the other in the same place. */
  async function keep(first: One): Promise<void> {
    let member = first
    let shortLives = 0
    while (!closing.signal.aborted) {
      const bornAt = outside.elapsed()
      const exit = await member.ended
      if (closing.signal.aborted) {
        if (exit.code !== 0) isInOrder = false
        break
      }
      shortLives = outside.elapsed() - bornAt < WELL_MS ? shortLives + 1 : 0
      const pauseMs = pauseAfter(Math.max(0, shortLives - 1))
      lost(exit, pauseMs)
      await outside.sleep(pauseMs, closing.signal).catch(() => {})
      if (closing.signal.aborted) break
      member = begin()
      member.started.then(replaced, cannotStart)
    }
  }

  const all = Array.from({ length: count }, begin)
  try {
    const started = await Promise.all(all.map((member) => member.started))
    const kept = all.map(keep)
    return {
      started,
      members: () => [...members],
      async close() {
        closing.abort()
        for (const member of members) member.end()
        await Promise.all(kept)
        if (!isInOrder) throw new Error('a worker did not end in order')
      },
    }
  } catch (error) {
    for (const member of all) member.kill()
    await Promise.all(all.map((member) => member.ended))
    throw error
  }
}
