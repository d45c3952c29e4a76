import Type from 'typebox'
import { flag, links, nullableText, nullableWhole, orNull, shape, text, textMap, whole } from './shape.ts'

/** https://support.huaweicloud.com/api-ecs/zh-cn_topic_0020212656.html; memory in MB is a number, CPUs are a text. */
export const flavor = shape({
  id: text,
  name: text,
  vcpus: text,
  ram: whole,
  disk: text,
  swap: nullableText,
  'OS-FLV-EXT-DATA:ephemeral': nullableWhole,
  'OS-FLV-DISABLED:disabled': flag,
  rxtx_factor: orNull(Type.Number()),
  rxtx_quota: nullableText,
  rxtx_cap: nullableText,
  'os-flavor-access:is_public': flag,
  links,
  os_extra_specs: textMap,
  attachableQuantity: orNull(
    shape({
      free_scsi: nullableWhole,
      free_blk: nullableWhole,
      free_disk: nullableWhole,
      free_nic: nullableWhole,
    }),
  ),
})
