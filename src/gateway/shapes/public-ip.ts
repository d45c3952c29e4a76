import Type from 'typebox'
import { nullableText, nullableWhole, orNull, shape, text, texts } from './shape.ts'

/** https://support.huaweicloud.com/api-eip/eip_api_0003.html; times are UTC, without a zone. */
export const publicIp = shape({
  id: text,
  status: Type.String({ description: 'DOWN is free; ACTIVE, ELB, VPN are bound; PENDING_CREATE, ERROR …' }),
  type: text,
  alias: nullableText,
  public_ip_address: nullableText,
  public_ipv6_address: nullableText,
  private_ip_address: nullableText,
  port_id: nullableText,
  ip_version: nullableWhole,
  tenant_id: text,
  create_time: text,
  bandwidth_id: nullableText,
  bandwidth_name: nullableText,
  bandwidth_size: nullableWhole,
  bandwidth_share_type: nullableText,
  enterprise_project_id: nullableText,
  public_border_group: nullableText,
  allow_share_bandwidth_types: orNull(texts),
  tags: orNull(texts),
  profile: orNull(
    shape({
      order_id: nullableText,
      product_id: nullableText,
      region_id: nullableText,
      user_id: nullableText,
    }),
  ),
})
