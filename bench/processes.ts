import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Started {
  readonly url: string
  readonly pid: number
  readonly child: ChildProcess
}

const root = join(import.meta.dirname, '..')

/** The built program; `npm run build` makes it. */
export const program = join(root, 'dist/cli.js')
export const file = (name: string) => join(root, 'bench', name)

/** Starts a file with Node, apart from the settings of whoever measures, and waits until it says where it listens. */
export async function start(
  args: readonly string[],
  env: Record<string, string> = {},
  stderr: 'inherit' | number = 'inherit',
): Promise<Started> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', stderr],
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  for await (const chunk of child.stdout ?? []) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk)) ?? []
    if (url) return { url, pid: child.pid ?? 0, child }
  }
  throw new Error('ended before it listened')
}

export async function end({ child }: Started): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** What a process holds in memory now, and what it held at most. */
export function memoryMib(pid: number, what: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const [, kib] = new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1_024
}

export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
