import { type Params, pairsOf } from './api-params.ts'
import { type Given, textOf, textsOf } from './command.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { Stop } from './stop.ts'
import { textInFile } from './text-file.ts'

const PLAIN = {
  name: 'name',
  image: 'imageId',
  type: 'instanceType',
  vpc: 'vpcId',
  zone: 'availabilityZone',
  'key-name': 'keyName',
  description: 'description',
} as const

/** The fields of a create, of what stands on the line. Fails with {@link Stop}. */
export function fieldsOf(given: Given, house: House): Params {
  const { text } = house
  const plain = Object.entries(PLAIN).flatMap(([flag, field]) => {
    const said = textOf(given, flag)
    return said === undefined ? [] : [[field, said]]
  })
  const subnets = textsOf(given, 'subnet')
  const groups = textsOf(given, 'security-group')
  const disks = textsOf(given, 'data-volume').map((said) => volume(said, 'data-volume', house))
  const root = textOf(given, 'root-volume')
  const count = textOf(given, 'count')
  const userData = textOf(given, 'user-data')
  const publicIp = textOf(given, 'public-ip')
  if (count !== undefined && !/^[1-9]\d{0,2}$/.test(count)) throw new Stop(CODES.usage, text.given.badCount)
  return {
    ...Object.fromEntries(plain),
    ...(subnets.length > 0 ? { nics: subnets.map((subnetId) => ({ subnetId })) } : {}),
    ...(groups.length > 0 ? { securityGroupIds: groups } : {}),
    ...(disks.length > 0 ? { dataVolumes: disks } : {}),
    ...(root === undefined ? {} : { rootVolume: volume(root, 'root-volume', house) }),
    ...(count === undefined ? {} : { count: Number(count) }),
    ...(userData === undefined ? {} : { userData: textInFile(userData, house), userDataEncoding: 'text' }),
    ...(publicIp === undefined ? {} : { publicIp: { id: publicIp } }),
    ...(textsOf(given, 'tag').length > 0 ? { tags: pairsOf(given, 'tag', text) } : {}),
    ...(given.flags['dry-run'] ? { dryRun: true } : {}),
  }
}

/** `SSD:40`; of the size nothing needs to be said. */
export function volume(said: string, flag: string, { text }: House): Params {
  const [, volumeType, size] = /^(\w+)(?::(\d{1,5}))?$/.exec(said.trim()) ?? []
  if (!volumeType) throw new Stop(CODES.usage, text.given.badVolume(flag))
  return { volumeType, ...(size === undefined ? {} : { size: Number(size) }) }
}
