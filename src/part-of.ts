import type { Settings } from './settings.ts'

/** What may be done at once, over all processes. */
const DIVIDED = [
  'connections',
  'connectionsCaller',
  'queue',
  'maxInFlight',
  'maxConnections',
  'cacheBytes',
] as const satisfies readonly (keyof Settings)[]

/** Of all that the settings allow together, the part of one of so many workers: rounded down, but not to nothing. */
export function partOf(settings: Settings, workers: number): Settings {
  if (workers === 1) return settings
  const part = (most: number) => (most === 0 ? 0 : Math.max(1, Math.floor(most / workers)))
  return { ...settings, ...Object.fromEntries(DIVIDED.map((name) => [name, part(settings[name])])) }
}
