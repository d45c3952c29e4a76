import data from './data/flavors.json' with { type: 'json' }
import { stableHex } from './ids.ts'
import type { Region } from './regions.ts'

/** A flavor as ListFlavors answers it, but for its links. */
export interface FlavorView {
  readonly id: string
  readonly name: string
  readonly vcpus: string
  readonly ram: number
  readonly disk: string
  readonly swap: string
  readonly rxtx_factor: number
  readonly os_extra_specs: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** One line of the data's `families`; what each number of a size means stands in its `columns`. */
interface Family {
  name: string
  generation: string
  resourceType: string
  performance: string
  cpu: string
  sizes: readonly Size[]
  /** How all sizes are sold when not simply on sale. */
  sale?: string
  /** The regions that have it; absent: all. */
  only?: readonly string[]
  arm?: boolean
  xen?: boolean
  /** Of the first years, when a name told no memory: `s1.medium`. */
  unnamed?: boolean
  localDisk?: boolean
  onlyDisk?: boolean
  subInterfaces?: boolean
  spot?: boolean
  /** GiB of the sizes that do not keep to the ratio in their name. */
  memory?: Record<string, number>
  specs?: Record<string, string>
}

type Size = readonly [
  step: string,
  ratios: string,
  maxRate: number,
  minRate: number,
  packets: number,
  nics: number,
  own?: Record<string, string>,
]

const families = data.families as unknown as readonly Family[]
const accelerated = new Set(data.families.flatMap((family) => (family.accelerated ? [family.name] : [])))

/** Families whose sizes change only among themselves, for the card in them. */
export const isAccelerated = (flavorId: string): boolean => accelerated.has(familyOf(flavorId))

export const familyOf = (flavorId: string): string => flavorId.split('.', 1)[0] ?? ''

/** Every flavor of a region, in the order of ids. */
export function flavorViewsOf(region: Region): FlavorView[] {
  const ordinary = families
    .filter(({ only }) => only === undefined || only.includes(region.id))
    .flatMap((family) => family.sizes.flatMap((size) => flavorsOfSize(family, size, region)))
  return [...documentedIn(region), ...ordinary].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** As the user's own document shows them for cn-south-1; in other regions the zones are others and sell. */
function documentedIn(region: Region): readonly FlavorView[] {
  if (region.id === 'cn-south-1') return data.documented
  return data.documented.map((view) => {
    const { 'cond:operation:roles': _, ...specs } = view.os_extra_specs as Record<string, string>
    const sales = salesOf(region.zones.map((zone) => [zone, 'normal']))
    return { ...view, os_extra_specs: { ...specs, 'cond:operation:az': sales } }
  })
}

function flavorsOfSize(family: Family, size: Size, region: Region): FlavorView[] {
  const [step, ratios] = size
  const vcpus = vcpusOf(step)
  return ratios.split(' ').map((ratio) => {
    const name = family.unnamed ? step : `${step}.${ratio}`
    const gib = family.memory?.[name] ?? (ratio.endsWith('g') ? 1 : vcpus) * Number.parseInt(ratio, 10)
    return flavorView(family, `${family.name}.${name}`, vcpus, gib, size, region)
  })
}

/** `large` has 2, and each `xlarge` 4; Flexus counts them: `3u`. */
function vcpusOf(step: string): number {
  if (step.endsWith('u')) return Number.parseInt(step, 10)
  if (step.endsWith('xlarge')) return 4 * (Number.parseInt(step, 10) || 1)
  return step === 'large' ? 2 : 1
}

function flavorView(
  family: Family,
  id: string,
  vcpus: number,
  gib: number,
  [, , maxRate, minRate, packets, nics, own]: Size,
  region: Region,
): FlavorView {
  const specs: Record<string, string> = {
    'ecs:generation': family.generation,
    'ecs:performancetype': family.performance,
    'ecs:virtualization_env_types': family.xen ? 'FusionCompute' : 'CloudCompute',
    'hw:numa_nodes': vcpus > 32 ? '2' : '1',
    'info:cpu:name': family.cpu,
    'quota:max_pps': String(packets * 10_000),
    'quota:max_rate': String(Math.round(maxRate * 1_000)),
    'quota:min_rate': String(Math.round(minRate * 1_000)),
    'quota:vif_max_num': String(nics),
    resource_type: family.resourceType,
    // What is stored inside the machine does not move to another when this one breaks.
    ...(family.localDisk ? { 'cond:storage': 'localdisk' } : { 'cond:compute': 'autorecovery' }),
    ...(family.arm ? { 'ecs:instance_architecture': 'arm64' } : {}),
    ...(family.subInterfaces
      ? { 'quota:sub_network_interface_max_num': String(Math.min(256, vcpus * 8)) }
      : {}),
    ...family.specs,
    ...own,
    ...salesAt(family, id, region),
  }
  const disks = family.onlyDisk ? { free_disk: 24, free_scsi: 0 } : { free_disk: 60, free_scsi: 60 }
  return {
    'OS-FLV-DISABLED:disabled': false,
    'OS-FLV-EXT-DATA:ephemeral': 0,
    attachableQuantity: {
      free_blk: 24,
      free_disk: disks.free_disk,
      free_nic: nics,
      free_scsi: disks.free_scsi,
    },
    disk: '0',
    id,
    name: id,
    'os-flavor-access:is_public': true,
    os_extra_specs: Object.fromEntries(Object.entries(specs).sort(([a], [b]) => (a < b ? -1 : 1))),
    ram: gib * 1_024,
    rxtx_cap: '',
    rxtx_factor: 1,
    rxtx_quota: '',
    swap: '',
    vcpus: String(vcpus),
  }
}

/** Withdrawn as a whole, or as the family says in the first zone always and in others mostly. */
function salesAt(
  { name, sale = 'normal', spot }: Family,
  id: string,
  region: Region,
): Record<string, string> {
  if (sale === 'abandon') return { 'cond:operation:status': 'abandon' }
  const states = region.zones.map((zone, index): [string, string] => {
    const dice = Number.parseInt(stableHex(`${id} in ${zone}`).slice(0, 2), 16)
    return [zone, index === 0 || dice > 48 ? sale : dice > 16 ? soldOut(sale) : 'abandon']
  })
  return {
    'cond:operation:az': salesOf(states),
    'cond:operation:status': 'abandon',
    // A beta is open to those who were given its role.
    ...(sale === 'obt' ? { 'cond:operation:roles': `op_gated_ecs_${name}` } : {}),
    ...(spot
      ? {
          'cond:spot:operation:az': salesOf(states.filter(([, state]) => state !== 'abandon')),
          'cond:spot:operation:status': 'abandon',
        }
      : {}),
  }
}

const soldOut = (sale: string) => (sale === 'obt' ? 'obt_sellout' : 'sellout')

const salesOf = (states: readonly (readonly [string, string])[]) =>
  states.map(([zone, state]) => `${zone}(${state})`).join(',')
