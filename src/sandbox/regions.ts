import data from './data/regions.json' with { type: 'json' }

export interface Region {
  readonly id: string
  readonly zh: string
  readonly en: string
  /** Availability zones. Their names need not start with the region's id. */
  readonly zones: readonly string[]
}

export const regions: readonly Region[] = data.regions

const byId = new Map(regions.map((region) => [region.id, region]))

export const regionOf = (id: string): Region | undefined => byId.get(id)
