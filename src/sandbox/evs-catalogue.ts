import { diskTypes, isSoldOut } from './disk-types.ts'
import { volumeTypeId } from './evs-volumes.ts'
import type { Holdings } from './holdings.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

export const evsQuota = {
  volumes: 30_000,
  gigabytes: 2_000_000,
  snapshots: 2_000,
  perVolume: 32_768,
} as const

export function usedVolumes({ volumes }: Holdings, type?: string) {
  const used = { volumes: 0, gigabytes: 0 }
  for (const volume of volumes.values()) {
    if (type !== undefined && volume.type !== type) continue
    used.volumes += 1
    used.gigabytes += volume.size
  }
  return used
}

export function cinderListVolumeTypes({ region }: Ask): Answer {
  return ok({
    volume_types: diskTypes.map((name) => ({
      id: volumeTypeId(name),
      name,
      description: null,
      is_public: true,
      qos_specs_id: null,
      extra_specs: {
        volume_backend_name: name,
        availability_zone: region.zones[0] ?? '',
        'RESKEY:availability_zones': region.zones.join(','),
        'os-vendor-extended:sold_out_availability_zones': region.zones
          .filter((zone) => isSoldOut(name, zone, region))
          .join(','),
      },
    })),
  })
}

export function cinderListAvailabilityZones({ region }: Ask): Answer {
  return ok({
    availabilityZoneInfo: region.zones.map((zoneName) => ({ zoneName, zoneState: { available: true } })),
  })
}

/** https://support.huaweicloud.com/api-evs/evs_04_2073.html; -1 is no limit of its own. */
export function cinderListQuotas({ project, params, query }: Ask, world: World): Answer {
  const id = params.target_project_id ?? ''
  if (id !== project.id)
    throw new Refusal(403, 'EVS.5403', 'Quotas of another project are not for you to see.')
  const usage = query.get('usage')?.toLowerCase() === 'true'
  const row = (limit: number, used: number) => (usage ? { in_use: used, limit, reserved: 0 } : limit)
  const holdings = world.holdings(project)
  const used = usedVolumes(holdings)
  const byType = Object.fromEntries(
    ['SATA', 'SAS', 'SSD', 'GPSSD', 'ESSD'].flatMap((type) => {
      const { volumes, gigabytes } = usedVolumes(holdings, type)
      return [
        [`volumes_${type}`, row(-1, volumes)],
        [`gigabytes_${type}`, row(-1, gigabytes)],
        [`snapshots_${type}`, row(-1, 0)],
      ]
    }),
  )
  return ok({
    quota_set: {
      id,
      volumes: row(evsQuota.volumes, used.volumes),
      gigabytes: row(evsQuota.gigabytes, used.gigabytes),
      snapshots: row(evsQuota.snapshots, 0),
      backups: row(100, 0),
      backup_gigabytes: row(5_120, 0),
      per_volume_gigabytes: row(evsQuota.perVolume, 0),
      ...byType,
    },
  })
}
