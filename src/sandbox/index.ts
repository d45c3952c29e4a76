import Value from 'typebox/value'
import { type Outside, outside as realOutside } from '../outside.ts'
import { buildSandbox } from './app.ts'
import type { WantedFault } from './control-faults.ts'
import type { Entry } from './events.ts'
import type { Fault } from './faults.ts'
import type { Pace } from './jobs.ts'
import { damaged, openJournal, StateFileError } from './journal.ts'
import { Diverged } from './keeper.ts'
import { SANDBOX_KEYS, SANDBOX_USER } from './keys.ts'
import { PaceSchema, readPace } from './pace.ts'
import { OtherShape, type Story, storyIn } from './pack.ts'
import { checkSeed, type Seed, SeedError } from './seed-file.ts'

export type { Entry, Fault, Pace, Seed, WantedFault }
export { SANDBOX_KEYS, SANDBOX_USER, SeedError, StateFileError }

export interface CreateSandboxOptions {
  /** 0, which is the default, takes any free port. */
  port?: number
  host?: string
  /** A text or number that all chance is drawn from, so that ids repeat; or what the world begins with. */
  seed?: string | number | Seed
  /** How real time goes; `Date.now` by default. Signatures are held against it. */
  clock?: () => number
  /** `at-once`, `poll:3`, `clock`, `clock:2000`, or the same as an object. By the clock when nothing is said. */
  pace?: string | Pace
  /** A file in which everything is kept. Without one nothing touches the disk. */
  state?: string
  /** Hears of bugs of ours. */
  report?: (thrown: unknown) => void
}

export interface RunningSandbox {
  /** Where every service is asked, with any Host. */
  readonly url: string
  readonly port: number
  readonly keys: typeof SANDBOX_KEYS
  /** For Keystone's tokens. */
  readonly user: typeof SANDBOX_USER
  /** Back to the seed: servers, faults, log and clock; the pace stays. */
  reset(): void
  close(): Promise<void>
  setPace(pace: string | Pace): void
  readonly clock: {
    now(): Date
    advance(seconds: number): void
    set(time: Date | string): void
    freeze(): void
    run(): void
  }
  readonly faults: {
    add(fault: WantedFault): Fault
    list(): Fault[]
    /** One, or all. */
    remove(id?: string): void
  }
  readonly snapshots: {
    take(name: string): void
    restore(name: string): void
    remove(name: string): void
    list(): string[]
  }
  /** What happened after the one with that number, oldest first, at most 1,000. */
  events(after?: number): Entry[]
  /** How much there is of what. */
  world(): Record<string, unknown>
}

/** A Huawei Cloud of one's own: `await using` it, or close it when the test is over. */
export async function createSandbox(
  options: CreateSandboxOptions = {},
): Promise<RunningSandbox & AsyncDisposable> {
  const { state, port = 0, host = '127.0.0.1', clock, report } = options
  const sandbox = await openSandbox({
    outside: clock ? { ...realOutside, now: clock } : realOutside,
    ...(state === undefined ? {} : { state }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.pace === undefined ? {} : { pace: options.pace }),
    ...(report ? { report } : {}),
  })
  let place: { url: string; port: number }
  try {
    place = await sandbox.listen(port, host)
  } catch (error) {
    await sandbox.close()
    throw error
  }
  /** What is refused over HTTP is thrown here. */
  const ask = (method: string, path: string, body?: unknown) => {
    const answer = sandbox.ask(method, path, body)
    if (answer.status < 400) return answer.body
    throw new TypeError(String(Reflect.get(Object(answer.body), 'error_msg')))
  }
  const field = <T>(answer: unknown, name: string) => Reflect.get(Object(answer), name) as T

  return {
    ...place,
    keys: SANDBOX_KEYS,
    user: SANDBOX_USER,
    reset: sandbox.reset,
    close: sandbox.close,
    [Symbol.asyncDispose]: sandbox.close,
    setPace: (pace) => void ask('PUT', 'pace', paceOf(pace)),
    clock: {
      now: () => new Date(field<string>(ask('GET', 'clock'), 'now')),
      advance: (seconds) => void ask('PUT', 'clock', { advance: seconds }),
      set: (time) => void ask('PUT', 'clock', { set: new Date(time).toISOString() }),
      freeze: () => void ask('PUT', 'clock', { frozen: true }),
      run: () => void ask('PUT', 'clock', { frozen: false }),
    },
    faults: {
      add: (fault) => ask('POST', 'faults', fault) as Fault,
      list: () => field<Fault[]>(ask('GET', 'faults'), 'faults'),
      remove: (id) => void ask('DELETE', id === undefined ? 'faults' : `faults/${encodeURIComponent(id)}`),
    },
    snapshots: {
      take: (name) => void ask('POST', `snapshots/${encodeURIComponent(name)}`),
      restore: (name) => void ask('POST', `snapshots/${encodeURIComponent(name)}/restore`),
      remove: (name) => void ask('DELETE', `snapshots/${encodeURIComponent(name)}`),
      list: () => field<string[]>(ask('GET', 'snapshots'), 'snapshots'),
    },
    events: (after = 0) => field<Entry[]>(ask('GET', `events?after=${after}`), 'events'),
    world: () => ask('GET', 'world') as Record<string, unknown>,
  }
}

export interface OpenOptions extends Pick<CreateSandboxOptions, 'seed' | 'pace' | 'state' | 'report'> {
  outside: Outside
}

/** The sandbox before it listens. A state file that is there already is what the world begins with. */
export async function openSandbox({ outside, seed, pace, state, report }: OpenOptions) {
  const story: Story = seed === undefined ? {} : { seed: seedOf(seed) }
  const journal = state === undefined ? undefined : await openJournal(state)
  try {
    if (journal?.packed && seed !== undefined)
      refuseOtherSeed(story, storyIn(journal.packed).story, state ?? '')
    return buildSandbox({
      outside,
      story,
      journal,
      ...(pace === undefined ? {} : { pace: paceOf(pace) }),
      ...(report ? { report } : {}),
    })
  } catch (error) {
    journal?.close()
    if (error instanceof OtherShape) throw otherVersion(state ?? '')
    if (error instanceof Diverged) throw diverged(state ?? '')
    throw error instanceof SeedError || error instanceof StateFileError || !journal?.packed
      ? error
      : damaged(state ?? '')
  }
}

const seedOf = (seed: string | number | Seed): Seed =>
  checkSeed(typeof seed === 'object' ? seed : { random: String(seed) })

function paceOf(pace: string | Pace): Pace {
  const read = typeof pace === 'string' ? readPace(pace) : Value.Check(PaceSchema, pace) ? pace : undefined
  if (!read) throw new TypeError('A pace is at-once, poll:N, clock or clock:MS.')
  return read
}

/** A setting that has no effect would be believed to have one. */
function refuseOtherSeed(given: Story, kept: Story, file: string): void {
  if (JSON.stringify(given) === JSON.stringify(kept)) return
  throw new StateFileError(
    `The state file ${file} was begun with another seed: leave the seed out, or choose another file.`,
  )
}

const otherVersion = (file: string) =>
  new StateFileError(`The state file ${file} was written by another version of the sandbox.`)

const diverged = (file: string) =>
  new StateFileError(
    `The state file ${file} was left by another version of the sandbox, which did not end in peace: start that one, stop it with Ctrl-C, and come again.`,
  )
