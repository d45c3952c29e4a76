import { parseExposition } from '../helpers/exposition.ts'
import { ask, errorOf, type Got, keyHeaders } from '../helpers/house.ts'

/** Of one of many callers. */
export const keysOf = (who: number) => ({
  ...keyHeaders,
  'x-access-key': `AKSOMEBODY${String(who).padStart(10, '0')}`,
})

export const reasonOf = (got: Got): string | undefined => (got.status < 400 ? undefined : errorOf(got).reason)

/** What `/metrics` says of what has no labels. */
export async function gauge(url: string, name: string): Promise<number | undefined> {
  const { samples } = parseExposition((await ask(`${url}/metrics`)).text)
  return samples.find((one) => one.name === name)?.value
}
