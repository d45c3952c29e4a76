import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const OTHER = 'ins-5d8a23rs'
const PATH = `cloudservers/${ID}`
const attach = (ecs: Ecs, volumeId: string, more = {}, id = ID) =>
  ecs.call('POST', 'v1', `cloudservers/${id}/attachvolume`, { volumeAttachment: { volumeId, ...more } })

async function diskFor(ecs: Ecs, more = {}, id = ID): Promise<string> {
  const zone = (await ecs.show(id)).body.server['OS-EXT-AZ:availability_zone']
  const volume = { availability_zone: zone, volume_type: 'SSD', size: 20, ...more }
  return (await ecs.evs('POST', 'v2.1', 'cloudvolumes', { volume })).body.volume_ids[0]
}

test('a disk is put on a server and taken off again', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const id = await diskFor(ecs)
  cloud.pass(4_000)
  const { status, body } = await attach(ecs, id)
  expect(status).toBe(200)
  const volume = async () => (await ecs.evs('GET', 'v2', `cloudvolumes/${id}`)).body.volume
  expect((await volume()).status).toBe('attaching')
  cloud.pass(2_000)
  expect(await volume()).toMatchObject({
    status: 'in-use',
    attachments: [{ server_id: ID, device: '/dev/vdb', volume_id: id }],
  })
  expect((await ecs.job(body.job_id)).body).toMatchObject({
    job_type: 'attachVolume',
    status: 'SUCCESS',
    entities: { server_id: ID, volume_id: id },
  })
  const attached = (await ecs.show(ID)).body.server['os-extended-volumes:volumes_attached']
  expect(attached[1]).toEqual({ id, device: '/dev/vdb', bootIndex: '-1', delete_on_termination: 'false' })

  await ecs.call('DELETE', 'v1', `${PATH}/detachvolume/${id}?delete_flag=1`)
  expect((await volume()).status).toBe('detaching')
  cloud.pass(2_000)
  expect(await volume()).toMatchObject({ status: 'available', attachments: [] })
  expect((await ecs.call('GET', 'v1', `${PATH}/os-volume_attachments`)).body.volumeAttachments).toHaveLength(
    1,
  )
})

test('disks of a server are listed with what room is left', async () => {
  const ecs = ecsIn(await startCloud())
  const id = await diskFor(ecs)
  await attach(ecs, id, { device: '/dev/sdc' })
  const { attachableQuantity, volumeAttachments } = (await ecs.call('GET', 'v1', `${PATH}/block_device`)).body
  expect(attachableQuantity).toEqual({ free_scsi: 58, free_blk: 22, free_disk: 58 })
  expect(volumeAttachments).toMatchObject([
    { device: '/dev/vda', bootIndex: 0, size: 40, bus: 'virtio', delete_on_termination: true, serverId: ID },
    { id, volumeId: id, device: '/dev/sdc', size: 20, bus: 'scsi' },
  ])
  const one = `${PATH}/block_device/${id}`
  await ecs.call('PUT', 'v1', one, { block_device: { delete_on_termination: true } })
  expect((await ecs.call('GET', 'v1', one)).body.volumeAttachment.delete_on_termination).toBe(true)
  expect((await ecs.call('GET', 'v1', `${PATH}/block_device/nobody`)).body.error.code).toBe('Ecs.0111')
  expect((await ecs.call('GET', 'v1', `${PATH}/appendvolumequota`)).body).toEqual({
    free_scsi: 58,
    free_blk: 22,
    count: 58,
  })
  expect((await ecs.call('GET', 'v1', `${PATH}/os-volume_attachments`)).body.volumeAttachments[1]).toEqual({
    id,
    volumeId: id,
    serverId: ID,
    device: '/dev/sdc',
  })
  await ecs.remove({ servers: [{ id: ID }] })
  expect((await ecs.evs('GET', 'v2', `cloudvolumes/${id}`)).status).toBe(404)
})

