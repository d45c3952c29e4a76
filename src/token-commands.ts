import { CannotStart } from './cannot-start.ts'
import type { Outside } from './outside.ts'
import type { ProfilePlaces } from './profile-places.ts'
import { type Flags, type Settings, SettingsError } from './settings.ts'
import { readExpiry, readName, readProfile, readRegions, readScopes } from './token-flags.ts'
import { TOKEN_HEADINGS, table, tokenCells, tokenJson } from './token-table.ts'
import { hashOf, newToken, readToken, written } from './vault/token.ts'
import { type Access, TokenFileError } from './vault/token-file.ts'
import { openTokenStore, type TokenStore } from './vault/token-store.ts'
import { keyFinder } from './vault-start.ts'

const DONE = 0
const NOT_FOUND = 4

interface Given {
  flags: Flags
  /** What stands behind the command's own words. */
  words: readonly string[]
  settings: Settings
  places: ProfilePlaces
  outside: Outside
}

/** What a command has to say, and the code it ends with. */
export interface Said {
  code: number
  out?: string
  /** For people, beside what a program may read. */
  notes?: readonly string[]
}

interface TokenCommand {
  /** Flags beside those of settings. */
  flags: readonly string[]
  /** Behind the command's own words, as in usage. */
  words?: string
  run(given: Given): Promise<Said>
}

export const tokenCommands: Record<string, TokenCommand> = {
  'token create': { flags: ['profile', 'scope', 'regions', 'expires', 'name'], run: create },
  'token list': { flags: ['json'], run: list },
  'token revoke': { flags: [], words: '[id]', run: revoke },
}

async function create({ flags, settings, places, outside }: Given): Promise<Said> {
  const faults: string[] = []
  const complain = (fault: string) => {
    faults.push(fault)
    return undefined
  }
  const now = outside.now()
  const profile = readProfile(flags.profile, complain)
  const scopes = readScopes(flags.scope, complain)
  const regions = readRegions(flags.regions, settings.overrides, complain)
  const expires = readExpiry(flags.expires, now, complain)
  const name = readName(flags.name, complain)
  if (!profile || !scopes || faults.length > 0) throw new SettingsError(faults)
  const found = await keyFinder(settings, places, outside)(profile)
  if ('missing' in found)
    throw new SettingsError([`the profile ${profile} has no keys; looked for in ${found.missing}`])

  const token = newToken()
  const row = {
    id: token.id,
    hash: hashOf(token.secret),
    profile,
    scopes,
    created: now,
    ...(name === undefined ? {} : { name }),
    ...(regions ? { regions } : {}),
    ...(expires === undefined ? {} : { expires }),
  }
  await withTokens(settings, 'make', (tokens) => tokens?.add(row))
  const notes = [
    `Token ${token.id}: scope ${scopes.join(',')}; ${regions?.join(', ') ?? 'all regions'}; keys of profile ${profile}; ${
      expires === undefined ? 'never expires' : `expires ${new Date(expires).toISOString()}`
    }.`,
    'It is shown this once, and only its hash is kept. Send it as: Authorization: Bearer hca_…',
    ...(profile === 'environment' || profile === 'default'
      ? [`The server looks for the keys of ${profile} in its own environment.`]
      : []),
  ]
  return { code: DONE, out: `${written(token)}\n`, notes }
}

async function list({ flags, settings, outside }: Given): Promise<Said> {
  const rows = await withTokens(settings, 'read', (tokens) => tokens?.list() ?? [])
  const now = outside.now()
  if (flags.json) return { code: DONE, out: `${JSON.stringify(rows.map((row) => tokenJson(row, now)))}\n` }
  if (rows.length === 0) return { code: DONE, notes: ['There are no tokens.'] }
  return {
    code: DONE,
    out: table(
      TOKEN_HEADINGS,
      rows.map((row) => tokenCells(row, now)),
    ),
  }
}

async function revoke({ words, settings, outside }: Given): Promise<Said> {
  const [given] = words
  if (!given) throw new SettingsError(['token revoke needs the id of a token; see token list'])
  // Who finds a token somewhere has the whole of it. It is not repeated, whatever it is.
  const id = readToken(given)?.id ?? given
  const row = await withTokens(settings, 'change', (tokens) => tokens?.revoke(id, outside.now()))
  return row
    ? { code: DONE, out: `Token ${row.id} is revoked.\n` }
    : { code: NOT_FOUND, notes: ['There is no token with this id; see token list.'] }
}

async function withTokens<Done>(
  { tokenFile }: Settings,
  access: Access,
  work: (tokens: TokenStore | undefined) => Done,
): Promise<Done> {
  if (tokenFile === undefined)
    throw new SettingsError(['there is no home folder to keep tokens in: set --token-file'])
  try {
    const tokens = await openTokenStore(tokenFile, access)
    try {
      return work(tokens)
    } finally {
      tokens?.close()
    }
  } catch (error) {
    throw error instanceof TokenFileError ? new CannotStart(error.message) : error
  }
}
