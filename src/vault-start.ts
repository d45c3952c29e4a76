import { CannotStart } from './cannot-start.ts'
import { TOKEN_SCOPES, type TokenScope, type Vault } from './gateway/grants.ts'
import type { Logger } from './gateway/log.ts'
import type { Outside } from './outside.ts'
import type { ProfilePlaces } from './profile-places.ts'
import type { Settings } from './settings.ts'
import { credentialsFile } from './vault/credentials-file.ts'
import { metadataKeys } from './vault/metadata-keys.ts'
import { type FindKeys, profileKeys } from './vault/profiles.ts'
import { TokenFileError } from './vault/token-file.ts'
import { openVault } from './vault/vault.ts'

/** Where the keys of a profile are looked for, as the settings have it. */
export const keyFinder = (
  { metadataUrl }: Pick<Settings, 'metadataUrl'>,
  places: ProfilePlaces,
  outside: Outside,
): FindKeys =>
  profileKeys({
    environment: places.environment,
    file: credentialsFile(places.credentialsFile),
    metadata: metadataKeys(metadataUrl, outside),
  })

/** The vault as the settings have it; undefined where nothing says where its file would be. */
export async function startVault(
  settings: Settings,
  places: ProfilePlaces,
  outside: Outside,
  log: Logger,
): Promise<Vault | undefined> {
  const { tokenFile: file } = settings
  if (file === undefined) return undefined
  const vault = await openVault({
    file,
    findKeys: keyFinder(settings, places, outside),
    outside,
    report: ({ id, profile }, missing) => log.warn({ token: id, profile, missing }, 'a token found no keys'),
    reportFile: (why) => log.warn(why),
  }).catch((error) => {
    throw error instanceof TokenFileError ? new CannotStart(error.message) : error
  })
  return {
    close: vault.close,
    async open(token) {
      const opened = await vault.open(token)
      return 'refused' in opened ? opened : { ...opened, scopes: opened.scopes.filter(isScope) }
    },
  }
}

const isScope = (word: string): word is TokenScope => TOKEN_SCOPES.some((scope) => scope === word)
