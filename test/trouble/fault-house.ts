import type { Socket } from 'node:net'
import type { Names, Outside } from '../../src/outside.ts'
import type { Environment } from '../../src/settings.ts'
import { startHouse, type TestHouse } from '../helpers/house.ts'
import { type Heard, type ScriptSettings, type Step, startScript } from './fault-script.ts'

export interface FaultHouse extends TestHouse {
  /** Where Huawei is, unless nobody is there. */
  readonly origin?: string
  /** Calls that reached Huawei whole. */
  readonly heard: readonly Heard[]
  /** Connections that Huawei saw. */
  readonly sockets: readonly Socket[]
}

type Changed = Partial<Outside & Names>

/** Waits between attempts are over at once, and so is half of an open breaker's time. */
export const HURRIED: Changed = { random: () => 0 }

/** Starts a quarter sooner. */
const BARE: Environment = { HCA_SANDBOX: 'off' }

/** The house with such a Huawei Cloud behind it. */
export const scripted =
  (steps: readonly Step[], settings: ScriptSettings = {}, changed: Changed = HURRIED) =>
  async (env: Environment = {}): Promise<FaultHouse> => {
    const { origin, heard, sockets } = await startScript(steps, settings)
    const house = await startHouse(
      { ...BARE, HUAWEICLOUD_ENDPOINT_URL: origin, ...env },
      { ...HURRIED, ...changed },
    )
    return { ...house, origin, heard, sockets }
  }

/** The house with nobody behind it. */
export const alone =
  (more: Environment, changed: Changed = HURRIED) =>
  async (env: Environment = {}): Promise<FaultHouse> => ({
    ...(await startHouse({ ...BARE, ...more, ...env }, { ...HURRIED, ...changed })),
    heard: [],
    sockets: [],
  })

/** Waits that are told of and over at once. */
export function notedSleep() {
  const slept: number[] = []
  const sleep: Outside['sleep'] = async (ms, signal) => {
    signal?.throwIfAborted()
    slept.push(ms)
  }
  return { slept, sleep }
}

/** A clock that a test moves. */
export function handElapsed() {
  let ms = 1_000
  return {
    elapsed: () => ms,
    pass: (more: number) => {
      ms += more
    },
  }
}
