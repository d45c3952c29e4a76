import { stableHex } from './ids.ts'
import { type Answer, type Ask, ok } from './service.ts'

export function novaListAvailabilityZones({ region }: Ask): Answer {
  return ok({
    availabilityZoneInfo: region.zones.map((zoneName) => ({
      zoneState: { available: true },
      hosts: null,
      zoneName,
    })),
  })
}

export function listServerAzInfo({ region }: Ask): Answer {
  return ok({
    availability_zones: region.zones.map((id, index) => ({
      availability_zone_id: id,
      type: 'Core',
      mode: 'shared',
      public_border_group: 'center',
      alias: `可用区${index + 1}`,
      az_group_ids: [stableHex(`group of ${id}`)],
      category: 0,
    })),
  })
}
