import Type from 'typebox'
import {
  any,
  flag,
  links,
  nullableFlag,
  nullableText,
  nullableWhole,
  orNull,
  shape,
  text,
  whole,
} from './shape.ts'

const attachment = shape({
  id: text,
  attachment_id: text,
  server_id: text,
  volume_id: text,
  device: nullableText,
  host_name: nullableText,
  attached_at: nullableText,
})

const performance = orNull(shape({ id: nullableText, total_val: nullableWhole, frozened: nullableFlag }))

/** https://support.huaweicloud.com/api-evs/evs_04_2006.html */
export const volume = shape({
  id: text,
  name: nullableText,
  description: nullableText,
  status: Type.String({ description: 'available, in-use, creating, attaching, error …' }),
  size: whole,
  volume_type: text,
  availability_zone: text,
  attachments: Type.Array(attachment),
  bootable: text,
  multiattach: flag,
  shareable: orNull(Type.Union([text, flag])),
  encrypted: nullableFlag,
  metadata: Type.Record(text, any),
  tags: orNull(Type.Record(text, text)),
  created_at: text,
  updated_at: nullableText,
  snapshot_id: nullableText,
  source_volid: nullableText,
  volume_image_metadata: orNull(Type.Record(text, any)),
  links,
  user_id: nullableText,
  wwn: nullableText,
  serial_number: nullableText,
  service_type: nullableText,
  enterprise_project_id: nullableText,
  dedicated_storage_id: nullableText,
  dedicated_storage_name: nullableText,
  consistencygroup_id: nullableText,
  replication_status: nullableText,
  iops: performance,
  throughput: performance,
  'os-vol-host-attr:host': nullableText,
  'os-vol-tenant-attr:tenant_id': nullableText,
  'os-vol-mig-status-attr:migstat': nullableText,
  'os-vol-mig-status-attr:name_id': nullableText,
  'os-volume-replication:extended_status': nullableText,
})

/** A disk as its instance sees it: https://support.huaweicloud.com/api-ecs/ecs_02_0604.html */
export const blockDevice = shape({
  id: Type.String({ description: 'Equal to volumeId.' }),
  volumeId: text,
  serverId: text,
  device: nullableText,
  // The manual's table has a number, its example a text.
  size: Type.Union([whole, text]),
  bootIndex: nullableWhole,
  bus: nullableText,
  pciAddress: nullableText,
  delete_on_termination: nullableFlag,
})
