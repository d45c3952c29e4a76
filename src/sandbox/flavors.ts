import { type FlavorView, familyOf, flavorViewsOf, isAccelerated } from './flavor-catalogue.ts'
import type { Project } from './projects.ts'
import type { Region } from './regions.ts'

/** A class, so that thousands of them share the one getter. */
export class Flavor {
  readonly id: string
  readonly vcpus: number
  readonly ram: number
  readonly arm: boolean
  readonly localDisk: boolean
  readonly hypervisor: string
  /** The states of sale in the zones that have one of their own, `zone(state),…`; and in all others. */
  readonly sales: string
  readonly saleElsewhere: string
  /** Written once, since flavors do not change here, and in parts, most of which are the same in all regions. */
  readonly parts: readonly string[]

  constructor(view: FlavorView) {
    const specs = view.os_extra_specs
    this.id = shared(view.id)
    this.vcpus = Number(view.vcpus)
    this.ram = view.ram
    this.arm = specs['ecs:instance_architecture'] === 'arm64'
    this.localDisk = specs['cond:storage'] === 'localdisk'
    this.hypervisor = shared(specs['ecs:virtualization_env_types'] ?? '')
    this.sales = shared(specs['cond:operation:az'] ?? '')
    this.saleElsewhere = shared(specs['cond:operation:status'] ?? 'normal')
    this.parts = partsOf(view)
  }

  /** Read anew each time: kept for every region, these would be tens of megabytes. */
  get view(): FlavorView {
    const { links: _, ...view } = JSON.parse(this.parts.join(''))
    return view
  }
}

interface Shelf {
  readonly flavors: readonly Flavor[]
  readonly byId: ReadonlyMap<string, Flavor>
}

/** In the order of their ids. The same in a region for all its projects. */
export const flavorsOf = (region: Region): readonly Flavor[] => shelfOf(region).flavors

export const flavorWithId = (region: Region, id: string): Flavor | undefined => shelfOf(region).byId.get(id)

/** https://support.huaweicloud.com/api-ecs/zh-cn_topic_0020212656.html: the zone's own entry, else the general one. */
export function saleIn({ sales, saleElsewhere }: Flavor, zone: string): string {
  return statesIn(sales).find((each) => each.zone === zone)?.state ?? saleElsewhere
}

/** Of `zone(state),…`. */
export const statesIn = (sales: string): { zone: string; state: string }[] =>
  [...sales.matchAll(/([\w-]+)\((\w+)\)/g)].map(([, zone = '', state = '']) => ({ zone, state }))

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
  if (from.localDisk || to.localDisk || from.hypervisor !== to.hypervisor) return false
  return isAccelerated(from.id) || isAccelerated(to.id) ? familyOf(from.id) === familyOf(to.id) : true
}

/** The answer of a list of flavors, with the links of the project that asks. */
export const listOf = (flavors: readonly Flavor[], project: Project, region: Region): string =>
  `{"flavors":[${flavors.map((flavor) => written(flavor, project, region)).join(',')}]}`

const LINKS = '"links":0'
/** What differs from one project or region to the next. */
const OWN = new RegExp(`(${LINKS}|"cond:(?:spot:)?operation:az":"[^"]*")`)

const written = ({ id, parts }: Flavor, project: Project, region: Region): string =>
  parts
    .map((part) => (part === LINKS ? `"links":${JSON.stringify(linksOf(id, project, region))}` : part))
    .join('')

const shelves = new Map<string, Shelf>()

function shelfOf(region: Region): Shelf {
  const known = shelves.get(region.id)
  if (known) return known
  const flavors = flavorViewsOf(region).map((view) => new Flavor(view))
  const shelf = { flavors, byId: new Map(flavors.map((flavor) => [flavor.id, flavor])) }
  shelves.set(region.id, shelf)
  return shelf
}

const texts = new Map<string, string>()

/** The same text as one that was there before, and else a copy: a piece cut out of a text would keep all of it. */
function shared(text: string): string {
  const known = texts.get(text)
  if (known !== undefined) return known
  const copy = Buffer.from(text).toString()
  texts.set(copy, copy)
  return copy
}

function partsOf(view: FlavorView): readonly string[] {
  const whole: [string, unknown][] = Object.entries({ ...view, links: 0 })
  const json = JSON.stringify(Object.fromEntries(whole.sort(([a], [b]) => (a < b ? -1 : 1))))
  return json.split(OWN).map(shared)
}

export function linksOf(id: string, project: Project, region: Region) {
  const host = `https://ecs.${region.id}.myhuaweicloud.com`
  return [
    { href: `${host}/v1.0/${project.id}/flavors/${id}`, rel: 'self', type: '' },
    { href: `${host}/${project.id}/flavors/${id}`, rel: 'bookmark', type: '' },
  ]
}
