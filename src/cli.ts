import { randomUUID } from 'node:crypto'
import { CannotStart } from './cannot-start.ts'
import { terminalOf } from './cli/process-terminal.ts'
import { run } from './cli/run.ts'
import { profileShelf } from './cli-profiles.ts'
import { servingCommands } from './cli-serving-commands.ts'
import { CLI_VARIABLES } from './cli-variables.ts'
import { SANDBOX_KEYS } from './sandbox/keys.ts'
import { SettingsError } from './settings-error.ts'
import { VERSION } from './version.ts'

/** The entry: what a process has goes in here, and its exit code comes out. */
const USAGE = 2
const COULD_NOT_START = 1
const { argv, env } = process
const usual = Object.fromEntries(
  Object.entries(CLI_VARIABLES).flatMap(([name, variable]) => (env[variable] ? [[name, env[variable]]] : [])),
)

// A closed pipe or a full disk is no reason to end; where it matters, it is looked at.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const terminal = terminalOf({
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  onInterrupt: (act) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      // Who asks a second time does not want to wait for an end in order.
      process.once(signal, act)
    }
  },
  onLost: (code) => stop(COULD_NOT_START, [`Nothing can be written to stdout (${code}).`]),
})

try {
  process.exitCode = await run(argv.slice(2), env, servingCommands, VERSION, {
    terminal,
    usual,
    trustsAnybody: env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
    isInsecure: env.HCA_INSECURE === 'on',
    profiles: profileShelf(env),
    tryKeys: SANDBOX_KEYS,
    startGateway: async (withSandbox) => (await import('./in-process.ts')).startInProcess(env, withSandbox),
    keepsSandbox: (env.HCA_SANDBOX_STATE ?? '') !== '',
    newKey: randomUUID,
  })
} catch (error) {
  if (error instanceof SettingsError) stop(USAGE, error.faults)
  else if (error instanceof CannotStart) stop(COULD_NOT_START, error.message.split('\n'))
  else stop(COULD_NOT_START, (await import('./why-not.ts')).whyNot(error))
}

function stop(code: number, lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`huawei-cloud-api: ${line}\n`)
  process.exitCode = code
}
