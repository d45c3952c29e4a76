import { any, flag, shape, text } from './shape.ts'

/** https://support.huaweicloud.com/api-ecs/ecs_03_1801.html */
export const availabilityZone = shape({
  zoneName: text,
  zoneState: shape({ available: flag }),
  hosts: any,
})
