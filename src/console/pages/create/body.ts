import type { Operations } from '../../api/schema.ts'
import type { Form } from './form.ts'

export type CreateBody = Extract<Operations['createInstances']['body'], { instanceType: string }>

/** What is sent for a form that is complete. */
export function bodyOf(form: Form): CreateBody {
  const { image, type, count } = form
  const many = Number(count) || 1
  return {
    regionId: form.regionId,
    imageId: image?.id ?? '',
    instanceType: type?.id ?? '',
    name: form.name.trim(),
    vpcId: form.vpcId,
    nics: [nicOf(form, many)],
    rootVolume: { volumeType: form.rootType, size: Number(form.rootSize) },
    ...(form.dataVolumes.length > 0
      ? { dataVolumes: form.dataVolumes.map((disk) => ({ volumeType: disk.type, size: Number(disk.size) })) }
      : {}),
    ...(form.securityGroupIds.length > 0 ? { securityGroupIds: [...form.securityGroupIds] } : {}),
    ...(form.zone ? { availabilityZone: form.zone } : {}),
    ...(many > 1 ? { count: many } : {}),
    ...(form.description.trim() ? { description: form.description.trim() } : {}),
    ...(form.access === 'key' ? { keyName: form.keyName } : { adminPassword: form.password }),
    ...(form.userData ? { userData: form.userData, userDataEncoding: 'text' as const } : {}),
    ...publicIpOf(form),
    ...chargingOf(form),
    ...tagsOf(form),
  }
}

function nicOf({ subnetId, ipAddress, ipv6 }: Form, many: number): CreateBody['nics'][number] {
  return {
    subnetId,
    // One address cannot be that of several.
    ...(ipAddress.trim() && many === 1 ? { ipAddress: ipAddress.trim() } : {}),
    ...(ipv6 ? { ipv6Enable: true } : {}),
  }
}

/** By use is what Huawei Cloud takes when nothing is said. */
function chargingOf(form: Form): Pick<CreateBody, 'charging'> {
  const { charging: mode, periodType, periodNum, autoRenew, autoPay, spotPrice } = form
  if (mode === 'postPaid') return {}
  if (mode === 'spot') {
    const price = spotPrice.trim()
    return { charging: { mode, ...(price ? { spotPrice: price } : {}) } }
  }
  return { charging: { mode, periodType, periodNum: Number(periodNum), autoRenew, autoPay } }
}

function publicIpOf(form: Form): Pick<CreateBody, 'publicIp'> {
  if (form.publicIp === 'existing') return { publicIp: { id: form.publicIpId } }
  if (form.publicIp === 'none') return {}
  const { bandwidth, chargeMode, publicIpType: type } = form
  return { publicIp: { type, bandwidth: { size: Number(bandwidth), shareType: 'PER', chargeMode } } }
}

function tagsOf({ tags }: Form): Pick<CreateBody, 'tags'> {
  const named = tags.filter(({ key }) => key.trim() !== '')
  return named.length > 0 ? { tags: named.map(({ key, value }) => ({ key: key.trim(), value })) } : {}
}
