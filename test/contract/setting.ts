import { expect } from 'vitest'
import { type Setting, serverBody } from './refusal-rows.ts'
import type { Call, Heard, Wire } from './wire.ts'

/** Fills a fresh project with one of everything. */
export async function settle(wire: Wire): Promise<Setting> {
  const get = async (service: string, path: string) => (await good(wire, { service, path })).body
  const [subnet] = (await get('vpc', '/v1/{p}/subnets')).subnets
  const [group] = (await get('vpc', '/v1/{p}/security-groups')).security_groups
  const [zone] = (await get('ecs', '/v2.1/{p}/os-availability-zone')).availabilityZoneInfo
  const images = (await get('ims', '/v2/cloudimages')).images
  const { flavors } = await get('ecs', '/v1/{p}/cloudservers/flavors')
  const setting: Setting = {
    flavors: sales(flavors, zone.zoneName),
    vpc: subnet.vpc_id,
    subnet: subnet.id,
    neutronSubnet: subnet.neutron_subnet_id,
    group: group.id,
    zone: zone.zoneName,
    publicImage: images.find(({ __imagetype }: { __imagetype: string }) => __imagetype === 'gold').id,
    server: '',
    stopped: '',
    prepaid: '',
    locked: '',
    port: '',
    rootDisk: '',
    dataDisk: '',
    publicIp: '',
    ownImage: '',
  }
  const create = (changes: Record<string, unknown>) => createServer(wire, setting, changes)
  setting.server = await create({
    data_volumes: [{ volumetype: 'SSD', size: 10 }],
    publicip: { eip: { iptype: '5_bgp', bandwidth: { size: 1, sharetype: 'PER' } } },
  })
  setting.stopped = await create({})
  setting.locked = await create({})
  setting.prepaid = await create({
    extendparam: { chargingMode: 'prePaid', periodType: 'month', periodNum: 1, isAutoPay: 'true' },
  })
  await stopServer(wire, setting.stopped)
  await good(wire, post('ecs', `/v2.1/{p}/servers/${setting.locked}/action`, { lock: null }))

  const { server } = await get('ecs', `/v1/{p}/cloudservers/${setting.server}`)
  const [root, data] = server['os-extended-volumes:volumes_attached']
  setting.rootDisk = root.id
  setting.dataDisk = data.id
  const [addresses] = Object.values(server.addresses) as Record<string, string>[][]
  setting.port = addresses?.[0]?.['OS-EXT-IPS:port_id'] ?? ''
  setting.publicIp = (await get('vpc', '/v1/{p}/publicips')).publicips[0].id
  const image = await good(
    wire,
    post('ims', '/v2/cloudimages/action', { name: 'own', instance_id: setting.stopped }),
  )
  setting.ownImage = (await get('ims', `/v1/{p}/jobs/${image.body.job_id}`)).entities.image_id
  return setting
}

export async function createServer(
  wire: Wire,
  where: Pick<Setting, 'vpc' | 'subnet'>,
  changes: Record<string, unknown>,
): Promise<string> {
  const { body } = await good(wire, post('ecs', '/v1.1/{p}/cloudservers', serverBody(where, changes)))
  return body.serverIds[0]
}

export async function stopServer(wire: Wire, id: string): Promise<void> {
  const stop = { 'os-stop': { type: 'HARD', servers: [{ id }] } }
  await good(wire, post('ecs', '/v1/{p}/cloudservers/action', stop))
}

// biome-ignore lint/suspicious/noExplicitAny: flavors as they arrive
function sales(flavors: any[], zone: string): Record<string, string> {
  return Object.fromEntries(
    ['obt', 'sellout', 'abandon'].map((state) => {
      const found = flavors.find(({ os_extra_specs: specs }) => {
        const inZone = new RegExp(`${zone}\\((\\w+)\\)`).exec(specs['cond:operation:az'] ?? '')?.[1]
        return (inZone ?? specs['cond:operation:status']) === state
      })
      return [state, found?.id ?? `no flavor is ${state} in ${zone}`]
    }),
  )
}

export const post = (service: string, path: string, body: object): Call => ({
  service,
  method: 'POST',
  path,
  body,
})

export async function good(wire: Wire, call: Call): Promise<Heard> {
  const heard = await wire.ask(call)
  expect(heard.status, heard.text).toBeLessThan(300)
  return heard
}
