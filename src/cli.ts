import './memory-habits.ts' // first: what comes later allocates
import { fstatSync, writeSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline/promises'
import type { Terminal } from './approve-command.ts'
import { meant, readArguments } from './arguments.ts'
import { auditFlagOptions, verifyCommand } from './audit-command.ts'
import { CannotStart } from './cannot-start.ts'
import { type Ending, endingOf } from './ending.ts'
import { shownError } from './gateway/log.ts'
import { flagOptions, helpText } from './help.ts'
import { gathered, type LogSink, sinkToFile, sinkToStream } from './log-sink.ts'
import { outside } from './outside.ts'
import { profilePlaces } from './profile-places.ts'
import { SANDBOX_KEYS } from './sandbox/keys.ts'
import { environmentLines } from './sandbox-env.ts'
import { startSandbox } from './sandbox-start.ts'
import { type House, serve } from './serve.ts'
import { type Flags, isLoopback, readSettings, type Settings, SettingsError } from './settings.ts'
import { type Said, tokenCommands } from './token-commands.ts'
import { VERSION } from './version.ts'
import type { Channel } from './workers/line.ts'

/** The only file that touches the process: arguments, environment, output, signals, exit codes. */
const USAGE = 2
const COULD_NOT_START = 1
/** What closing may take where nobody is waited for. */
const CLOSING_MS = 400
/** And beyond the grace, which keeps some of itself for it: with the log written it is all over in half a second. */
const LATE_MS = 200
/** Workers take as long, and then some: what they leave behind is closed after them. */
const WORKERS_MS = 400
/** What an agent over stdin may be served with. */
const MCP_FLAGS = 'allow-writes region profile state seed pace token-file audit-file log-level'.split(' ')
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

const commands: Record<string, (flags: Flags, words: readonly string[]) => Promise<void>> = {
  serve: serveAll,
  'audit verify': async (flags, words) => {
    onlyFlags(flags, [...Object.keys(auditFlagOptions), 'audit-file'], 'audit verify')
    tell(await verifyCommand(flags, words, readSettings(flags, process.env)))
  },
  sandbox: serveSandbox,
  mcp: serveAgent,
  approve: async (flags, words) => {
    onlyFlags(flags, ['gateway', 'profile', 'token-file'], 'approve')
    const { approveCommand } = await import('./approve-command.ts')
    const settings = readSettings(flags, process.env)
    const places = profilePlaces(process.env)
    tell(await approveCommand({ flags, words, settings, places, outside, terminal: terminal() }))
  },
  'sandbox env': async (flags) => say(environmentLines(urlOf(sandboxSettings(flags)))),
  ...Object.fromEntries(
    Object.keys(tokenCommands).map((name) => [
      name,
      (flags: Flags, words: readonly string[]) => runToken(name, flags, words),
    ]),
  ),
}

// A closed pipe or a full disk is no reason to end; where it matters, it is looked at.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof SettingsError) stop(USAGE, error.faults)
  else stop(COULD_NOT_START, whyNot(error))
}

function whyNot(error: unknown): string[] {
  if (error instanceof CannotStart) return error.message.split('\n')
  return [`Unexpected error, please report it: ${JSON.stringify(shownError(error))}`]
}

async function main(args: string[]): Promise<void> {
  const { flags, command, words, help, version } = readArguments(args)
  if (help) return say(helpText(VERSION))
  if (version) return say(`${VERSION}\n`)
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!run)
    throw new SettingsError([`there is no such command${meant(command, Object.keys(commands))}; see --help`])
  await run(flags, words)
}

async function serveAll(flags: Flags): Promise<void> {
  onlyFlags(flags, Object.keys(flagOptions), 'serve')
  const settings = readSettings(flags, process.env)
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new CannotStart(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: keys are not sent to hosts that cannot prove who they are.',
    )
  }
  const closingMs = (settings.drainDelay + settings.grace) * 1_000
  // Not even loaded where there is one process.
  const processes = settings.workers === 1 ? undefined : await import('./workers/processes.ts')
  if (processes?.isWorker) return work(settings, closingMs, processes.channelToParent())
  const workers = settings.workers === 'auto' ? availableParallelism() : settings.workers
  const log = stderrSink(workers > 1)
  const starting =
    workers > 1
      ? (await import('./first.ts')).startFirst(settings, workers, outside, log)
      : serve(settings, outside, log, profilePlaces(process.env))
  endWith(starting, log, workers > 1 ? closingMs + WORKERS_MS : closingMs, processes?.killChildren)
  const house = await starting
  for (const warning of house.warnings) log.write(`${warning}\n`)
  process.stdout.write(banner(house)) // served is whether somebody listens or not
}

/** One of several processes that serve. What it has to say on how it starts and ends, the first one says. */
async function work(settings: Settings, closingMs: number, channel: Channel): Promise<void> {
  const { startWorker } = await import('./worker.ts')
  const log = stderrSink(true)
  const ending = endingTo(log)
  // A terminal and a supervisor send them to all of us; the first process passes them on.
  for (const signal of SIGNALS) process.on(signal, () => {})
  const places = profilePlaces(process.env)
  const worker = startWorker({ settings, outside, log, places, channel, end: ending.finish })
  ending.of(worker.house, Math.max(CLOSING_MS, closingMs + LATE_MS))
  crashesEnd(ending)
  await worker.house.catch(async (error) => {
    await worker.cannotStart(whyNot(error))
    process.exit(COULD_NOT_START)
  })
}

