import type { Field } from './form.ts'

export const STEPS = ['region', 'image', 'type', 'network', 'disks', 'access', 'name', 'review'] as const
export type Step = (typeof STEPS)[number]

export const STEP_OF: Readonly<Record<Field, Step>> = {
  regionId: 'region',
  image: 'image',
  type: 'type',
  zone: 'type',
  vpcId: 'network',
  subnetId: 'network',
  ipAddress: 'network',
  ipv6: 'network',
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
  charging: 'name',
  periodType: 'name',
  periodNum: 'name',
  autoRenew: 'name',
  autoPay: 'name',
  spotPrice: 'name',
  description: 'name',
  tags: 'name',
}
