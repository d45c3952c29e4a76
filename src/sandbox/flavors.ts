import { type FlavorView, familyOf, flavorViewsOf, isAccelerated } from './flavor-catalogue.ts'
import type { Project } from './projects.ts'
import type { Region } from './regions.ts'

export interface Flavor {
  readonly id: string
  readonly vcpus: number
  readonly ram: number
  readonly arm: boolean
  /** The state of sale in each zone that has one of its own, and in all others. */
  readonly sale: ReadonlyMap<string, string>
  readonly saleElsewhere: string
  readonly view: FlavorView
  /** Written once: flavors do not change here. */
  readonly json: string
}

interface Shelf {
  readonly flavors: readonly Flavor[]
  readonly byId: ReadonlyMap<string, Flavor>
  /** Whole answers, by zone. */
  readonly lists: Map<string, string>
}

/** In the order of their ids. The same in a region for all its projects but for the links. */
export const flavorsOf = (project: Project, region: Region): readonly Flavor[] =>
  shelfOf(project, region).flavors

export const flavorWithId = (project: Project, region: Region, id: string): Flavor | undefined =>
  shelfOf(project, region).byId.get(id)

/** https://support.huaweicloud.com/api-ecs/zh-cn_topic_0020212656.html: the zone's own entry, else the general one. */
export const saleIn = (flavor: Flavor, zone: string): string => flavor.sale.get(zone) ?? flavor.saleElsewhere

export const isOnSale = (state: string): boolean => state === 'normal' || state === 'promotion'

/** What can be had there, by those with a permission for a beta too. */
export const isUsable = (flavor: Flavor, zone: string): boolean => {
  const state = saleIn(flavor, zone)
  return isOnSale(state) || state === 'obt'
}

/**
 * A server keeps its architecture and its hypervisor; one with disks inside it cannot change at all, and one
 * with a card only to its like.
 */
export function canBecome(from: Flavor, to: Flavor): boolean {
  if (from.id === to.id || from.arm !== to.arm) return false
  if (hasLocalDisk(from) || hasLocalDisk(to) || hypervisorOf(from) !== hypervisorOf(to)) return false
  return isAccelerated(from.id) || isAccelerated(to.id) ? familyOf(from.id) === familyOf(to.id) : true
}

/** The answer of a whole list, kept once it was made. */
export function listFor(project: Project, region: Region, zone: string | undefined): string {
  const { flavors, lists } = shelfOf(project, region)
  const key = zone === undefined || region.zones.includes(zone) ? (zone ?? '') : 'none'
  const known = lists.get(key)
  if (known) return known
  const list = listOf(
    key === 'none' ? [] : zone ? flavors.filter((flavor) => isUsable(flavor, zone)) : flavors,
  )
  lists.set(key, list)
  return list
}

export const listOf = (flavors: readonly Flavor[]): string =>
  `{"flavors":[${flavors.map(({ json }) => json).join(',')}]}`

const shelves = new Map<string, Shelf>()

function shelfOf(project: Project, region: Region): Shelf {
  const known = shelves.get(project.id)
  if (known) return known
  const flavors = flavorViewsOf(region).map((view) => flavorOf(view, project, region))
  const shelf = { flavors, byId: new Map(flavors.map((flavor) => [flavor.id, flavor])), lists: new Map() }
  shelves.set(project.id, shelf)
  return shelf
}

function flavorOf(view: FlavorView, project: Project, region: Region): Flavor {
  const specs = view.os_extra_specs
  const whole: Record<string, unknown> = { ...view, links: linksOf(view.id, project, region) }
  return {
    id: view.id,
    vcpus: Number(view.vcpus),
    ram: view.ram,
    arm: specs['ecs:instance_architecture'] === 'arm64',
    sale: new Map(
      [...(specs['cond:operation:az'] ?? '').matchAll(/([\w-]+)\((\w+)\)/g)].map(
        ([, zone = '', state = '']) => [zone, state],
      ),
    ),
    saleElsewhere: specs['cond:operation:status'] ?? 'normal',
    view,
    json: JSON.stringify(Object.fromEntries(Object.entries(whole).sort(([a], [b]) => (a < b ? -1 : 1)))),
  }
}

export function linksOf(id: string, project: Project, region: Region) {
  const host = `https://ecs.${region.id}.myhuaweicloud.com`
  return [
    { href: `${host}/v1.0/${project.id}/flavors/${id}`, rel: 'self', type: '' },
    { href: `${host}/${project.id}/flavors/${id}`, rel: 'bookmark', type: '' },
  ]
}

const hasLocalDisk = ({ view }: Flavor) => view.os_extra_specs['cond:storage'] === 'localdisk'
const hypervisorOf = ({ view }: Flavor) => view.os_extra_specs['ecs:virtualization_env_types']
