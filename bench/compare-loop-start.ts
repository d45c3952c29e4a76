import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Path } from './compare-paths.ts'
import { atTheEnd, stop } from './compare-world.ts'
import { file } from './processes.ts'

/** What came of it. */
export interface Loaded {
  readonly requests: number
  readonly seconds: number
  readonly failed: number
  readonly p50Ms: number
  readonly p99Ms: number
}

export interface LoopOrder {
  readonly path: Path
  readonly seconds: number
  /** Asked over HTTP; left out, the official SDK is called. */
  readonly url?: string
}

export interface Loop {
  readonly child: ChildProcess
  load(order: LoopOrder): Promise<Loaded>
}

/** A process that asks again as soon as it is answered; with `upstream` it can call the official SDK. */
export async function startLoop(upstream = ''): Promise<Loop> {
  const child = fork(file('compare-loop.ts'), [], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', HUAWEICLOUD_URL: upstream },
  })
  atTheEnd(() => stop(child))
  await once(child, 'message')
  return {
    child,
    async load(order) {
      child.send(order)
      const [loaded] = await once(child, 'message')
      return loaded as Loaded
    },
  }
}
