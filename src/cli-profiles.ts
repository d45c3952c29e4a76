import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { ProfileShelf } from './cli/house.ts'
import { outside } from './outside.ts'
import { type ProfilePlaces, profilePlaces } from './profile-places.ts'
import { credentialsFile, readSections } from './vault/credentials-file.ts'
import { profileKeys } from './vault/profiles.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The places of keys as the command line looks through them. */
export function profileShelf(env: Environment): ProfileShelf {
  const places = profilePlaces(env)
  const chosenIn = chosenFile(env)
  return {
    find: (profile) =>
      profileKeys({
        environment: places.environment,
        file: credentialsFile(places.credentialsFile),
        // Asked only by its name: where there is no such service, a question to it takes long to fail.
        metadata: () =>
          profile === 'metadata' ? fromMetadata(env) : { missing: 'metadata: asked with --profile metadata' },
      })(profile),
    names: () => ['default', 'environment', 'metadata', ...sectionsIn(places)],
    chosen: () => textIn(chosenIn)?.trim() || undefined,
    choose(profile) {
      if (chosenIn === undefined) return
      mkdirSync(dirname(chosenIn), { recursive: true, mode: 0o700 })
      writeFileSync(chosenIn, `${profile}\n`)
    },
  }
}

async function fromMetadata(env: Environment) {
  const { readSettings } = await import('./settings.ts')
  const { metadataKeys } = await import('./vault/metadata-keys.ts')
  return metadataKeys(readSettings({}, env).metadataUrl, outside)()
}

const sectionsIn = ({ credentialsFile: file }: ProfilePlaces): string[] => {
  const text = textIn(file)
  return text === undefined ? [] : [...readSections(text).keys()]
}

/** https://specifications.freedesktop.org/basedir-spec/latest/ */
function chosenFile({ XDG_CONFIG_HOME = '', HOME, USERPROFILE }: Environment): string | undefined {
  const home = HOME || USERPROFILE
  const folder = isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : home && join(home, '.config')
  return folder ? join(folder, 'huawei-cloud-api', 'profile') : undefined
}

function textIn(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
