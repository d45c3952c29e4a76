import { parseArgs } from 'node:util'
import { flagOptions, helpText } from './help.ts'
import { outside } from './outside.ts'
import { SANDBOX_KEYS } from './sandbox/keys.ts'
import { CannotStart, type House, serve } from './serve.ts'
import { type Flags, readSettings, SettingsError } from './settings.ts'
import { VERSION } from './version.ts'

/** The only file that touches the process: arguments, environment, output, signals, exit codes. */
const USAGE = 2
const COULD_NOT_START = 1

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof SettingsError) stop(USAGE, error.faults)
  else if (error instanceof CannotStart) stop(COULD_NOT_START, [error.message])
  else stop(COULD_NOT_START, [`Unexpected: ${error instanceof Error ? error.stack : error}`])
}

async function main(args: string[]): Promise<void> {
  const { flags, command, help, version } = readArguments(args)
  if (help) return say(helpText(VERSION))
  if (version) return say(`${VERSION}\n`)
  if (command !== 'serve') throw new SettingsError([`unknown command: ${command}; see --help`])
  const settings = readSettings(flags, process.env)
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new CannotStart(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: keys are not sent to hosts that cannot prove who they are.',
    )
  }
  const house = await serve(settings, outside, process.stderr)
  for (const warning of house.warnings) process.stderr.write(`${warning}\n`)
  say(banner(house))
  endWith(house)
}

function readArguments(args: string[]) {
  const switches = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  } as const
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...flagOptions, ...switches },
      allowPositionals: true,
    })
    const { help, version, ...given } = values
    if (positionals.length > 1) throw new TypeError(`Unexpected argument '${positionals[1]}'`)
    const flags: Flags = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === true ? 'on' : String(value)]),
    )
    return { flags, command: positionals[0] ?? 'serve', help, version }
  } catch (error) {
    throw new SettingsError([`${error instanceof Error ? error.message.split('. ')[0] : error}; see --help`])
  }
}

function banner({ urls, sandbox }: House): string {
  const [first = ''] = urls
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
function endWith(house: House): void {
  let ending = false
  const end = (code: number) => {
    if (ending) process.exit(COULD_NOT_START)
    ending = true
    house.close().then(
      () => process.exit(code),
      () => process.exit(COULD_NOT_START),
    )
  }
  process.on('SIGINT', () => end(0))
  process.on('SIGTERM', () => end(0))
  process.on('uncaughtException', (error) => {
    process.stderr.write(
      `${JSON.stringify({ level: 60, msg: 'unexpected error', at: error.stack?.split('\n').slice(1, 6) })}\n`,
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
