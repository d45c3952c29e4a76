import type { Regional } from '../../api/list.ts'
import type { Publicip, SecurityGroup, Server, Subnet, Vpc } from '../../api/schema.ts'

export type Network = Regional<Vpc> & { subnets: readonly Regional<Subnet>[] }
export type Group = Regional<SecurityGroup>
export type Address = Regional<Publicip>

/** Ids are told apart by their region too: two regions may use the same one. */
export const keyOf = ({ regionId, id }: { regionId: string; id?: string }): string => `${regionId}/${id}`

export const nameOf = ({ name, id = '' }: { name?: string | null; id?: string }): string => name || id

export function withSubnets(
  vpcs: readonly Regional<Vpc>[],
  subnets: readonly Regional<Subnet>[],
): readonly Network[] {
  const byVpc = Map.groupBy(subnets, ({ regionId, vpc_id: id = '' }) => keyOf({ regionId, id }))
  return vpcs.map((vpc) => ({ ...vpc, subnets: byVpc.get(keyOf(vpc)) ?? [] }))
}

/** Instances by the public addresses that they have: an address does not tell whom it is bound to. */
export function holdersOf(servers: readonly Regional<Server>[]): ReadonlyMap<string, Regional<Server>> {
  return new Map(
    servers.flatMap((server) =>
      Object.values(server.addresses ?? {})
        .flat()
        .filter((address) => address['OS-EXT-IPS:type'] === 'floating')
        .map(({ addr }) => [`${server.regionId}/${addr}`, server] as const),
    ),
  )
}

const IP_STATUSES: Readonly<Record<string, string>> = {
  ACTIVE: 'in-use',
  ELB: 'in-use',
  VPN: 'in-use',
  PENDING_CREATE: 'creating',
  PENDING_UPDATE: 'attaching',
  PENDING_DELETE: 'deleting',
  BIND_ERROR: 'error',
}

/** In the words that the badge of states has: an `ACTIVE` address is in use, not running. */
export const ipStatus = ({ status = 'UNKNOWN' }: Publicip): string => IP_STATUSES[status] ?? status

export const subnetStatus = ({ status = 'UNKNOWN' }: Subnet): string =>
  status === 'ACTIVE' ? 'available' : status === 'UNKNOWN' ? 'creating' : status

export const vpcStatus = ({ status = 'UNKNOWN' }: Vpc): string =>
  status === 'CREATING' ? 'creating' : status

/** What the searches look in. */
export const networkWords = ({ name, id, cidr, regionId, description, subnets }: Network): string =>
  [
    ...[name, id, cidr, regionId, description],
    ...subnets.flatMap((subnet) => [subnet.name, subnet.id, subnet.cidr]),
  ].join(' ')

export const groupWords = ({ name, id, regionId, description }: Group): string =>
  [name, id, regionId, description].join(' ')

export const addressWords = (ip: Address): string =>
  [
    ip.public_ip_address,
    ip.public_ipv6_address,
    ip.private_ip_address,
    ip.alias,
    ip.bandwidth_name,
    ip.id,
    ip.regionId,
    ip.type,
  ].join(' ')
