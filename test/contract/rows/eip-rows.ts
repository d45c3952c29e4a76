import { expect } from 'vitest'
import { answers, refuses, type Table } from './row.ts'
import { tagRows } from './tag-rows.ts'

const UNKNOWN = '00000000-0000-4000-8000-000000000000'
const bandwidth = { share_type: 'PER', name: 'bw', size: 10, charge_mode: 'traffic' }

export const eipRows: Table = {
  sdk: 'eip/v2',
  rows: [
    answers('CreatePublicip', { body: { publicip: { type: '5_bgp' }, bandwidth } }, ({ publicip }, kept) => {
      kept.eip = publicip.id
    }),
    answers(
      'ShowPublicip',
      (kept) => ({ publicip_id: kept.eip }),
      ({ publicip }, kept) => {
        expect(publicip).toMatchObject({ status: 'DOWN', bandwidth_size: 10, type: '5_bgp' })
        expect(publicip.create_time).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
        kept.bandwidth = publicip.bandwidth_id
        kept.address = publicip.public_ip_address
      },
    ),
    refuses(
      'CreatePublicip',
      400,
      'VPC.0501',
      { body: { publicip: { type: 'carrier-pigeon' }, bandwidth } },
      {
        when: 'of no type',
      },
    ),
    refuses('ShowPublicip', 404, 'VPC.0504', { publicip_id: UNKNOWN }, { when: 'unknown' }),
    answers(
      'ListSubnets',
      {},
      {
        sdk: 'vpc/v2',
        look: ({ subnets: [subnet] }, kept) => {
          kept.subnet = subnet.id
        },
      },
    ),
    answers('ListPorts', (kept) => ({ network_id: kept.subnet, device_owner: 'compute:nova' }), {
      sdk: 'vpc/v2',
    }),
    answers(
      'ListServersDetails',
      {},
      {
        sdk: 'ecs/v2',
        look: ({ servers: [server] }, kept) => {
          // biome-ignore lint/suspicious/noExplicitAny: an address as ECS shows it
          const [[address]] = Object.values(server.addresses) as any
          kept.server = server.id
          kept.port = address['OS-EXT-IPS:port_id']
        },
      },
    ),
    answers(
      'UpdatePublicip',
      (kept) => ({ publicip_id: kept.eip, body: { publicip: { port_id: kept.port } } }),
      {
        when: 'to bind',
      },
    ),
    answers('ShowPublicip', (kept) => ({ publicip_id: kept.eip }), {
      when: 'bound',
      look: ({ publicip }, kept) => expect(publicip).toMatchObject({ status: 'ACTIVE', port_id: kept.port }),
    }),
    answers('ShowServer', (kept) => ({ server_id: kept.server }), {
      sdk: 'ecs/v2',
      look: ({ server }, kept) => expect(JSON.stringify(server.addresses)).toContain(kept.address),
    }),
    answers(
      'ListPublicips',
      (kept) => ({ port_id: [kept.port] }),
      ({ publicips }) => expect(publicips).toHaveLength(1),
    ),
    refuses('DeletePublicip', 409, 'VPC.0517', (kept) => ({ publicip_id: kept.eip }), { when: 'bound' }),
    answers('UpdatePublicip', (kept) => ({ publicip_id: kept.eip, body: { publicip: { port_id: '' } } }), {
      when: 'to unbind',
    }),
    answers('ListBandwidths', {}),
    answers('ShowBandwidth', (kept) => ({ bandwidth_id: kept.bandwidth })),
    answers(
      'UpdateBandwidth',
      (kept) => ({ bandwidth_id: kept.bandwidth, body: { bandwidth: { size: 20 } } }),
      ({ bandwidth }) => expect(bandwidth.size).toBe(20),
    ),
    refuses('ShowBandwidth', 404, 'VPC.0306', { bandwidth_id: UNKNOWN }, { when: 'unknown' }),
    answers('CountPublicIp', {}),
    ...tagRows('Publicip', 'Publicip', 'publicip_id', 'eip', 'Publicips'),
    answers(
      'CreateSharedBandwidth',
      { body: { bandwidth: { name: 'shared', size: 5 } } },
      ({ bandwidth }, kept) => {
        kept.shared = bandwidth.id
      },
    ),
    answers('AddPublicipsIntoSharedBandwidth', (kept) => ({
      bandwidth_id: kept.shared,
      body: { bandwidth: { publicip_info: [{ publicip_id: kept.eip, publicip_type: '5_bgp' }] } },
    })),
    answers(
      'RemovePublicipsFromSharedBandwidth',
      (kept) => ({
        bandwidth_id: kept.shared,
        body: {
          bandwidth: {
            charge_mode: 'traffic',
            size: 5,
            publicip_info: [{ publicip_id: kept.eip, publicip_type: '5_bgp' }],
          },
        },
      }),
      {},
      204,
    ),
    answers('DeleteSharedBandwidth', (kept) => ({ bandwidth_id: kept.shared }), {}, 204),
    answers('NeutronListFloatingIps', {}, ({ floatingips }) => expect(floatingips).toHaveLength(1)),
    answers('NeutronShowFloatingIp', (kept) => ({ floatingip_id: kept.eip })),
    answers('DeletePublicip', (kept) => ({ publicip_id: kept.eip }), {}, 204),
    refuses('DeletePublicip', 404, 'VPC.0504', (kept) => ({ publicip_id: kept.eip }), { when: 'deleted' }),
  ],
}

export const eip3Rows: Table = {
  sdk: 'eip/v3',
  rows: [
    answers('CreatePublicip', { body: { publicip: { type: '5_bgp' }, bandwidth } }, { sdk: 'eip/v2' }),
    answers('ListPublicips', {}, ({ publicips, total_count }, kept) => {
      expect(total_count).toBe(publicips.length)
      kept.eip = publicips[0].id
    }),
    answers('ShowPublicip', (kept) => ({ publicip_id: kept.eip })),
    answers(
      'ListPorts',
      {},
      {
        sdk: 'vpc/v2',
        look: ({ ports: [port] }, kept) => {
          kept.port = port.id
        },
      },
    ),
    answers('AssociatePublicips', (kept) => ({
      publicip_id: kept.eip,
      body: { publicip: { associate_instance_type: 'PORT', associate_instance_id: kept.port } },
    })),
    answers('DisassociatePublicips', (kept) => ({ publicip_id: kept.eip })),
  ],
}
