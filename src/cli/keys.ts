import { type Given, textOf } from './command.ts'
import { CODES } from './exit-codes.ts'
import type { House, Keys } from './house.ts'
import { Stop } from './stop.ts'

/** The profile that counts, and who said so. */
export const profileOf = (given: Given, { usual, profiles }: House): string =>
  textOf(given, 'profile') ?? usual.profile ?? profiles.chosen() ?? 'default'

/** The keys to ask with: of the line where that was forced, else of the profile. Fails with {@link Stop}. */
export async function keysOf(given: Given, house: House): Promise<Keys> {
  const { text, profiles, tryKeys } = house
  const forced = textOf(given, 'insecure-keys-on-command-line')
  if (forced !== undefined) {
    const [accessKey = '', secretKey = ''] = forced.split(/:(.*)/s)
    if (!accessKey || !secretKey) throw new Stop(CODES.usage, text.keys.badPair)
    return { accessKey, secretKey }
  }
  const found = await profiles.find(profileOf(given, house))
  if ('keys' in found) return found.keys
  throw new Stop(
    CODES.usage,
    text.keys.missing,
    text.keys.lookedFor(found.missing),
    text.keys.ways(tryKeys.accessKey, tryKeys.secretKey),
  )
}
