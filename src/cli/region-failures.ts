import type { HuaweiCloudApiError } from '../../packages/client/src/index.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { safeText } from './output/safe-text.ts'
import { inside } from './output/table.ts'

/** Tells of the regions of a list that failed beside those that did not. */
export function codeOfRegions(value: unknown, house: House): number {
  const errors = inside(value, 'errors')
  if (!Array.isArray(errors) || errors.length === 0) return CODES.done
  for (const one of errors) tell(String(inside(one, 'regionId')), String(inside(one, 'error.message')), house)
  return CODES.partly
}

export const tellFailure = ({ regionId = '', message }: HuaweiCloudApiError, house: House): void =>
  tell(regionId, message, house)

const tell = (region: string, message: string, { terminal, text }: House): void =>
  terminal.err(`${safeText(text.problems.regionFailed(region, message))}\n`)
