import { checked, type Found, type GivenKeys, type KeySource } from './keys.ts'

export interface Places {
  /** Of this process, as the official SDKs name them. */
  environment: GivenKeys
  file(section: string): Found
  metadata: KeySource
}

/** Keys of a profile, or why there are none. Looked for anew each time: what changes takes effect at once. */
export type FindKeys = (profile: string) => Promise<Found>

/**
 * Profiles are the places where the official SDKs look: `environment`, `metadata` (the agency of the ECS that
 * this runs on), and the sections of the credentials file under their own names. `default` tries all of them in
 * those SDKs' order.
 */
export function profileKeys({ environment, file, metadata }: Places): FindKeys {
  const fromEnvironment = () =>
    checked(environment, 'environment', ['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK'])
  const named: Record<string, readonly KeySource[]> = {
    environment: [fromEnvironment],
    metadata: [metadata],
    default: [fromEnvironment, () => file('basic'), metadata],
  }
  return async (profile) => {
    const sources = Object.hasOwn(named, profile) ? named[profile] : undefined
    return firstFound(sources ?? [() => file(profile)])
  }
}

async function firstFound(sources: readonly KeySource[]): Promise<Found> {
  const misses: string[] = []
  for (const source of sources) {
    const found = await source()
    if ('keys' in found) return found
    misses.push(found.missing)
  }
  return { missing: misses.join('; ') }
}
