import type { Command } from '../../src/cli/command.ts'
import type { Keys } from '../../src/cli/house.ts'
import { run } from '../../src/cli/run.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { SANDBOX_KEYS } from '../../src/sandbox/keys.ts'
import { type Ended, run as spawned } from './program.ts'

/** The variables of somebody who tries the sandbox. */
export const sandboxEnv = {
  HUAWEICLOUD_SDK_AK: SANDBOX_KEYS.accessKey,
  HUAWEICLOUD_SDK_SK: SANDBOX_KEYS.secretKey,
  HCA_REGION: 'cn-east-2',
}

/** A command as somebody types it, asking a gateway of the test. */
export const commandAt =
  (url: string, env: Record<string, string> = {}) =>
  (args: readonly string[]) =>
    spawned([...args], { ...sandboxEnv, HCA_GATEWAY: url, ...env })

export interface Sitting {
  /** What somebody types, a line for each question. */
  readonly answers?: readonly string[]
  readonly input?: string
  readonly keys?: Keys
  readonly serving?: readonly Command[]
  readonly shows?: boolean
}

/** The same command in this process: for tests of many lines, each of which would be a process of its own. */
export async function typed(url: string, args: readonly string[], sitting: Sitting = {}): Promise<Ended> {
  const answers = [...(sitting.answers ?? [])]
  let stdout = ''
  let stderr = ''
  const terminal: Terminal = {
    shows: sitting.shows === true,
    tells: false,
    asks: sitting.answers !== undefined,
    width: undefined,
    isClosed: false,
    async out(data) {
      stdout += typeof data === 'string' ? data : new TextDecoder().decode(data)
    },
    err: (text) => {
      stderr += text
    },
    input: async () => sitting.input ?? '',
    async ask(question) {
      stderr += question
      return answers.shift()
    },
    interrupted: () => new AbortController().signal,
  }
  const code = await run(args, {}, [], '0', {
    terminal,
    usual: { gateway: url, region: 'cn-east-2' },
    isInsecure: false,
    trustsAnybody: false,
    profiles: {
      find: async () => ({ keys: sitting.keys ?? SANDBOX_KEYS }),
      names: () => ['default', 'ci'],
      chosen: () => undefined,
      choose: () => {},
    },
    startGateway: async () => {
      throw new Error('a gateway was named')
    },
    tryKeys: SANDBOX_KEYS,
    keepsSandbox: false,
    newKey: () => 'a-key-of-this-command',
  })
  return { code, stdout, stderr }
}
