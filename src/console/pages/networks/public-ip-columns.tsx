import { Link } from 'wouter'
import type { Regional } from '../../api/list.ts'
import type { Server } from '../../api/schema.ts'
import { SafeText } from '../../parts/safe-text.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import type { Column } from '../../parts/table/column.ts'
import type { Catalog } from '../../text/en.ts'
import type { Format } from '../../text/format.ts'
import { type Address, ipStatus, nameOf } from './facts.ts'

export function publicIpColumns(
  { networks: text }: Catalog,
  format: Format,
  regionName: (id: string) => string,
  holders: ReadonlyMap<string, Regional<Server>>,
): readonly Column<Address>[] {
  const holderOf = ({ regionId, public_ip_address: address }: Address) =>
    holders.get(`${regionId}/${address}`)
  return [
    {
      id: 'address',
      header: text.ip.address,
      isName: true,
      value: (ip) => ip.public_ip_address || ip.public_ipv6_address || ip.id,
      width: 170,
    },
    {
      id: 'status',
      header: text.status,
      value: ipStatus,
      cell: (ip) => <StatusBadge status={ipStatus(ip)} />,
      width: 120,
    },
    {
      id: 'bound',
      header: text.ip.bound,
      value: (ip) => {
        const holder = holderOf(ip)
        return holder ? nameOf(holder) : (ip.private_ip_address ?? ip.port_id)
      },
      cell: (ip) => <Bound ip={ip} holder={holderOf(ip)} text={text} />,
      width: 230,
      mayGrow: true,
    },
    {
      id: 'bandwidth',
      header: text.ip.bandwidth,
      isNumeric: true,
      value: (ip) => ip.bandwidth_size,
      cell: (ip) =>
        ip.bandwidth_size == null ? text.notTold : text.ip.mbits(format.number(ip.bandwidth_size)),
      width: 110,
    },
    {
      id: 'share',
      header: text.ip.share,
      value: (ip) => ip.bandwidth_share_type,
      cell: ({ bandwidth_share_type: share }) =>
        share === 'WHOLE' ? text.ip.shared : share === 'PER' ? text.ip.own : share,
      width: 100,
    },
    {
      id: 'type',
      header: text.ip.type,
      value: (ip) => ip.type,
      width: 110,
    },
    {
      id: 'region',
      header: text.region,
      value: (ip) => regionName(ip.regionId),
      width: 150,
      mayGrow: true,
    },
    {
      id: 'created',
      header: text.ip.created,
      value: (ip) => ip.create_time,
      cell: (ip) => format.date(ip.create_time),
      width: 160,
    },
  ]
}

interface BoundProps {
  ip: Address
  holder: Regional<Server> | undefined
  text: Catalog['networks']
}

function Bound({ ip, holder, text }: BoundProps) {
  if (holder) {
    return (
      <Link href={`/instances/${encodeURIComponent(holder.regionId)}/${encodeURIComponent(holder.id ?? '')}`}>
        <SafeText>{nameOf(holder)}</SafeText>
      </Link>
    )
  }
  if (ip.status === 'ELB') return text.ip.balancer
  if (ip.status === 'VPN') return text.ip.vpn
  return <SafeText>{ip.private_ip_address || ip.port_id || text.ip.nobody}</SafeText>
}
