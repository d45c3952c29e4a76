import { expect } from 'vitest'
import { answers, type Row, refuses } from './row.ts'

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

export const ports: Row[] = [
  answers(
    'CreatePort',
    (kept) => ({
      body: {
        port: {
          name: 'p',
          network_id: kept.subnet,
          fixed_ips: [{ subnet_id: kept.neutronSubnet, ip_address: '10.8.1.50' }],
          security_groups: [kept.group],
        },
      },
    }),
    ({ port }, kept) => {
      expect(port.fixed_ips[0].ip_address).toBe('10.8.1.50')
      kept.port = port.id
    },
  ),
  refuses(
    'CreatePort',
    409,
    'VPC.0701',
    (kept) => ({ body: { port: { network_id: kept.subnet, fixed_ips: [{ ip_address: '10.8.1.50' }] } } }),
    { when: 'at a taken address' },
  ),
  answers('ShowPort', (kept) => ({ port_id: kept.port })),
  answers(
    'ListPorts',
    (kept) => ({ network_id: kept.subnet }),
    ({ ports }) => expect(ports.length).toBeGreaterThan(0),
  ),
  answers(
    'UpdatePort',
    (kept) => ({ port_id: kept.port, body: { port: { name: 'q' } } }),
    ({ port }) => expect(port.name).toBe('q'),
  ),
  refuses('ShowPort', 404, 'VPC.2500', { port_id: UNKNOWN }, { when: 'unknown' }),
  refuses('DeleteSubnet', 500, 'VPC.0209', (kept) => ({ vpc_id: kept.vpc, subnet_id: kept.subnet }), {
    when: 'in use',
  }),
  refuses('DeleteSecurityGroup', 409, 'VPC.0602', (kept) => ({ security_group_id: kept.group }), {
    when: 'in use',
  }),
  answers('DeletePort', (kept) => ({ port_id: kept.port }), {}, 204),
  answers('ShowQuota', {}, ({ quotas }) => expect(quotas.resources.length).toBeGreaterThan(5)),
  answers(
    'ShowQuota',
    { type: 'vpc' },
    {
      when: 'of VPCs',
      look: ({ quotas }) => expect(quotas.resources).toMatchObject([{ type: 'vpc', used: 2 }]),
    },
  ),
]

export const addresses: Row[] = [
  answers(
    'CreatePrivateip',
    (kept) => ({ body: { privateips: [{ subnet_id: kept.subnet }] } }),
    ({ privateips }, kept) => {
      kept.privateIp = privateips[0].id
    },
  ),
  answers('ShowPrivateip', (kept) => ({ privateip_id: kept.privateIp })),
  answers(
    'ListPrivateips',
    (kept) => ({ subnet_id: kept.subnet }),
    ({ privateips }) => expect(privateips.length).toBeGreaterThan(0),
  ),
  answers('DeletePrivateip', (kept) => ({ privateip_id: kept.privateIp }), {}, 204),
]
