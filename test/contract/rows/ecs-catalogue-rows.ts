import { expect } from 'vitest'
import { FLAVOR } from './ecs-bodies.ts'
import { answers, type Row, refuses } from './row.ts'

export const catalogue: Row[] = [
  answers('NovaListAvailabilityZones', {}, ({ availabilityZoneInfo: zones }, kept) => {
    expect(zones.length).toBeGreaterThanOrEqual(2)
    kept.zone = zones[0].zoneName
  }),
  answers('ListServerAzInfo', {}, ({ availability_zones }, kept) =>
    expect(availability_zones[0].availability_zone_id).toBe(kept.zone),
  ),
  answers('ListFlavors', {}, ({ flavors }) => expect(flavors.length).toBeGreaterThan(10)),
  answers('ListFlavors', (kept) => ({ availability_zone: kept.zone }), {
    when: 'of a zone',
    look: ({ flavors }) => expect(flavors.length).toBeGreaterThan(0),
  }),
  answers(
    'ListFlavors',
    { flavor_id: FLAVOR },
    {
      when: 'by id',
      look: ({ flavors }) => expect(flavors).toHaveLength(1),
    },
  ),
  answers(
    'ListFlavors',
    { limit: 2 },
    {
      when: 'limited',
      look: ({ flavors }, kept) => {
        expect(flavors).toHaveLength(2)
        kept.flavorMarker = flavors[1].id
      },
    },
  ),
  answers('ListFlavors', (kept) => ({ limit: 1, marker: kept.flavorMarker }), {
    when: 'after a marker',
    look: ({ flavors }, kept) => expect(flavors[0].id).not.toBe(kept.flavorMarker),
  }),
  answers(
    'ListFlavors',
    { availability_zone: 'nowhere-1a' },
    {
      when: 'of a zone that is not',
      look: ({ flavors }) => expect(flavors).toEqual([]),
    },
  ),
  answers(
    'ListResizeFlavors',
    { source_flavor_id: FLAVOR },
    {
      when: 'from a flavor',
      look: ({ flavors }, kept) => {
        kept.target = flavors.find(({ id }: { id: string }) => id !== FLAVOR).id
      },
    },
  ),
  refuses('ListResizeFlavors', 400, 'Ecs.0005', {}, { when: 'from nothing' }),
  answers('ListFlavorSellPolicies', { sell_mode: 'spot' }, ({ sell_policies, count }) =>
    expect(count).toBe(sell_policies.length),
  ),
  answers('ShowFlavorCapacity', { flavor_id: FLAVOR, count: '1', region_ids: 'cn-east-2' }),
  answers('NovaShowFlavorExtraSpecs', { flavor_id: FLAVOR }, ({ extra_specs }) =>
    expect(extra_specs['ecs:performancetype']).toBeTruthy(),
  ),
  refuses('NovaShowFlavorExtraSpecs', 404, '404', { flavor_id: 'x9.nothing' }, { when: 'unknown' }),
  answers('ShowServerLimits', {}, ({ absolute }) => expect(absolute.maxTotalInstances).toBeGreaterThan(0)),
]
