import type { ChosenImage, ChosenType } from './chosen.ts'

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
  /** An IPv6 address too, where the subnet has them. */
  ipv6: boolean
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
  charging: 'postPaid' | 'prePaid' | 'spot'
  periodType: 'month' | 'year'
  periodNum: string
  autoRenew: boolean
  /** Otherwise the order waits in Huawei Cloud's own console. */
  autoPay: boolean
  /** The most to be paid an hour, as typed; none takes whatever the price is. */
  spotPrice: string
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
  ipv6: false,
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
  charging: 'postPaid',
  periodType: 'month',
  periodNum: '1',
  autoRenew: false,
  autoPay: true,
  spotPrice: '',
  description: '',
  tags: [],
}
