/** The processes of a scenario: gateway, upstream, senders, hostile callers. Whatever happens, all of them end. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rows } from '../src/settings.ts'
import { end, file, memoryMib, program, start } from './processes.ts'
import {
  clock,
  type HostileOrder,
  type HostileReport,
  type Plan,
  type Sent,
  type Trouble,
  type UpstreamCount,
  type UpstreamOrder,
} from './trouble-plan.ts'
import { cpuMsOf } from './trouble-processors.ts'

const running = new Set<() => Promise<void>>()

export async function endAll(): Promise<void> {
  for (const stop of [...running].toReversed()) await stop().catch(() => {})
  running.clear()
}

/** Where profiles of the gateway go, if they are wanted. */
let profiles: string | undefined
export const profileInto = (folder: string | undefined) => {
  profiles = folder
}

function child(name: string): ChildProcess {
  const started = fork(file(name), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  running.add(async () => {
    if (started.exitCode !== null || started.signalCode !== null) return
    started.kill('SIGKILL')
    await once(started, 'exit')
  })
  return started
}

/** The next message of a child, or an error when it ends instead. */
function message<Told>(from: ChildProcess): Promise<Told> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('a process of the bench ended too early'))
    from.once('exit', ended)
    from.once('message', (told) => {
      from.off('exit', ended)
      resolve(told as Told)
    })
  })
}

export interface Upstream {
  readonly port: number
  turn(trouble: Trouble, delayMs?: number): Promise<UpstreamCount>
  count(): Promise<UpstreamCount>
}

export async function startUpstream(): Promise<Upstream> {
  const upstream = child('trouble-upstream.ts')
  const { port } = await message<{ port: number }>(upstream)
  const order = (what: UpstreamOrder) => {
    const answer = message<UpstreamCount>(upstream)
    upstream.send(what)
    return answer
  }
  return {
    port,
    turn: (trouble, delayMs = 0) => order({ trouble, delayMs }),
    count: () => order({ count: true }),
  }
}

export interface Measured {
  /** Resident memory, once a second. */
  readonly mib: readonly number[]
  /** Its processor time, user and system. */
  readonly cpuMs: number
  readonly wallMs: number
}

export interface Gateway {
  readonly port: number
  readonly pid: number
  readonly child: ChildProcess
  /** Watches memory and processor until the function is called. */
  watch(): () => Measured
}

/** As somebody would run it: from what is published, logging and auditing. */
export async function startGateway(upstream: Upstream): Promise<Gateway> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-trouble-'))
  const log = openSync(join(folder, 'log'), 'w')
  const has = (name: string) =>
    Object.values(rows).some(({ env }) => (env as readonly string[]).includes(name))
  const profile = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : []
  const started = await start(
    [...profile, program, 'serve', '--port', '0', '--sandbox', 'off'],
    {
      HOME: folder,
      HUAWEICLOUD_ENDPOINT_URL: `http://127.0.0.1:${upstream.port}`,
      ...(has('HCA_AUDIT_FILE') ? { HCA_AUDIT_FILE: join(folder, 'audit') } : {}),
    },
    log,
  )
  started.child.stdout?.resume()
  running.add(async () => {
    if (profiles && started.child.exitCode === null) {
      started.child.kill('SIGTERM')
      await Promise.race([once(started.child, 'exit'), new Promise((resolve) => setTimeout(resolve, 12_000))])
    }
    await end(started)
    closeSync(log)
    rmSync(folder, { recursive: true, force: true })
  })
  const { pid, child } = started
  return {
    port: Number(new URL(started.url).port),
    pid,
    child,
    watch() {
      const mib: number[] = []
      const [before, began] = [cpuMsOf(pid), clock()]
      const timer = setInterval(() => mib.push(memoryMib(pid)), 1_000)
      return () => {
        clearInterval(timer)
        return { mib, cpuMs: cpuMsOf(pid) - before, wallMs: clock() - began }
      }
    },
  }
}

export interface Sending {
  /** When the first request leaves, by {@link clock}. */
  readonly beganAt: number
  readonly done: Promise<Sent>
}

export async function startSending(plan: Plan): Promise<Sending> {
  const sender = child('trouble-sender.ts')
  const began = message<{ beganAt: number }>(sender)
  sender.send(plan)
  const { beganAt } = await began
  const done = message<Sent>(sender)
  done.catch(() => {}) // whoever awaits it hears of it
  return { beganAt, done }
}

export interface Hostiles {
  end(): Promise<HostileReport>
}

/** Resolves when all of them are there. */
export async function startHostiles(order: HostileOrder): Promise<Hostiles> {
  const hostile = child('trouble-hostile.ts')
  const ready = message(hostile)
  hostile.send(order)
  await ready
  return {
    end() {
      const report = message<HostileReport>(hostile)
      hostile.send({ end: true })
      return report
    },
  }
}
