import data from './data/flavors.json' with { type: 'json' }
import { stableHex } from './ids.ts'
import type { Project } from './projects.ts'
import type { Region } from './regions.ts'

export interface FlavorView {
  readonly id: string
  readonly vcpus: string
  readonly ram: number
  readonly os_extra_specs: Readonly<Record<string, string>>
}

export interface Flavor {
  readonly id: string
  readonly vcpus: number
  readonly ram: number
  readonly arm: boolean
  /** The state of sale in each zone that has one of its own, and in all others. */
  readonly sale: ReadonlyMap<string, string>
  readonly saleElsewhere: string
  /** Written once: flavors do not change here. */
  readonly json: string
}

/** In the order of their ids. The same in a region for all its projects but for the links. */
export function flavorsOf(project: Project, region: Region): readonly Flavor[] {
  const known = shelves.get(project.id)
  if (known) return known
  const flavors = [...documented(region), ...ordinary(region)]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((view) => flavorOf(view, project, region))
  shelves.set(project.id, flavors)
  return flavors
}

/** https://support.huaweicloud.com/api-ecs/zh-cn_topic_0020212656.html: the zone's own entry, else the general one. */
export const saleIn = (flavor: Flavor, zone: string): string => flavor.sale.get(zone) ?? flavor.saleElsewhere

export const isOnSale = (state: string): boolean => state === 'normal' || state === 'promotion'

const shelves = new Map<string, readonly Flavor[]>()

function flavorOf(view: FlavorView, project: Project, region: Region): Flavor {
  const specs = view.os_extra_specs
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
    json: JSON.stringify(inOrder({ ...view, links: linksOf(view.id, project, region) })),
  }
}

function linksOf(id: string, project: Project, region: Region) {
  const host = `https://ecs.${region.id}.myhuaweicloud.com`
  return [
    { href: `${host}/v1.0/${project.id}/flavors/${id}`, rel: 'self', type: '' },
    { href: `${host}/${project.id}/flavors/${id}`, rel: 'bookmark', type: '' },
  ]
}

/** As the user's own document shows them for cn-south-1; in other regions the zones are others and sell. */
function documented(region: Region): FlavorView[] {
  if (region.id === 'cn-south-1') return data.documented
  return data.documented.map((view) => {
    const { 'cond:operation:roles': _, ...specs } = view.os_extra_specs as Record<string, string>
    return {
      ...view,
      os_extra_specs: {
        ...specs,
        'cond:operation:az': salesOf(region.zones.map((zone) => [zone, 'normal'])),
      },
    }
  })
}

interface Family {
  name: string
  generation: string
  resourceType: string
  performance: string
  cpu: string
  sizes: string
  status?: string
  architecture?: string
}

function ordinary(region: Region): FlavorView[] {
  return (data.families as readonly Family[]).flatMap((family) =>
    family.sizes.split(' ').map((size) => ordinaryFlavor(family, size, region)),
  )
}

function ordinaryFlavor(family: Family, size: string, region: Region) {
  const [step = '', ratio = '1'] = size.split('.')
  const id = `${family.name}.${size}`
  const vcpus = (data.vcpus as Record<string, number>)[step] ?? 1
  return {
    ...data.documented[1],
    attachableQuantity: {
      free_blk: 24,
      free_disk: 60,
      free_nic: Math.min(12, Math.max(2, vcpus)),
      free_scsi: 60,
    },
    id,
    name: id,
    os_extra_specs: inOrder({
      'cond:compute': 'autorecovery',
      ...salesAt(family, id, region),
      'ecs:generation': family.generation,
      ...(family.architecture ? { 'ecs:instance_architecture': family.architecture } : {}),
      'ecs:performancetype': family.performance,
      'ecs:virtualization_env_types': 'CloudCompute',
      'hw:numa_nodes': '1',
      'info:cpu:name': family.cpu,
      'quota:max_pps': String(vcpus * 75_000),
      'quota:max_rate': String(vcpus * 750),
      'quota:min_rate': String(vcpus * 150),
      resource_type: family.resourceType,
    }),
    ram: vcpus * Number(ratio) * 1024,
    vcpus: String(vcpus),
  }
}

/** Withdrawn or sold out as a whole, or on sale: in the region's first zone always, in others mostly. */
function salesAt(family: Family, id: string, region: Region): Record<string, string> {
  if (family.status === 'abandon') return { 'cond:operation:status': 'abandon' }
  const states = region.zones.map((zone, index): [string, string] => {
    if (family.status) return [zone, family.status]
    const dice = Number.parseInt(stableHex(`${id} in ${zone}`).slice(0, 2), 16)
    return [zone, index === 0 || dice > 48 ? 'normal' : dice > 16 ? 'sellout' : 'abandon']
  })
  return { 'cond:operation:az': salesOf(states), 'cond:operation:status': 'abandon' }
}

const salesOf = (states: readonly (readonly [string, string])[]) =>
  states.map(([zone, state]) => `${zone}(${state})`).join(',')

function inOrder<T>(view: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(view).sort(([a], [b]) => (a < b ? -1 : 1)))
}
