import Type from 'typebox'
import { nullableText, nullableWhole, shape, text } from './shape.ts'

/** What has no value is missing or null. */
export const securityGroupRule = shape({
  id: text,
  description: nullableText,
  security_group_id: text,
  direction: Type.String({ description: 'ingress or egress.' }),
  ethertype: nullableText,
  protocol: nullableText,
  port_range_min: nullableWhole,
  port_range_max: nullableWhole,
  remote_ip_prefix: nullableText,
  remote_group_id: nullableText,
  remote_address_group_id: nullableText,
  tenant_id: text,
})

/** https://support.huaweicloud.com/api-vpc/vpc_sg01_0003.html */
export const securityGroup = shape({
  id: text,
  name: text,
  description: nullableText,
  vpc_id: nullableText,
  enterprise_project_id: nullableText,
  security_group_rules: Type.Array(securityGroupRule),
})
