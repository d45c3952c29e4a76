import Type from 'typebox'
import { nullableFlag, nullableText, shape, text } from './shape.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_api01_0003.html */
export const vpc = shape({
  id: text,
  name: text,
  description: nullableText,
  cidr: text,
  status: Type.String({ description: 'CREATING, then OK.' }),
  routes: Type.Array(shape({ destination: text, nexthop: text })),
  enterprise_project_id: nullableText,
  tenant_id: text,
  created_at: text,
  updated_at: text,
  block_service_endpoint_states: nullableText,
  enable_network_address_usage_metrics: nullableFlag,
})
