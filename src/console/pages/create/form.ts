import type { Image } from '../../api/schema.ts'

export const STEPS = ['region', 'image', 'type', 'network', 'disks', 'access', 'name', 'review'] as const
export type Step = (typeof STEPS)[number]

/** What the other steps need to know of the image. */
export interface ChosenImage {
  id: string
  name: string
  /** GiB. */
  minDisk: number
  /** MiB. */
  minRam: number
  isArm: boolean
  /** The maker of a market image says what it runs on, and is not always right. */
  isMarket: boolean
  isWindows: boolean
}

export interface ChosenType {
  id: string
  vcpus: number
  /** MiB. */
  ram: number
  isArm: boolean
  sales: string
  saleElsewhere: string
}

export interface Disk {
  type: string
  size: string
}

export interface Tag {
  key: string
  value: string
}

export interface Form {
  regionId: string
  image: ChosenImage | undefined
  type: ChosenType | undefined
  /** None lets Huawei Cloud choose. */
  zone: string
  vpcId: string
  subnetId: string
  /** None lets Huawei Cloud choose. */
  ipAddress: string
  securityGroupIds: readonly string[]
  publicIp: 'none' | 'new' | 'existing'
  publicIpId: string
  publicIpType: string
  /** Mbit/s. */
  bandwidth: string
  chargeMode: 'bandwidth' | 'traffic'
  rootType: string
  /** GiB, as typed. */
  rootSize: string
  dataVolumes: readonly Disk[]
  access: 'key' | 'password'
  keyName: string
  password: string
  userData: string
  name: string
  count: string
  description: string
  tags: readonly Tag[]
}

export type Field = keyof Form

export const EMPTY: Form = {
  regionId: '',
  image: undefined,
  type: undefined,
  zone: '',
  vpcId: '',
  subnetId: '',
  ipAddress: '',
  securityGroupIds: [],
  publicIp: 'none',
  publicIpId: '',
  publicIpType: '5_bgp',
  bandwidth: '5',
  chargeMode: 'traffic',
  rootType: 'GPSSD',
  rootSize: '40',
  dataVolumes: [],
  access: 'password',
  keyName: '',
  password: '',
  userData: '',
  name: '',
  count: '1',
  description: '',
  tags: [],
}

/** What is known in one region only, and so is forgotten when another one is chosen. */
const REGIONAL = [
  'image',
  'type',
  'zone',
  'vpcId',
  'subnetId',
  'ipAddress',
  'securityGroupIds',
  'publicIp',
  'publicIpId',
  'keyName',
] as const satisfies readonly Field[]

export const STEP_OF: Readonly<Record<Field, Step>> = {
  regionId: 'region',
  image: 'image',
  type: 'type',
  zone: 'type',
  vpcId: 'network',
  subnetId: 'network',
  ipAddress: 'network',
  securityGroupIds: 'network',
  publicIp: 'network',
  publicIpId: 'network',
  publicIpType: 'network',
  bandwidth: 'network',
  chargeMode: 'network',
  rootType: 'disks',
  rootSize: 'disks',
  dataVolumes: 'disks',
  access: 'access',
  keyName: 'access',
  password: 'access',
  userData: 'access',
  name: 'name',
  count: 'name',
  description: 'name',
  tags: 'name',
}

/** The form after a change, with what no longer fits left out. */
export function changed(form: Form, patch: Partial<Form>): Form {
  const next = { ...form, ...patch }
  if (patch.regionId !== undefined && patch.regionId !== form.regionId) {
    const { image, type, zone, vpcId, subnetId, ipAddress, securityGroupIds, publicIp, publicIpId, keyName } =
      EMPTY
    const forgotten: Pick<Form, (typeof REGIONAL)[number]> = {
      image,
      type,
      zone,
      vpcId,
      subnetId,
      ipAddress,
      securityGroupIds,
      publicIp,
      publicIpId,
      keyName,
    }
    return { ...next, ...forgotten }
  }
  if (patch.image) {
    if (next.type && !fits(next.image, next.type)) next.type = undefined
    next.rootSize = String(Math.max(Number(next.rootSize) || 0, patch.image.minDisk))
  }
  if (patch.vpcId !== undefined && patch.vpcId !== form.vpcId) next.subnetId = patch.subnetId ?? ''
  if (patch.subnetId !== undefined && patch.subnetId !== form.subnetId) next.ipAddress = ''
  return next
}

/** Whether an image runs on a type: the architecture, and its least memory. */
export function fits(
  image: ChosenImage | undefined,
  { isArm, ram }: Pick<ChosenType, 'isArm' | 'ram'>,
): boolean {
  if (!image) return true
  if (ram < image.minRam) return false
  return isArm ? image.isArm : !image.isArm || image.isMarket
}

export const chosenImage = (image: Image): ChosenImage => ({
  id: image.id ?? '',
  name: image.name ?? image.id ?? '',
  minDisk: image.min_disk ?? 0,
  minRam: image.min_ram ?? 0,
  isArm: image.__support_arm === 'true',
  isMarket: image.__imagetype === 'market',
  isWindows: image.__os_type === 'Windows',
})