test('what cannot be attached is refused', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const zones = (await ecs.evs('GET', 'v2', 'os-availability-zone')).body.availabilityZoneInfo
  const elsewhere = await diskFor(ecs, { availability_zone: zones[1].zoneName })
  const mine = await diskFor(ecs)
  const theirs = await diskFor(ecs)
  await attach(ecs, mine)
  await attach(ecs, theirs, {}, OTHER)
  const free = await diskFor(ecs)
  const dry = { volumeAttachment: { volumeId: free }, dry_run: true }
  expect((await ecs.call('POST', 'v1', `${PATH}/attachvolume`, dry)).status).toBe(202)
  for (const [id, more, code, detail] of [
    ['nobody', {}, 'Ecs.0005', 'Ecs.0005'],
    [mine, {}, 'Ecs.0005', 'Ecs.0057'],
    [elsewhere, {}, 'Ecs.0017'],
    [theirs, {}, 'Ecs.0103'],
    [free, { device: '/dev/vdb' }, 'Ecs.0005', 'Ecs.0005'],
    [free, { device: 'C:' }, 'Ecs.0005', 'Ecs.0005'],
  ] as const) {
    const heard = await attach(ecs, id, more)
    expect([heard.status, heard.body.error.code, heard.body.error.details?.[0].code]).toEqual([
      400,
      code,
      detail,
    ])
  }
})

test('a server with work in hand takes no disks, and a full one neither', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const id = await diskFor(ecs)
  cloud.pass(4_000)
  await ecs.act({ 'os-stop': { servers: [{ id: ID }] } })
  expect((await attach(ecs, id)).body.error.code).toBe('Ecs.0100')
  cloud.pass(2_000)
  const data_volumes = Array.from({ length: 23 }, () => ({ volumetype: 'SSD', size: 10 }))
  const full = await ecs.made({ data_volumes })
  cloud.pass(6_000)
  expect((await attach(ecs, id, {}, full)).body.error.code).toBe('Ecs.0104')
})

test('only what is attached is detached, and a system disk from a stopped server alone', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const detach = (id: string, query = '') => ecs.call('DELETE', 'v1', `${PATH}/detachvolume/${id}${query}`)
  expect((await detach('nobody')).body.error.code).toBe('Ecs.0111')
  const [system] = (await ecs.show(ID)).body.server['os-extended-volumes:volumes_attached']
  expect((await detach(system.id, '?delete_flag=7')).body.error.code).toBe('Ecs.0005')
  expect((await detach(system.id)).body.error.code).toBe('Ecs.0102')
  await ecs.act({ 'os-stop': { servers: [{ id: ID }] } })
  expect((await detach(system.id)).status).toBe(200)
  expect((await attach(ecs, system.id)).status).toBe(200)
  expect((await ecs.show(ID)).body.server['os-extended-volumes:volumes_attached']).toMatchObject([
    { id: system.id, device: '/dev/vda', bootIndex: '0' },
  ])
})

test('a shared disk goes on several servers at once', async () => {
  const ecs = ecsIn(await startCloud())
  const id = await diskFor(ecs, { multiattach: true })
  const body = { serverinfo: [{ server_id: ID }, { server_id: OTHER, device: '/dev/sdd' }] }
  const { job_id } = (await ecs.call('POST', 'v1', `batchaction/attachvolumes/${id}`, body)).body
  expect((await ecs.job(job_id)).body.entities.sub_jobs_total).toBe(2)
  const volume = async () => (await ecs.evs('GET', 'v2', `cloudvolumes/${id}`)).body.volume
  expect((await volume()).attachments).toHaveLength(2)
  const both = { serverinfo: [ID, OTHER] }
  await ecs.call('POST', 'v1', `batchaction/detachvolumes/${id}`, both)
  expect(await volume()).toMatchObject({ status: 'available', attachments: [] })
})
