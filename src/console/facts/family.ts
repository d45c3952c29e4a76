import type { Flavor } from '../api/schema.ts'

/** `s6` of `s6.large.2`, or as Huawei Cloud names the generation. */
export const familyOf = ({ id = '', name = id, os_extra_specs: specs = {} }: Flavor): string =>
  specs['ecs:generation'] || (name.split('.')[0] ?? '')
