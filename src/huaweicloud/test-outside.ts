import type { Names, Outside } from '../outside.ts'

/** Time that stands still until a test moves it. */
export interface HandClock extends Outside, Names {
  /** Moves both clocks and wakes those whose time has come, in order. */
  advance(ms: number): void
  /** How many still sleep: what is left at the end has leaked. */
  readonly sleeping: number
}

interface Sleeper {
  at: number
  wake: () => void
}

export function handClock(start = Date.parse('2026-11-23T08:00:00Z')): HandClock {
  let passed = 0
  let uuids = 0
  const sleepers = new Set<Sleeper>()
  return {
    now: () => start + passed,
    elapsed: () => passed,
    random: () => 0.5,
    uuid: () => {
      uuids += 1
      return `00000000-0000-4000-8000-${String(uuids).padStart(12, '0')}`
    },
    resolve: async (host) => {
      if (host.endsWith('.invalid')) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
      return [{ address: '127.0.0.1', family: 4 }]
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const stop = () => {
          sleepers.delete(sleeper)
          reject(signal?.reason)
        }
        const sleeper = {
          at: passed + ms,
          wake: () => {
            sleepers.delete(sleeper)
            signal?.removeEventListener('abort', stop)
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', stop, { once: true })
      }),
    advance(ms) {
      passed += ms
      for (const { at, wake } of [...sleepers].sort((a, b) => a.at - b.at)) if (at <= passed) wake()
    },
    get sleeping() {
      return sleepers.size
    },
  }
}

/** Lets everything that is ready to run do so: promises, `nextTick` and one turn of the event loop. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
