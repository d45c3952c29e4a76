import { fstatSync, writeSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { agentFlags } from './agent-flags.ts'
import type { Terminal } from './approve-command.ts'
import { auditFlags, verifyCommand } from './audit-command.ts'
import { CannotStart } from './cannot-start.ts'
import type { Given, Parts } from './cli/command.ts'
import type { Flag } from './cli/flag.ts'
import { type Ending, endingOf } from './ending.ts'
import { settingsFlags } from './help.ts'
import { gathered, type LogSink, sinkToFile, sinkToStream } from './log-sink.ts'
import { outside } from './outside.ts'
import { profilePlaces } from './profile-places.ts'
import { SANDBOX_KEYS } from './sandbox/keys.ts'
import { environmentLines } from './sandbox-env.ts'
import { startSandbox } from './sandbox-start.ts'
import { type House, serve } from './serve.ts'
import { type Flags, isLoopback, readSettings, type Settings } from './settings.ts'
import { type Said, tokenCommands } from './token-commands.ts'
import { tokenFlags } from './token-flags.ts'
import { VERSION } from './version.ts'
import { whyNot } from './why-not.ts'
import type { Channel } from './workers/line.ts'

/** Beside cli.ts the only file that touches the process: the commands that serve, and those that keep tokens and the audit. */
const DONE = 0
const COULD_NOT_START = 1
/** What closing may take where nobody is waited for. */
const CLOSING_MS = 400
/** And beyond the grace, which keeps some of itself for it: with the log written it is all over in half a second. */
const LATE_MS = 200
/** Workers take as long, and then some: what they leave behind is closed after them. */
const WORKERS_MS = 400
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** The flags of all of them; what is not a command's own has no effect on it. */
const flags: readonly Flag[] = [...settingsFlags, ...tokenFlags, ...auditFlags, ...agentFlags]
const flagNames = flags.map(({ name }) => name)

interface Serving {
  readonly flags: readonly string[]
  readonly words?: string
  run(flags: Flags, words: readonly string[]): Promise<number>
}

const SANDBOX_FLAGS = ['host', 'port', 'state', 'seed', 'pace']
const MCP_FLAGS = 'allow-writes region profile state seed pace token-file audit-file log-level'.split(' ')

const commands: Record<string, Serving> = {
  serve: { flags: settingsFlags.map(({ name }) => name), run: serveAll },
  sandbox: { flags: SANDBOX_FLAGS, run: serveSandbox },
  'sandbox env': {
    flags: SANDBOX_FLAGS,
    run: async (flags) => tell({ code: DONE, out: environmentLines(urlOf(sandboxSettings(flags))) }),
  },
  mcp: { flags: MCP_FLAGS, run: serveAgent },
  approve: {
    flags: ['gateway', 'profile', 'token-file'],
    words: '<id>',
    async run(flags, words) {
      const { approveCommand } = await import('./approve-command.ts')
      const settings = readSettings(flags, process.env)
      const places = profilePlaces(process.env)
      return tell(await approveCommand({ flags, words, settings, places, outside, terminal: terminal() }))
    },
  },
  'audit verify': {
    flags: ['head', 'audit-file'],
    words: '[file]',
    run: async (flags, words) => tell(await verifyCommand(flags, words, readSettings(flags, process.env))),
  },
  ...Object.fromEntries(
    Object.entries(tokenCommands).map(([name, { flags, words, run }]): [string, Serving] => [
      name,
      {
        flags: [...flags, 'token-file'],
        ...(words ? { words } : {}),
        run: async (flags, words) => {
          const settings = readSettings(flags, process.env)
          return tell(await run({ flags, words, settings, places: profilePlaces(process.env), outside }))
        },
      },
    ]),
  ),
}

export function servingParts(name: string): Parts {
  const command = commands[name]
  if (!command) throw new TypeError(`${name} is no command`)
  return {
    ...(command.words ? { words: command.words } : {}),
    flags: flags.filter(({ name }) => command.flags.includes(name)),
    foreignFlags: flagNames,
    run: ({ flags, words }: Given) => command.run(plainFlags(flags), words),
  }
}

/** As settings are read: a switch is `on`. */
const plainFlags = (flags: Given['flags']): Flags =>
  Object.fromEntries(
    Object.entries(flags).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value === true ? 'on' : String(value)]],
    ),
  )

async function serveAll(flags: Flags): Promise<number> {
  const settings = readSettings(flags, process.env)
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new CannotStart(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: keys are not sent to hosts that cannot prove who they are.',
    )
  }
  const closingMs = (settings.drainDelay + settings.grace) * 1_000
  // Not even loaded where there is one process.
  const processes = settings.workers === 1 ? undefined : await import('./workers/processes.ts')
  if (processes?.isWorker) {
    await work(settings, closingMs, processes.channelToParent())
    return DONE
  }
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
  return DONE
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

async function serveSandbox(flags: Flags): Promise<number> {
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
  return DONE
}

/** One agent, over stdin and stdout; the log is on stderr. */
async function serveAgent(flags: Flags): Promise<number> {
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
  return DONE
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

const sandboxSettings = (flags: Flags) => readSettings(flags, process.env, { ports: [8003] })

function tell({ code, out = '', notes = [] }: Said): number {
  for (const note of notes) process.stderr.write(`${note}\n`)
  say(out)
  return code
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
    if (!error) return
    process.stderr.write(
      `huawei-cloud-api: Nothing can be written to stdout (${Reflect.get(error, 'code')}).\n`,
    )
    process.exitCode = COULD_NOT_START
  })
}
