import { invalid } from './ecs-refusals.ts'
import { flavorsOf, statesIn } from './flavors.ts'
import { stableHex } from './ids.ts'
import type { Region } from './regions.ts'
import { type Answer, type Ask, ok } from './service.ts'

interface Policy {
  id: number
  flavor_id: string
  sell_status: 'available' | 'sellout'
  availability_zone_id: string
  sell_mode: 'spot'
  spot_options: {
    longest_spot_duration_hours: number
    largest_spot_duration_count: number
    interruption_policy: 'immediate' | 'delay'
  }
}

/** One for each zone of each flavor that is sold by the spot. The count is of all that match. */
export function listFlavorSellPolicies({ region, query }: Ask): Answer {
  const limit = query.whole('limit', 1_000)
  const marker = query.whole('marker', 0)
  if (limit === undefined) throw invalid('limit is invalid.')
  if (marker === undefined) throw invalid('marker is invalid.')
  const found = policiesOf(region).filter(filterOf(query))
  return ok({
    count: found.length,
    sell_policies: found.filter(({ id }) => id > marker).slice(0, limit),
  })
}

function policiesOf(region: Region): Policy[] {
  return flavorsOf(region)
    .flatMap(({ id, view }) =>
      statesIn(view.os_extra_specs['cond:spot:operation:az'] ?? '').map((sale) => ({ id, ...sale })),
    )
    .map(({ id, zone, state }, index) => ({
      id: index + 1,
      flavor_id: id,
      sell_status: state === 'normal' ? 'available' : 'sellout',
      availability_zone_id: zone,
      sell_mode: 'spot',
      spot_options: spotOptionsOf(id, zone),
    }))
}

/** How long a spot server may be had varies with the machine it would take. */
function spotOptionsOf(id: string, zone: string): Policy['spot_options'] {
  const dice = Number.parseInt(stableHex(`spot ${id} in ${zone}`).slice(0, 2), 16)
  return {
    longest_spot_duration_hours: 1 + (dice % 6),
    largest_spot_duration_count: 1 + (dice % 3),
    interruption_policy: dice < 192 ? 'immediate' : 'delay',
  }
}

function filterOf(query: Ask['query']): (policy: Policy) => boolean {
  const flavor = query.get('flavor_id')
  const status = oneOf(query, 'sell_status', ['available', 'sellout'])
  const mode = query.get('sell_mode')
  const zone = query.get('availability_zone_id')
  const interruption = oneOf(query, 'interruption_policy', ['immediate', 'delay'])
  const [hours, hoursOver] = numbersOf(query, 'longest_spot_duration_hours')
  const [count, countOver] = numbersOf(query, 'largest_spot_duration_count')
  return ({ flavor_id, sell_status, sell_mode, availability_zone_id, spot_options: spot }) =>
    (flavor === undefined || flavor_id.startsWith(flavor)) &&
    (status === undefined || sell_status === status) &&
    (mode === undefined || sell_mode === mode) &&
    (zone === undefined || availability_zone_id === zone) &&
    (interruption === undefined || spot.interruption_policy === interruption) &&
    (hours === undefined || spot.longest_spot_duration_hours === hours) &&
    (hoursOver === undefined || spot.longest_spot_duration_hours > hoursOver) &&
    (count === undefined || spot.largest_spot_duration_count === count) &&
    (countOver === undefined || spot.largest_spot_duration_count > countOver)
}

function oneOf(query: Ask['query'], name: string, words: readonly string[]): string | undefined {
  const value = query.get(name)
  if (value !== undefined && !words.includes(value)) throw invalid(`${name} [${value}] is invalid.`)
  return value
}

/** What it must be, and what it must be over. */
function numbersOf(query: Ask['query'], name: string): [number | undefined, number | undefined] {
  const [exact, over] = [name, `${name}_gt`].map((each) => {
    if (query.get(each) === undefined) return undefined
    const value = query.whole(each, 0)
    if (value === undefined) throw invalid(`${each} is invalid.`)
    return value
  })
  return [exact, over]
}