async function serveSandbox(flags: Flags): Promise<void> {
  const settings = sandboxSettings(flags)
  const { host, ports } = settings
  const log = stderrSink()
  const starting = startSandbox(settings, outside, (error) =>
    log.write(`${error instanceof Error ? error.stack : error}\n`),
  )
  endWith(starting, log, 0)
  const sandbox = await starting
  const { url, port } = await sandbox.listen(ports[0], host).catch(async (error) => {
    await sandbox.close()
    throw new CannotStart(
      `Port ${ports[0]} on ${host} cannot be listened on (${Reflect.get(Object(error), 'code')}). Choose another with --port.`,
    )
  })
  if (!isLoopback(host))
    log.write(
      'Everybody on the network can use this sandbox: its keys are known, and nothing is encrypted.\n',
    )
  const { accessKey, secretKey } = SANDBOX_KEYS
  process.stdout.write(
    [
      `huawei-cloud-api ${VERSION}: the sandbox listens on ${url}`,
      `keys: ${accessKey} / ${secretKey}`,
      `try: curl '${urlOf({ host, ports: [port] })}/_sandbox/world'`,
      `for the official SDKs and OpenStack: eval "$(huawei-cloud-api sandbox env${port === 8003 ? '' : ` --port ${port}`})"`,
      '',
    ].join('\n'),
  )
}

/** One agent, over stdin and stdout; the log is on stderr. */
async function serveAgent(flags: Flags): Promise<void> {
  onlyFlags(flags, MCP_FLAGS, 'mcp')
  const { startMcp } = await import('./mcp-command.ts')
  const log = stderrSink()
  const settings = readSettings(flags, process.env)
  const starting = startMcp({
    flags,
    settings,
    places: profilePlaces(process.env),
    outside,
    logTo: log,
    input: process.stdin,
    output: process.stdout,
  })
  // What was begun is finished, though nobody may be there to hear of it.
  const ending = endWith(starting, log, settings.grace * 1_000)
  const { ended } = await starting
  await ended
  ending.finish()
}

/** None where a program stands at either end. */
function terminal(): Terminal {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return {}
  return {
    async ask(question) {
      const lines = createInterface({ input: process.stdin, output: process.stdout })
      try {
        return await lines.question(question)
      } finally {
        lines.close()
      }
    },
  }
}

/** What only the gateway understands would be without effect here. */
function sandboxSettings(flags: Flags) {
  onlyFlags(flags, ['host', 'port', 'state', 'seed', 'pace'], 'the sandbox alone')
  return readSettings(flags, process.env, { ports: [8003] })
}

async function runToken(name: string, flags: Flags, words: readonly string[]): Promise<void> {
  const command = tokenCommands[name]
  if (!command) return
  onlyFlags(flags, [...command.flags, 'token-file'], name)
  const settings = readSettings(flags, process.env)
  const places = profilePlaces(process.env)
  tell(await command.run({ flags, words, settings, places, outside }))
}

function tell({ code, out = '', notes = [] }: Said): void {
  for (const note of notes) process.stderr.write(`${note}\n`)
  say(out)
  process.exitCode = code
}

function onlyFlags(flags: Flags, own: readonly string[], command: string): void {
  const foreign = Object.keys(flags).filter((flag) => !own.includes(flag))
  if (foreign.length > 0)
    throw new SettingsError(foreign.map((flag) => `--${flag} has no effect on ${command}`))
}

/** Where somebody on this machine finds it. */
function urlOf({ host, ports }: Pick<Settings, 'host'> & { ports: readonly number[] }): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${ports[0]}`
}

function banner({ urls, sandbox }: Pick<House, 'urls' | 'sandbox'>): string {
  const first = (urls[0] ?? '').replace(/\/\/(?:0\.0\.0\.0|\[::\])/, '//127.0.0.1')
  const { accessKey, secretKey } = SANDBOX_KEYS
  const keys = sandbox ? [accessKey, secretKey] : ['YOUR_ACCESS_KEY', 'YOUR_SECRET_KEY']
  return [
    `huawei-cloud-api ${VERSION} listens on ${urls.join(' and ')}`,
    ...(sandbox ? [`sandbox keys: ${accessKey} / ${secretKey}`] : []),
    `try: curl -H 'X-Access-Key: ${keys[0]}' -H 'X-Secret-Key: ${keys[1]}' '${first}/api/instances?regionId=cn-east-2'`,
    '',
  ].join('\n')
}

/** From now on signals and crashes end it in order, also while it starts. */
function endWith(
  starting: Promise<{ close(): Promise<void> }>,
  log: LogSink,
  closingMs: number,
  atLast?: () => void,
): Ending {
  const ending = endingTo(log, atLast)
  ending.of(starting, Math.max(CLOSING_MS, closingMs + LATE_MS))
  for (const signal of SIGNALS) process.on(signal, ending.signal)
  crashesEnd(ending)
  return ending
}

function endingTo({ write, flush }: LogSink, atLast = () => {}): Ending {
  const exit = (code: number) => {
    atLast()
    process.exit(code)
  }
  return endingOf({ outside, exit, tell: write, flush })
}

function crashesEnd({ crash }: Ending): void {
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}

/** Pipes and sockets are written without waiting; what Node makes of files and devices gives up at the first error. */
function stderrSink(isShared = false): LogSink {
  const kind = fstatSync(2)
  if (kind.isFIFO() || kind.isSocket()) return sinkToStream(process.stderr, { isShared })
  return gathered(
    sinkToFile((bytes) => writeSync(2, bytes)),
    (put) => process.on('exit', put),
  )
}

/** What was asked for, and therefore must arrive. */
function say(text: string): void {
  process.stdout.write(text, (error) => {
    if (error) stop(COULD_NOT_START, [`Nothing can be written to stdout (${Reflect.get(error, 'code')}).`])
  })
}

function stop(code: number, lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`huawei-cloud-api: ${line}\n`)
  process.exitCode = code
}
