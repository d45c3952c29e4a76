import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Started {
  readonly url: string
  readonly pid: number
  readonly child: ChildProcess
}

const program = join(import.meta.dirname, '../dist/cli.js')

/** Starts the built program, or another file, and waits until it says where it listens. */
export async function startProgram(
  args: readonly string[],
  env: Record<string, string> = {},
  file = program,
): Promise<Started> {
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  for await (const chunk of child.stdout) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk)) ?? []
    if (url) {
      child.stdout.resume()
      return { url, pid: child.pid ?? 0, child }
    }
  }
  throw new Error('ended before it listened')
}

export async function end({ child }: Started): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
