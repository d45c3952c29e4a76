import type { Holdings } from './holdings.ts'
import { isUuid } from './ids.ts'
import type { Query } from './query.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

/** A name that makes trouble: what is called so never gets ready. */
export const isStuck = (name: string): boolean => name.startsWith('stuck-')

const READY_AFTER_MS = 300

/** Networks get ready without a job. By the clock it can be watched, otherwise it is so at the next look. */
export function isReady(created: number, { outside, pace }: World): boolean {
  return pace.by !== 'clock' || outside.now() - created >= (pace.ms ?? READY_AFTER_MS)
}

/** The first version and Neutron leave the zone out, though it is UTC. */
export const plainTime = (time: number): string => new Date(time).toISOString().slice(0, 19)
export const utcTime = (time: number): string => `${plainTime(time)}Z`
export const spacedTime = (time: number): string => plainTime(time).replace('T', ' ')

/** There is one enterprise project, the default one; `code` says which of the VPC's answers others get. */
export function enterpriseProjectOf(id: string | undefined): string {
  if (id === undefined || id === '' || id === '0') return '0'
  if (!isUuid(id)) throw new Refusal(400, 'VPC.0011', `The enterprise project ID ${id} is invalid.`)
  throw new Refusal(404, 'VPC.0012', `The enterprise project ${id} does not exist.`)
}

export function inEnterpriseProject(query: Query): (thing: { enterpriseProjectId: string }) => boolean {
  const wanted = query.get('enterprise_project_id')
  return ({ enterpriseProjectId }) =>
    wanted === undefined || wanted === 'all_granted_eps' || wanted === enterpriseProjectId
}

/** Filters may be named several times; a row passes that has one of the values of each. */
export function wantedBy<Row>(
  query: Query,
  readers: Record<string, (row: Row) => string | readonly string[] | undefined>,
): (row: Row) => boolean {
  const tests = Object.entries(readers).flatMap(([name, read]) => {
    const values = query.all(name).filter((value) => value !== '')
    return values.length === 0 ? [] : [{ values, read }]
  })
  return (row) =>
    tests.every(({ values, read }) => {
      const has = read(row)
      return typeof has === 'string' ? values.includes(has) : values.some((value) => has?.includes(value))
    })
}

export const networkQuotas = {
  vpc: 150,
  subnet: 300,
  securityGroup: 100,
  securityGroupRule: 5_000,
  publicIp: 50,
  shareBandwidth: 10,
  shareBandwidthIP: 20,
  vpn: 5,
  vpngw: 2,
  vpcPeer: 50,
  firewall: 200,
  loadbalancer: 50,
  listener: 100,
  physicalConnect: 10,
  virtualInterface: 50,
  vpcContainRoutetable: 1,
  routetableContainRoutes: 200,
} as const

export type NetworkQuota = keyof typeof networkQuotas

export function usedOf(type: NetworkQuota, holdings: Holdings): number {
  switch (type) {
    case 'vpc':
      return holdings.vpcs.size
    case 'subnet':
      return holdings.subnets.size
    case 'securityGroup':
      return holdings.securityGroups.size
    case 'securityGroupRule':
      return [...holdings.securityGroups.values()].reduce((sum, { rules }) => sum + rules.length, 0)
    case 'publicIp':
      return holdings.publicIps.size
    case 'shareBandwidth':
      return [...holdings.bandwidths.values()].filter(({ shareType }) => shareType === 'WHOLE').length
    default:
      return 0
  }
}

export const hasRoomFor = (type: NetworkQuota, more: number, holdings: Holdings): boolean =>
  usedOf(type, holdings) + more <= networkQuotas[type]
