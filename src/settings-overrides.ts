import { url } from './settings-readers.ts'

/** Base URLs by `service/region`. */
export type Overrides = ReadonlyMap<string, string>

const PREFIX = 'HUAWEICLOUD_SDK_REGION_'

/**
 * The official SDKs' variables for one service in one region, such as
 * `HUAWEICLOUD_SDK_REGION_ECS_CN_NORTH_4=https://host`. Of several URLs the first is taken.
 */
export function readOverrides(env: Readonly<Record<string, string | undefined>>) {
  const overrides = new Map<string, string>()
  const faults: string[] = []
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || !text) continue
    const [, service, region] =
      /^([A-Z0-9]+)_([A-Z0-9]+(?:_[A-Z0-9]+)*)$/.exec(name.slice(PREFIX.length)) ?? []
    const base = url(text.split(',')[0] ?? '')
    if (!service || !region) faults.push(`${name} must be named ${PREFIX}<SERVICE>_<REGION>`)
    else if (!base) faults.push(`${name} must be an http or https URL without path, query or user`)
    else overrides.set(`${service}/${region.replaceAll('_', '-')}`.toLowerCase(), base)
  }
  return { overrides, faults }
}
