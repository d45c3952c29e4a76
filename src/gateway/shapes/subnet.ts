import Type from 'typebox'
import { flag, nullableFlag, nullableText, nullableWhole, orNull, shape, text, texts } from './shape.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_subnet01_0003.html */
export const subnet = shape({
  id: Type.String({ description: 'What the network cards of a create want; equal to neutron_network_id.' }),
  name: text,
  description: nullableText,
  cidr: text,
  gateway_ip: nullableText,
  vpc_id: text,
  status: Type.String({ description: 'UNKNOWN just after the create, then ACTIVE; or ERROR.' }),
  dhcp_enable: flag,
  primary_dns: nullableText,
  secondary_dns: nullableText,
  dnsList: orNull(texts),
  availability_zone: nullableText,
  ipv6_enable: nullableFlag,
  cidr_v6: nullableText,
  gateway_ip_v6: nullableText,
  neutron_network_id: text,
  neutron_subnet_id: text,
  neutron_subnet_id_v6: nullableText,
  extra_dhcp_opts: orNull(Type.Array(shape({ opt_name: text, opt_value: nullableText }))),
  scope: nullableText,
  tenant_id: text,
  created_at: text,
  updated_at: text,
  enable_network_address_usage_metrics: nullableFlag,
  available_ip_address_count: nullableWhole,
})
