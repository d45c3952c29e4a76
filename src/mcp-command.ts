import { dirname, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { DestinationStream } from 'pino'
import { filedApprovals } from './agents/approval-files.ts'
import { ifInstalled } from './agents/sdk.ts'
import { newBook } from './agents-start.ts'
import { CannotStart } from './cannot-start.ts'
import { buildLogger, shownError } from './gateway/log.ts'
import { identifier } from './huaweicloud/caller.ts'
import type { Names, Outside } from './outside.ts'
import type { ProfilePlaces } from './profile-places.ts'
import { SANDBOX_KEYS } from './sandbox/keys.ts'
import { serve } from './serve.ts'
import { type Flags, type Settings, SettingsError } from './settings.ts'
import type { Keys } from './vault/keys.ts'
import { keyFinder } from './vault-start.ts'
import { VERSION } from './version.ts'

interface Asking {
  readonly flags: Flags
  readonly settings: Settings
  readonly places: ProfilePlaces
  readonly outside: Outside
}

export interface McpCommand extends Asking {
  readonly outside: Outside & Names
  readonly logTo: DestinationStream
  readonly input: Readable
  readonly output: Writable
}

/** What stands for the built-in sandbox, where the credentials file has no such section. */
const SANDBOX_PROFILE = 'sandbox'

export const approvalFolder = ({ tokenFile }: Pick<Settings, 'tokenFile'>): string | undefined =>
  tokenFile && join(dirname(tokenFile), 'approvals')

/** Serves one agent over stdin and stdout, with the whole gateway in this process and no port for it. */
export async function startMcp(command: McpCommand) {
  const { flags, settings, places, outside, logTo, input, output } = command
  const stdio = await ifInstalled(() => import('./agents/stdio.ts'))
  if (!stdio)
    throw new CannotStart(
      'mcp needs the package @modelcontextprotocol/sdk: npm install @modelcontextprotocol/sdk',
    )
  const keys = await keysOf(command)
  const isSandbox = keys.accessKey.startsWith('SANDBOX')
  const inside = {
    ...settings,
    host: '127.0.0.1',
    ports: [],
    sandbox: settings.sandbox && isSandbox,
    console: false,
  }
  const house = await serve(inside, outside, logTo, places)
  const folder = approvalFolder(settings)
  const book = newBook(outside)
  const log = buildLogger(settings.logLevel, logTo)
  const notFiled = (error: unknown) =>
    log.warn({ error: shownError(error) }, '`approve` cannot be used: what waits for it cannot be written')
  const { ended, close } = await stdio.agentStdio({
    version: VERSION,
    input,
    output,
    account: identifier()(keys),
    manners: {
      allowsWrites: flags['allow-writes'] === 'on',
      approveBy: (id) =>
        `Ask the person to run \`huawei-cloud-api approve ${id}\` in a terminal of this machine.`,
      ...(flags.region ? { regionId: flags.region } : {}),
    },
    approvals: folder ? filedApprovals(book, folder, outside.now, notFiled) : book,
    // Keys of a machine rotate: they are found anew for each call.
    ask: async (call) => house.gateway.inside({ headers: headersOf(await keysOf(command)) })(call),
    report: (error) => log.error({ error: shownError(error) }, 'unexpected error in a tool'),
  })
  return {
    ended,
    async close() {
      await close()
      await house.close()
    },
  }
}

/** Those of the profile that is named. Fails with {@link SettingsError}. */
export async function keysOf({ flags, settings, places, outside }: Asking): Promise<Keys> {
  const profile = flags.profile ?? 'default'
  const found = await keyFinder(settings, places, outside)(profile)
  if ('keys' in found) return found.keys
  if (profile === SANDBOX_PROFILE) return SANDBOX_KEYS
  throw new SettingsError([
    `the profile ${profile} has no keys; looked for in ${found.missing}. --profile sandbox has those of the sandbox`,
  ])
}

const headersOf = ({ accessKey, secretKey, securityToken }: Keys): Record<string, string> => ({
  'x-access-key': accessKey,
  'x-secret-key': secretKey,
  ...(securityToken ? { 'x-security-token': securityToken } : {}),
})
