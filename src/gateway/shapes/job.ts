import Type from 'typebox'
import { any, nullableText, shape, text } from './shape.ts'

/** https://support.huaweicloud.com/api-ecs/ecs_02_0901.html, the same on the IMS and EVS hosts. */
export const job = shape({
  job_id: text,
  job_type: text,
  status: Type.String({ description: 'INIT, RUNNING, SUCCESS, FAIL or PENDING_PAYMENT.' }),
  begin_time: nullableText,
  end_time: nullableText,
  error_code: nullableText,
  fail_reason: nullableText,
  entities: any,
})

/** What Huawei answers to something that takes time. */
export const jobTicket = shape({ job_id: text })
