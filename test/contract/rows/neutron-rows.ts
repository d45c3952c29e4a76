import { expect } from 'vitest'
import { answers, type Row, refuses } from './row.ts'

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

export const neutron: Row[] = [
  answers('NeutronListNetworks', {}, ({ networks }) => expect(networks.length).toBeGreaterThan(1)),
  answers('NeutronShowNetwork', (kept) => ({ network_id: kept.subnet })),
  refuses('NeutronShowNetwork', 404, '404', { network_id: UNKNOWN }, { when: 'unknown' }),
  answers(
    'NeutronListSubnets',
    (kept) => ({ network_id: kept.subnet }),
    ({ subnets }, kept) => expect(subnets[0].id).toBe(kept.neutronSubnet),
  ),
  answers('NeutronShowSubnet', (kept) => ({ subnet_id: kept.neutronSubnet })),
  answers('NeutronListSecurityGroups', {}, ({ security_groups }) => expect(security_groups).toHaveLength(2)),
  answers(
    'NeutronCreateSecurityGroup',
    { body: { security_group: { name: 'n' } } },
    (body, kept) => {
      kept.neutronGroup = body.security_group.id
    },
    201,
  ),
  answers('NeutronShowSecurityGroup', (kept) => ({ security_group_id: kept.neutronGroup })),
  answers(
    'NeutronCreateSecurityGroupRule',
    (kept) => ({
      body: {
        security_group_rule: { security_group_id: kept.neutronGroup, direction: 'ingress', protocol: 'icmp' },
      },
    }),
    (body, kept) => {
      kept.neutronRule = body.security_group_rule.id
    },
    201,
  ),
  answers('NeutronShowSecurityGroupRule', (kept) => ({ security_group_rule_id: kept.neutronRule })),
  answers('NeutronListSecurityGroupRules', (kept) => ({ security_group_id: kept.neutronGroup })),
  answers(
    'NeutronDeleteSecurityGroupRule',
    (kept) => ({ security_group_rule_id: kept.neutronRule }),
    {},
    204,
  ),
  answers('NeutronDeleteSecurityGroup', (kept) => ({ security_group_id: kept.neutronGroup }), {}, 204),
  refuses('NeutronShowSecurityGroup', 404, '404', (kept) => ({ security_group_id: kept.neutronGroup }), {
    when: 'deleted',
  }),
  answers(
    'NeutronCreatePort',
    (kept) => ({ body: { port: { name: 'np', network_id: kept.subnet, admin_state_up: true } } }),
    ({ port }, kept) => {
      kept.neutronPort = port.id
    },
    201,
  ),
  answers('NeutronShowPort', (kept) => ({ port_id: kept.neutronPort })),
  answers('NeutronListPorts', (kept) => ({ network_id: kept.subnet })),
  answers('NeutronUpdatePort', (kept) => ({ port_id: kept.neutronPort, body: { port: { name: 'nq' } } })),
  answers('NeutronDeletePort', (kept) => ({ port_id: kept.neutronPort }), {}, 204),
]

export const neutronNetworks: Row[] = [
  answers(
    'NeutronCreateNetwork',
    { body: { network: { name: 'n' } } },
    ({ network }, kept) => {
      kept.network = network.id
    },
    201,
  ),
  answers('NeutronUpdateNetwork', (kept) => ({ network_id: kept.network, body: { network: { name: 'm' } } })),
  answers(
    'NeutronCreateSubnet',
    (kept) => ({
      body: { subnet: { name: 's', cidr: '10.77.0.0/24', ip_version: 4, network_id: kept.network } },
    }),
    ({ subnet }, kept) => {
      kept.nSubnet = subnet.id
    },
    201,
  ),
  answers('NeutronUpdateSubnet', (kept) => ({ subnet_id: kept.nSubnet, body: { subnet: { name: 't' } } })),
  answers(
    'NeutronCreateRouter',
    { body: { router: { name: 'r' } } },
    ({ router }, kept) => {
      kept.router = router.id
    },
    201,
  ),
  answers('NeutronShowRouter', (kept) => ({ router_id: kept.router })),
  answers('NeutronListRouters'),
  answers('NeutronUpdateRouter', (kept) => ({ router_id: kept.router, body: { router: { name: 'q' } } })),
  answers('NeutronAddRouterInterface', (kept) => ({
    router_id: kept.router,
    body: { subnet_id: kept.nSubnet },
  })),
  answers('NeutronRemoveRouterInterface', (kept) => ({
    router_id: kept.router,
    body: { subnet_id: kept.nSubnet },
  })),
  answers('NeutronDeleteRouter', (kept) => ({ router_id: kept.router }), {}, 204),
  answers('NeutronDeleteSubnet', (kept) => ({ subnet_id: kept.nSubnet }), {}, 204),
  answers('NeutronDeleteNetwork', (kept) => ({ network_id: kept.network }), {}, 204),
  answers('NeutronUpdateSecurityGroup', (kept) => ({
    security_group_id: kept.group,
    body: { security_group: { name: 'g2' } },
  })),
]
