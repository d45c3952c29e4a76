import type { WantedServer } from './ecs-create-body.ts'
import type { Holdings } from './holdings.ts'
import { closePort, openPort, type Port, plugIn } from './ports.ts'
import { buyPublicIp, connect } from './public-ips.ts'
import { Refusal } from './refusal.ts'
import { bornRules } from './security-groups.ts'
import type { World } from './world.ts'

/** The ports of servers still to be made, for each in the order wanted: for all of them or for none. */
export function nicsFor(
  servers: readonly { id: string; zone: string }[],
  wanted: Pick<WantedServer, 'nics' | 'security_groups'>,
  holdings: Holdings,
  world: World,
): Port[][] {
  const securityGroups = groupsFor(wanted, holdings, world)
  const made: Port[] = []
  const all: Port[][] = []
  for (const { id, zone } of servers) {
    const nics: Port[] = []
    for (const {
      subnet_id,
      ip_address,
      port_id,
      security_groups = [],
      allowed_address_pairs,
    } of wanted.nics) {
      const there = port_id ? holdings.ports.get(port_id) : undefined
      const own =
        security_groups.length > 0 ? [...new Set(security_groups.map(({ id }) => id))] : securityGroups
      const port =
        there ?? openPort({ networkId: subnet_id, address: ip_address, securityGroups: own }, holdings, world)
      if (!port) {
        for (const each of made.reverse()) closePort(each, holdings)
        throw new Refusal(400, 'Ecs.0012', 'Insufficient IP addresses in the subnet.')
      }
      if (!there) made.push(port)
      if (allowed_address_pairs) port.allowedAddressPairs = allowed_address_pairs
      plugIn(port, { id, zone, nics }, !there)
    }
    all.push(nics)
  }
  return all
}

/** Without a wish it is the default group, made anew if somebody has deleted it. */
function groupsFor(
  { security_groups = [] }: Pick<WantedServer, 'security_groups'>,
  holdings: Holdings,
  world: World,
): string[] {
  const groups = holdings.securityGroups
  const chosen = [...new Set(security_groups.map(({ id }) => id))].filter((id) => groups.has(id))
  return chosen.length > 0 ? chosen : [defaultGroupOf(holdings, world)]
}

export function defaultGroupOf({ securityGroups }: Holdings, world: World): string {
  const existing = [...securityGroups.values()].find(({ name }) => name === 'default')
  if (existing) return existing.id
  const id = world.outside.uuid()
  const created = world.outside.now()
  securityGroups.set(id, {
    id,
    created,
    updated: created,
    name: 'default',
    description: 'Default security group',
    enterpriseProjectId: '0',
    rules: bornRules(id, created),
  })
  return id
}

/** Leads an address from outside to the primary NIC: one that is there, or one bought for it. */
export function givePublicIp(
  primary: Port,
  serverName: string,
  { publicip }: Pick<WantedServer, 'publicip'>,
  holdings: Holdings,
  world: World,
): void {
  if (!publicip) return
  const bandwidth = publicip.eip?.bandwidth
  // A word for the payment that nobody knows makes the job fail, and nothing is bought.
  if (!['', 'bandwidth', 'traffic'].includes(bandwidth?.chargemode ?? '')) return
  const publicIp =
    (publicip.id ? holdings.publicIps.get(publicip.id) : undefined) ??
    buyPublicIp(
      {
        type: publicip.eip?.iptype ?? '5_bgp',
        bandwidth:
          bandwidth?.sharetype === 'WHOLE' && bandwidth.id
            ? { id: bandwidth.id }
            : {
                name: `${serverName}-bandwidth`,
                size: bandwidth?.size ?? 1,
                chargeMode: bandwidth?.chargemode === 'traffic' ? 'traffic' : 'bandwidth',
              },
        deleteWithServer: publicip.delete_on_termination ?? false,
      },
      holdings,
      world,
    )
  connect(publicIp, primary)
}
