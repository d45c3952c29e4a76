import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'

export const root = join(import.meta.dirname, '../..')
export const launcher = join(root, 'bin/huawei-cloud-api.cjs')

const stateFolder = mkdtempSync(join(tmpdir(), 'hca-state-'))
afterAll(() => rmSync(stateFolder, { recursive: true }))

/** Without the settings of whoever runs the tests, and out of reach of their tokens. */
export const bareEnvironment = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:HCA_|HUAWEICLOUD_|PORT$|HTTPS_PROXY|https_proxy)/.test(name),
    ),
  ),
  XDG_STATE_HOME: stateFolder,
}

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Program {
  child: ChildProcess
  /** Resolves with all of stdout so far once it matches; rejects when the program ends before. */
  says(pattern: RegExp): Promise<string>
  ended: Promise<Ended>
  end(signal?: NodeJS.Signals): void
}

/** Starts a program in a process group of its own, which ends with the test. */
export function start(
  command: string,
  args: string[],
  env: Record<string, string> = {},
  cwd = root,
): Program {
  const child = spawn(command, args, { cwd, env: { ...bareEnvironment, ...env }, detached: true })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout, stderr }))
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal)
  }
  onTestFinished(async () => {
    end('SIGKILL')
    await ended
  })
  return {
    child,
    ended,
    end,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(stdout)) resolve(stdout)
        }
        child.stdout.on('data', look)
        look()
        ended.then(() => reject(new Error(`ended before saying ${pattern}: ${stdout}${stderr}`)))
      }),
  }
}

/** Where it says that it listens. */
export const urlOf = async (program: Program): Promise<string> =>
  /listens on (\S+)/.exec(await program.says(/listens on \S+\n/))?.[1] ?? ''

/** Resolves when the program has said on stderr what matches. */
export function mutters(program: Program, pattern: RegExp): Promise<void> {
  let text = ''
  return new Promise((resolve) => {
    program.child.stderr?.on('data', (chunk) => {
      text += chunk
      if (pattern.test(text)) resolve()
    })
  })
}

export const run = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  start(process.execPath, [launcher, ...args], env).ended
