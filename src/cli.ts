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
const INTERRUPTED = 130
/** The terminal sends Ctrl-C to everybody in it, and what started us passes it on: that is one. */
const ECHO_MS = 250
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
    let at: number | undefined
    const hear = () => {
      if (at === undefined) act()
      // Who asks once more does not want to wait for an end in order.
      else if (performance.now() - at > ECHO_MS) process.exit(INTERRUPTED)
      at ??= performance.now()
    }
    process.on('SIGINT', hear).on('SIGTERM', hear)
  },
  onLost: (code) => stop(COULD_NOT_START, [`Nothing can be written to stdout (${code}).`]),
})

try {
  const code = await run(argv.slice(2), env, servingCommands, VERSION, {
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
  process.exitCode ||= code // unless what was to be told could not be
} catch (error) {
  if (error instanceof SettingsError) stop(USAGE, error.faults)
  else if (error instanceof CannotStart) stop(COULD_NOT_START, error.message.split('\n'))
  else stop(COULD_NOT_START, (await import('./why-not.ts')).whyNot(error))
}

function stop(code: number, lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`huawei-cloud-api: ${line}\n`)
  process.exitCode = code
}
