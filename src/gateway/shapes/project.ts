import { flag, nullableText, shape, text } from './shape.ts'

/** https://support.huaweicloud.com/api-iam/iam_06_0001.html */
export const project = shape({
  id: text,
  name: text,
  description: nullableText,
  enabled: flag,
  domain_id: text,
  parent_id: nullableText,
  is_domain: flag,
  links: shape({ self: text, next: nullableText, previous: nullableText }),
})
