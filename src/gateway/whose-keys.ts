import type { Caller } from '../huaweicloud/caller.ts'
import type { FoundKeys } from './credentials.ts'
import { keysBeside } from './grants.ts'
import type { Noticed } from './intake.ts'

/** Whose keys sign a request: those it came with, or those its token stands for. Notes them, and all that is secret. */
export function whoseKeys(
  keys: Pick<FoundKeys, 'caller' | 'secrets' | 'given'>,
  noticed: Noticed,
): Caller | undefined {
  noticed.secrets.push(...keys.secrets)
  const { grant } = noticed
  if (grant && keys.given) throw keysBeside()
  const caller = grant?.caller ?? keys.caller
  if (caller) noticed.caller = caller
  return caller
}
