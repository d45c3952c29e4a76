/** Those who are compared, each in processes of its own. */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { type Load, startLoad } from './compare-load.ts'
import { type Loaded, startLoop } from './compare-loop-start.ts'
import { startProxy } from './compare-nginx.ts'
import type { Answer, Contender } from './compare-results.ts'
import { atTheEnd, familyOf, stop } from './compare-world.ts'
import { file, program, start } from './processes.ts'

export interface Running {
  /** Of everything that works for it. */
  readonly pids: readonly number[]
  load(answer: Answer, seconds: number): Promise<Loaded>
}

export interface Server {
  readonly url: string
  readonly port: number
  readonly pids: readonly number[]
  /** Asks it to end, and waits until it has. */
  end(): Promise<void>
}

/**
 * As somebody would run it, with a log, an audit file and every limit. The limits are above the load, and on: bound to
 * loopback it has none by itself.
 */
const ROOM = {
  HCA_RATE_CALLER: '100000',
  HCA_RATE_ADDRESS: '100000',
  HCA_CONNECTIONS: '128',
  HCA_CONNECTIONS_CALLER: '128',
  HCA_MAX_DELAY: '250',
}

export async function startGateway(
  folder: string,
  upstream: string,
  more: Record<string, string> = {},
  flags: readonly string[] = [],
): Promise<Server> {
  const home = join(folder, `gateway-${gateways++}`)
  mkdirSync(home)
  const log = openSync(join(home, 'log'), 'w')
  atTheEnd(() => closeSync(log))
  return startServer(
    [...flags, program, 'serve', '--port', '0', '--sandbox', 'off', '--log-level', 'info'],
    {
      HOME: home,
      HUAWEICLOUD_ENDPOINT_URL: upstream,
      HCA_AUDIT_FILE: join(home, 'audit'),
      ...ROOM,
      ...more,
    },
    log,
  )
}
let gateways = 0

const startExpress = (upstream: string) =>
  startServer([file('compare-express.mjs')], { HUAWEICLOUD_URL: upstream, NODE_ENV: 'production' })

async function startServer(args: string[], env: Record<string, string>, log?: number): Promise<Server> {
  const { url, pid, child } = await start(args, env, log ?? 'inherit')
  child.stdout?.resume()
  atTheEnd(() => stop(child))
  return { url, port: Number(new URL(url).port), pids: familyOf(pid), end: () => stop(child) }
}

/** All of them, or those that are wanted, and the gateway by itself. */
export async function startContenders(
  folder: string,
  upstream: { readonly url: string; readonly port: number },
  wanted: readonly Contender[],
): Promise<{ running: Partial<Record<Contender, Running>>; gateway: Server; load: Load }> {
  const load = await startLoad(folder)
  const over = (url: string, pids: readonly number[]): Running => ({
    pids,
    load: (answer, seconds) => load(url, answer, seconds),
  })
  const proxy = await startProxy(folder, upstream.port)
  const pids = familyOf(proxy.child.pid ?? 0)
  const [plain, tuned] = proxy.ports
  const gateway = await startGateway(folder, upstream.url)
  const running: Partial<Record<Contender, Running>> = {
    nginx: over(`http://127.0.0.1:${plain}`, pids),
    tuned: over(`http://127.0.0.1:${tuned}`, pids),
    ours: over(gateway.url, gateway.pids),
  }
  if (wanted.includes('express')) {
    const express = await startExpress(upstream.url)
    running.express = over(express.url, express.pids)
  }
  if (wanted.includes('sdk')) {
    const loop = await startLoop(upstream.url)
    running.sdk = {
      pids: [loop.child.pid ?? 0],
      load: (path, seconds) => loop.load({ path, seconds }),
    }
  }
  return { running, gateway, load }
}
