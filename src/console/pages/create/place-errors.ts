import type { ApiError } from '../../api/error.ts'
import type { Field } from './form.ts'

export type FieldErrors = Readonly<Partial<Record<Field, string>>>

/** Names of the create call, the longer ones first where one begins another. */
const FIELDS: readonly (readonly [string, Field])[] = [
  ['regionId', 'regionId'],
  ['imageId', 'image'],
  ['instanceType', 'type'],
  ['availabilityZone', 'zone'],
  ['vpcId', 'vpcId'],
  ['nics[0].ipAddress', 'ipAddress'],
  ['nics[0].ipv6Enable', 'ipv6'],
  ['nics', 'subnetId'],
  ['securityGroupIds', 'securityGroupIds'],
  ['publicIp.bandwidth.chargeMode', 'chargeMode'],
  ['publicIp.bandwidth', 'bandwidth'],
  ['publicIp.type', 'publicIpType'],
  ['publicIp.id', 'publicIpId'],
  ['publicIp', 'publicIp'],
  ['rootVolume.volumeType', 'rootType'],
  ['rootVolume', 'rootSize'],
  ['dataVolumes', 'dataVolumes'],
  ['keyName', 'keyName'],
  ['adminPassword', 'password'],
  ['userData', 'userData'],
  ['name', 'name'],
  ['count', 'count'],
  ['charging.periodType', 'periodType'],
  ['charging.periodNum', 'periodNum'],
  ['charging.spotPrice', 'spotPrice'],
  ['charging', 'charging'],
  ['description', 'description'],
  ['tags', 'tags'],
]

/** https://support.huaweicloud.com/api-ecs/ErrorCode.html, as far as a create can run into them. */
const CODES: Readonly<Record<string, Field>> = {
  'Ecs.0001': 'count',
  'Ecs.0002': 'count',
  'Ecs.0007': 'type',
  'Ecs.0010': 'ipAddress',
  'Ecs.0011': 'password',
  'Ecs.0012': 'subnetId',
  'Ecs.0013': 'publicIp',
  'Ecs.0014': 'vpcId',
  'Ecs.0015': 'rootType',
  'Ecs.0016': 'type',
  'Ecs.0018': 'type',
  'Ecs.0019': 'type',
  'Ecs.0021': 'dataVolumes',
  'Ecs.0029': 'type',
  'Ecs.0031': 'image',
  'Ecs.0032': 'image',
  'Ecs.0038': 'subnetId',
  'Ecs.0039': 'ipAddress',
  'Ecs.0041': 'description',
  'Ecs.0042': 'dataVolumes',
  'Ecs.0043': 'rootType',
  'Ecs.0044': 'rootType',
  'Ecs.0045': 'bandwidth',
  'Ecs.0064': 'subnetId',
  'Ecs.0219': 'type',
  'Ecs.0314': 'keyName',
  'Ecs.0902': 'charging',
  'Ecs.0903': 'charging',
  'Ecs.0905': 'tags',
  'Ecs.0906': 'tags',
  'Ecs.0907': 'tags',
  'Ecs.0908': 'tags',
  'Ecs.0913': 'count',
  'Ecs.0914': 'name',
  'Ecs.0915': 'name',
  'Ecs.7000': 'charging',
  UNKNOWN_REGION: 'regionId',
  REGION_NOT_OPENED: 'regionId',
}

/** What a general refusal of Huawei Cloud speaks of, told by the words it has for fields. */
const WORDS: readonly (readonly [RegExp, Field])[] = [
  [/ipv6/i, 'ipv6'],
  [/ip_address|privateIp|IP address .*(?:in use|used|subnet)/i, 'ipAddress'],
  [/bandwidth/i, 'bandwidth'],
  [/publicip|iptype/i, 'publicIp'],
  [/data_volumes?|data disk/i, 'dataVolumes'],
  [/root_volume|system disk/i, 'rootSize'],
  [/availability_zone/i, 'zone'],
  [/security_?group/i, 'securityGroupIds'],
  [/subnet/i, 'subnetId'],
  [/\bvpc/i, 'vpcId'],
  [/user_data/i, 'userData'],
  [/adminPass/i, 'password'],
  [/key_name|op_svc_userid/i, 'keyName'],
  [/period/i, 'periodNum'],
  [/spot/i, 'charging'],
]

/** Where a refusal belongs in the form; nowhere where it tells nothing of that. */
export function placed(error: ApiError): FieldErrors {
  const named = error.fieldViolations.flatMap(({ field, description }) => {
    const known = FIELDS.find(([name]) => field === name || isInside(field, name))
    return known ? [[known[1], description] as const] : []
  })
  if (named.length > 0) return Object.fromEntries(named.reverse())
  const words = [error.message, error.reason].filter(Boolean).join(' · ')
  const byCode = CODES[error.reason]
  if (byCode) return { [byCode]: words }
  if (error.status !== 400) return {}
  const byWord = WORDS.find(([pattern]) => pattern.test(error.message))
  return byWord ? { [byWord[1]]: words } : {}
}

const isInside = (field: string, name: string) => field.startsWith(`${name}.`) || field.startsWith(`${name}[`)
