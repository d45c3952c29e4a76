import Type from 'typebox'
import { flag, links, nullableText, nullableWhole, orNull, shape, text, textMap, whole } from './shape.ts'

/** Memory in MB is a number, CPUs are a text. */
const facts = {
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
}

/** https://support.huaweicloud.com/api-ecs/zh-cn_topic_0020212656.html */
export const flavor = shape({
  ...facts,
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

/** https://support.huaweicloud.com/api-ecs/ecs_02_0402.html; the same by another name for its specifications. */
export const resizeFlavor = shape({ ...facts, extra_specs: textMap }, { title: 'ResizeFlavor' })
