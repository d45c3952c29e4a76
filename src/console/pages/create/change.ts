import { fits } from './chosen.ts'
import { EMPTY, type Field, type Form } from './form.ts'

/** What is known in one region only, and so is forgotten when another one is chosen. */
const REGIONAL = [
  'image',
  'type',
  'zone',
  'vpcId',
  'subnetId',
  'ipAddress',
  'ipv6',
  'securityGroupIds',
  'publicIp',
  'publicIpId',
  'keyName',
] as const satisfies readonly Field[]

const FORGOTTEN: Partial<Form> = Object.fromEntries(REGIONAL.map((field) => [field, EMPTY[field]]))

/** The form after a change, with what no longer fits left out. */
export function changed(form: Form, patch: Partial<Form>): Form {
  const next = { ...form, ...patch }
  if (patch.regionId !== undefined && patch.regionId !== form.regionId) return { ...next, ...FORGOTTEN }
  if (patch.image) {
    if (next.type && !fits(next.image, next.type)) next.type = undefined
    next.rootSize = String(Math.max(Number(next.rootSize) || 0, patch.image.minDisk))
  }
  if (patch.type && !fits(next.image, patch.type)) next.image = undefined
  if (patch.vpcId !== undefined && patch.vpcId !== form.vpcId) next.subnetId = patch.subnetId ?? ''
  if (patch.subnetId !== undefined && patch.subnetId !== form.subnetId) {
    next.ipAddress = ''
    next.ipv6 = false
  }
  return next
}
