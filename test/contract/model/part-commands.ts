import fc from 'fast-check'
import { around, command, ecs, likely, nth, remember, which } from './steps.ts'

export const attach = fc.tuple(which, which).map(([which, at]) =>
  command(`attach ${at} to ${which}`, async (model, real) => {
    const id = nth(real.seen.servers, which)?.id
    const volumeId = likely(real.seen.volumes, ({ status }) => status === 'available', at)?.id
    if (id && volumeId)
      await around(model, real, id, ecs(`/${id}/attachvolume`, { volumeAttachment: { volumeId } }))
  }),
)

export const detach = fc.tuple(which, which).map(([which, at]) =>
  command(`detach ${at} from ${which}`, async (model, real) => {
    const server = nth(real.seen.servers, which)
    const volumes: { id: string; bootIndex: string }[] =
      server?.['os-extended-volumes:volumes_attached'] ?? []
    const volume = likely(volumes, ({ bootIndex }) => bootIndex !== '0', at)
    if (!server || !volume) return
    await around(model, real, server.id, ecs(`/${server.id}/detachvolume/${volume.id}`, {}, 'DELETE'))
  }),
)

export const addNic = which.map((which) =>
  command(`add-nic to ${which}`, async (model, real) => {
    const id = nth(real.seen.servers, which)?.id
    const [port] = real.seen.ports
    if (id && port)
      await around(model, real, id, ecs(`/${id}/nics`, { nics: [{ subnet_id: port.network_id }] }))
  }),
)

export const deleteNic = which.map((at) =>
  command(`delete-nic ${at}`, async (model, real) => {
    const nics = real.seen.ports.filter(({ device_owner }) => /^compute:/.test(device_owner))
    const nic = likely(nics, (port) => !port['binding:vif_details']?.primary_interface, at)
    if (!nic) return
    await around(model, real, nic.device_id, ecs(`/${nic.device_id}/nics/delete`, { nics: [{ id: nic.id }] }))
  }),
)

export const createVolume = fc.constant(
  command('create-volume', async (model, real) => {
    const zone = real.seen.servers[0]?.['OS-EXT-AZ:availability_zone']
    const body = { volume: { availability_zone: zone, size: 10, volume_type: 'SSD', name: 'story' } }
    const call = { service: 'evs', method: 'POST', path: '/v2.1/{p}/cloudvolumes', body }
    remember(model, 'evs', await real.ask(call))
  }),
)

export const deleteVolume = which.map((at) =>
  command(`delete-volume ${at}`, async (model, real) => {
    const id = likely(real.seen.volumes, ({ status }) => status === 'available', at)?.id
    if (!id) return
    const heard = await real.ask({ service: 'evs', method: 'DELETE', path: `/v2/{p}/cloudvolumes/${id}` })
    remember(model, 'evs', heard)
  }),
)
