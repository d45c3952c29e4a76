import { nullableText, shape, text } from './shape.ts'

/** https://support.huaweicloud.com/api-ecs/ecs_03_1201.html; each stands in a wrapper of its own. */
export const listedKeypair = shape({
  keypair: shape({ name: text, public_key: text, fingerprint: text, type: nullableText }),
})

export const createdKeypair = shape({
  name: text,
  public_key: text,
  private_key: text,
  fingerprint: text,
  user_id: text,
  type: nullableText,
})
