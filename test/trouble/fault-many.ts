import { errorOf, type Got, keyHeaders } from '../helpers/house.ts'

/** Of one of many callers. */
export const keysOf = (who: number) => ({
  ...keyHeaders,
  'x-access-key': `AKSOMEBODY${String(who).padStart(10, '0')}`,
})

export const reasonOf = (got: Got): string | undefined => (got.status < 400 ? undefined : errorOf(got).reason)
