import { shownError } from './gateway/log.ts'
import type { Outside } from './outside.ts'

export interface EndingSettings {
  outside: Pick<Outside, 'now' | 'elapsed' | 'sleep'>
  exit(code: number): void
  /** A line for those who run it, ended. */
  tell(line: string): void
  /** Resolves when what was told is written, or cannot be. */
  flush(): Promise<void>
}

export interface Ending {
  /** What is to be closed in the end, perhaps still starting, and how long that may take. */
  of(house: Promise<{ close(): Promise<void> }>, mostMs: number): void
  signal(): void
  /** Ends in peace, told by somebody who has said so already. */
  finish(): void
  /** Something was thrown that nobody expected: nothing here can be relied on from now on. */
  crash(thrown: unknown): void
}

const DONE = 0
const WENT_WRONG = 1
/** The terminal sends Ctrl-C to everybody in it, a supervisor its SIGTERM, and what started us passes it on: that is one. */
const ECHO_MS = 250

/** The first signal ends in peace, a second one at once; so does a crash, with another exit code. */
export function endingOf({ outside, exit, tell, flush }: EndingSettings): Ending {
  let house: Promise<{ close(): Promise<void> }> | undefined
  let mostMs = 0
  let beganAt: number | undefined
  let code = DONE

  async function closed(): Promise<void> {
    try {
      await (await house)?.close()
    } catch (error) {
      code = WENT_WRONG
      tell(line(outside.now(), 'could not end in order', error))
    }
  }

  async function end(): Promise<void> {
    if (beganAt !== undefined) return
    beganAt = outside.elapsed()
    const late = outside.sleep(mostMs).then(() => {
      code = WENT_WRONG
    })
    await Promise.race([closed(), late])
    await flush()
    exit(code)
  }

  return {
    of(starting, ms) {
      house = starting
      mostMs = ms
    },
    signal() {
      if (beganAt === undefined) {
        tell('Ending; again ends at once.\n')
        void end()
      } else if (outside.elapsed() - beganAt > ECHO_MS) exit(WENT_WRONG)
    },
    finish: () => void end(),
    crash(thrown) {
      code = WENT_WRONG
      tell(line(outside.now(), 'unexpected error', thrown))
      void end()
    },
  }
}

const line = (now: number, msg: string, thrown: unknown) =>
  `${JSON.stringify({ level: 60, time: new Date(now).toISOString(), error: shownError(thrown), msg })}\n`
