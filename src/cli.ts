import './young-generation.ts' // first: what comes later allocates
import { parseArgs } from 'node:util'
import { CannotStart } from './cannot-start.ts'
import { shownError } from './gateway/log.ts'
import { flagOptions, helpText } from './help.ts'
import { nearest } from './nearest.ts'
import { outside } from './outside.ts'
import { profilePlaces } from './profile-places.ts'
import { SANDBOX_KEYS } from './sandbox/keys.ts'
import { environmentLines } from './sandbox-env.ts'
import { startSandbox } from './sandbox-start.ts'
import { type House, serve } from './serve.ts'
import { type Flags, isLoopback, readSettings, type Settings, SettingsError } from './settings.ts'
import { tokenCommands } from './token-commands.ts'
import { tokenFlagOptions } from './token-flags.ts'
import { VERSION } from './version.ts'

/** The only file that touches the process: arguments, environment, output, signals, exit codes. */
const USAGE = 2
const COULD_NOT_START = 1

const commands: Record<string, (flags: Flags, words: readonly string[]) => Promise<void>> = {
  serve: serveAll,
  sandbox: serveSandbox,
  'sandbox env': async (flags) => say(environmentLines(urlOf(sandboxSettings(flags)))),
  ...Object.fromEntries(
    Object.keys(tokenCommands).map((name) => [
      name,
      (flags: Flags, words: readonly string[]) => runToken(name, flags, words),
    ]),
  ),
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof SettingsError) stop(USAGE, error.faults)
  else if (error instanceof CannotStart) stop(COULD_NOT_START, error.message.split('\n'))
  else stop(COULD_NOT_START, [`Unexpected error, please report it: ${JSON.stringify(shownError(error))}`])
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
  const house = await serve(settings, outside, process.stderr, profilePlaces(process.env))
  for (const warning of house.warnings) process.stderr.write(`${warning}\n`)
  endWith(house) // before anybody is told, who might end it at once
  say(banner(house))
}

async function serveSandbox(flags: Flags): Promise<void> {
  const settings = sandboxSettings(flags)
  const { host, ports } = settings
  const sandbox = await startSandbox(settings, outside, (error) =>
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`),
  )
  const { url, port } = await sandbox.listen(ports[0], host).catch(async (error) => {
    await sandbox.close()
    throw new CannotStart(
      `Port ${ports[0]} on ${host} cannot be listened on (${Reflect.get(Object(error), 'code')}). Choose another with --port.`,
    )
  })
  if (!isLoopback(host))
    process.stderr.write(
      'Everybody on the network can use this sandbox: its keys are known, and nothing is encrypted.\n',
    )
  endWith(sandbox)
  const { accessKey, secretKey } = SANDBOX_KEYS
  say(
    [
      `huawei-cloud-api ${VERSION}: the sandbox listens on ${url}`,
      `keys: ${accessKey} / ${secretKey}`,
      `try: curl '${urlOf({ host, ports: [port] })}/_sandbox/world'`,
      `for the official SDKs and OpenStack: eval "$(huawei-cloud-api sandbox env${port === 8003 ? '' : ` --port ${port}`})"`,
      '',
    ].join('\n'),
  )
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
  const { code, out = '', notes = [] } = await command.run({ flags, words, settings, places, outside })
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

function readArguments(args: string[]) {
  const switches = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  } as const
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...flagOptions, ...tokenFlagOptions, ...switches },
      allowPositionals: true,
    })
    const { help, version, ...given } = values
    const length = positionals[0] === 'sandbox' || positionals[0] === 'token' ? 2 : 1
    const command = positionals.slice(0, length).join(' ') || 'serve'
    const words = positionals.slice(length)
    if (words.length > (command === 'token revoke' ? 1 : 0))
      throw new TypeError(`Too many words after '${command}'`)
    const flags: Flags = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === true ? 'on' : String(value)]),
    )
    return { flags, command, words, help, version }
  } catch (error) {
    const [text = ''] = String(error instanceof Error ? error.message : error).split('. ')
    const [, flag] = /Unknown option '--(?:no-)?([\w-]+)/.exec(text) ?? []
    throw new SettingsError([
      `${text}${flag ? meant(flag, Object.keys({ ...flagOptions, ...tokenFlagOptions }), '--') : ''}; see --help`,
    ])
  }
}

function meant(word: string, known: string[], before = ''): string {
  const [best] = nearest(word, known, 1)
  return best ? `; did you mean ${before}${best}?` : ''
}

function banner({ urls, sandbox }: House): string {
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

/** The first signal ends in peace, a second one at once. */
function endWith(house: { close(): Promise<void> }): void {
  let ending = false
  const end = (code: number) => {
    if (ending) process.exit(COULD_NOT_START)
    ending = true
    process.stderr.write('Ending; again ends at once.\n')
    house.close().then(
      () => process.exit(code),
      () => process.exit(COULD_NOT_START),
    )
  }
  process.on('SIGINT', () => end(0))
  process.on('SIGTERM', () => end(0))
  process.on('uncaughtException', (error) => {
    process.stderr.write(
      `${JSON.stringify({ level: 60, msg: 'unexpected error', error: shownError(error) })}\n`,
    )
    end(COULD_NOT_START)
  })
}

function say(text: string): void {
  process.stdout.write(text)
}

function stop(code: number, lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`huawei-cloud-api: ${line}\n`)
  process.exitCode = code
}
