import Type from 'typebox'
import { any, nullableWhole, shape, text, whole } from './shape.ts'

/** -1 is no limit. */
const amount = shape({ limit: whole, in_use: whole, reserved: whole })

/** Each service has a form of its own; one of these names is there. */
export const quotas = shape({
  absolute: Type.Record(text, any, { description: 'Of ecs: how many there may be and are, memory in MB.' }),
  quotas: shape({
    resources: Type.Array(
      shape({ type: text, used: whole, quota: whole, min: nullableWhole, max: nullableWhole }),
      { description: 'Of vpc and ims.' },
    ),
  }),
  quota_set: shape({
    id: text,
    volumes: amount,
    snapshots: amount,
    gigabytes: amount,
    backups: amount,
    backup_gigabytes: amount,
    per_volume_gigabytes: amount,
  }),
})
