import type { WantedServer } from './ecs-create-body.ts'
import { invalid } from './ecs-refusals.ts'
import { Refusal } from './refusal.ts'
import type { Region } from './regions.ts'
import type { Server } from './servers.ts'

export interface Charging {
  readonly mode: Server['chargingMode']
  /** Prepaid and not to be paid by itself: nothing is built until somebody pays. */
  readonly awaitsPayment: boolean
}

/** What `extendparam` says, each version in types of its own: the first a number, v1.1 words. */
export function chargingOf(wanted: WantedServer, version: 'v1' | 'v1.1', region: Region): Charging {
  const given = wanted.extendparam ?? {}
  if (given.regionID && given.regionID !== region.id)
    throw invalid(`regionID [${given.regionID}] is invalid.`)
  if (!['0', ''].includes(given.enterprise_project_id ?? '0'))
    throw new Refusal(400, 'EPS.0004', 'The enterprise project does not exist.')
  const isWord = typeof given.chargingMode === 'string'
  if (given.chargingMode !== undefined && isWord !== (version === 'v1.1'))
    throw invalid('chargingMode is invalid.')
  for (const [name, value] of Object.entries({ isAutoRenew: given.isAutoRenew, isAutoPay: given.isAutoPay }))
    if (value !== undefined && !['true', 'false'].includes(value)) throw invalid(`${name} is invalid.`)

  if (given.chargingMode !== 'prePaid')
    return { mode: given.marketType === 'spot' ? '2' : '0', awaitsPayment: false }
  refusePeriod(given.periodType, given.periodNum)
  return { mode: '1', awaitsPayment: given.isAutoPay !== 'true' }
}

export function refusePeriod(type: string | undefined, count = 0): void {
  const longest = type === 'month' ? 9 : type === 'year' ? 3 : 0
  if (count < 1 || count > longest) throw invalid('periodType and periodNum are invalid.')
}
