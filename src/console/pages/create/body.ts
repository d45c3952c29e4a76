import type { Operations } from '../../api/schema.ts'
import type { Form } from './form.ts'

export type CreateBody = Extract<Operations['createInstances']['body'], { instanceType: string }>

/** What is sent for a form that is complete. */
export function bodyOf(form: Form): CreateBody {
  const { subnetId, ipAddress, image, type, count } = form
  const many = Number(count) || 1
  return {
    regionId: form.regionId,
    imageId: image?.id ?? '',
    instanceType: type?.id ?? '',
    name: form.name.trim(),
    vpcId: form.vpcId,
    // One address cannot be that of several.
    nics: [{ subnetId, ...(ipAddress.trim() && many === 1 ? { ipAddress: ipAddress.trim() } : {}) }],
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
    ...tagsOf(form),
  }
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
