import type { CreateFields } from './create-fields.ts'
import type { Violation } from './errors.ts'
import { given } from './given.ts'
import { toTags } from './to-tags.ts'

/**
 * Our words for a create, said in Huawei's: the `server` object of
 * https://support.huaweicloud.com/api-ecs/ecs_02_0101.html, whose spellings follow no single rule.
 */
export function toServer(ask: CreateFields): Record<string, unknown> {
  return given({
    imageRef: ask.imageId,
    flavorRef: ask.instanceType,
    name: ask.name,
    vpcid: ask.vpcId,
    nics: ask.nics.map(toNic),
    root_volume: toVolume(ask.rootVolume),
    data_volumes: ask.dataVolumes?.map(toVolume),
    security_groups: toReferences(ask.securityGroupIds),
    count: ask.count,
    availability_zone: ask.availabilityZone,
    batch_create_in_multi_az: ask.batchCreateInMultiAz,
    description: ask.description,
    adminPass: ask.adminPassword,
    key_name: ask.keyName,
    user_data: toUserData(ask.userData, ask.userDataEncoding),
    publicip: ask.publicIp && toPublicIp(ask.publicIp),
    server_tags: ask.tags && toTags(ask.tags),
    metadata: ask.metadata,
    extendparam: toExtendParam(ask),
    isAutoRename: ask.autoRename,
    auto_terminate_time: ask.autoTerminateTime,
    'os:scheduler_hints':
      ask.schedulerHints &&
      given({
        group: ask.schedulerHints.group,
        tenancy: ask.schedulerHints.tenancy,
        dedicated_host_id: ask.schedulerHints.dedicatedHostId,
      }),
  })
}

const toReferences = (ids: string[] | undefined) => ids?.map((id) => ({ id }))

const toNic = (nic: CreateFields['nics'][number]) =>
  given({
    subnet_id: nic.subnetId,
    ip_address: nic.ipAddress,
    ipv6_enable: nic.ipv6Enable,
    ipv6_bandwidth: nic.ipv6BandwidthId && { id: nic.ipv6BandwidthId },
    port_id: nic.portId,
    allowed_address_pairs: nic.allowedAddressPairs?.map(({ ipAddress, macAddress }) =>
      given({ ip_address: ipAddress, mac_address: macAddress }),
    ),
    // Not in the manual of this call; spelled as in the one that adds cards to an instance.
    security_groups: toReferences(nic.securityGroupIds),
  })

type Volume = CreateFields['rootVolume'] & Partial<NonNullable<CreateFields['dataVolumes']>[number]>

const toVolume = (volume: Volume) =>
  given({
    volumetype: volume.volumeType,
    size: volume.size,
    iops: volume.iops,
    throughput: volume.throughput,
    'hw:passthrough': volume.passthrough,
    cluster_type: volume.clusterType,
    cluster_id: volume.clusterId,
    shareable: volume.shareable,
    multiattach: volume.multiattach,
    data_image_id: volume.dataImageId,
    delete_on_termination: volume.deleteOnTermination,
    extendparam: volume.snapshotId && { snapshotId: volume.snapshotId },
    metadata: volume.kmsKeyId && { __system__encrypted: '1', __system__cmkid: volume.kmsKeyId },
  })

/** ECS writes `iptype`, `sharetype` and `chargemode` where VPC writes `type`, `share_type` and `charge_mode`. */
function toPublicIp(publicIp: NonNullable<CreateFields['publicIp']>) {
  const delete_on_termination = publicIp.deleteOnTermination
  if ('id' in publicIp) return given({ id: publicIp.id, delete_on_termination })
  const { size, shareType, chargeMode, id } = publicIp.bandwidth
  // By bandwidth is said by saying nothing; any word but `traffic` makes the job fail.
  const chargemode = chargeMode === 'traffic' ? chargeMode : undefined
  const bandwidth = given({ size, sharetype: shareType, chargemode, id })
  return given({ eip: { iptype: publicIp.type, bandwidth }, delete_on_termination })
}

/** Booleans are texts in this one object. */
function toExtendParam({ charging, enterpriseProjectId }: CreateFields): Record<string, unknown> | undefined {
  if (!charging && enterpriseProjectId === undefined) return undefined
  const isSpot = charging?.mode === 'spot'
  return given({
    chargingMode: isSpot ? 'postPaid' : charging?.mode,
    marketType: isSpot ? 'spot' : undefined,
    periodType: charging?.periodType,
    periodNum: charging?.periodNum,
    isAutoRenew: charging?.autoRenew?.toString(),
    isAutoPay: charging?.autoPay?.toString(),
    spotPrice: charging?.spotPrice,
    spot_duration_hours: charging?.spotDurationHours,
    spot_duration_count: charging?.spotDurationCount,
    interruption_policy: charging?.interruptionPolicy,
    enterprise_project_id: enterpriseProjectId,
  })
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

const toUserData = (userData: string | undefined, encoding: CreateFields['userDataEncoding']) =>
  userData !== undefined && encoding === 'text' ? Buffer.from(userData).toString('base64') : userData

export function userDataFaults({
  userData,
  userDataEncoding,
}: Readonly<Record<string, unknown>>): Violation[] {
  if (typeof userData !== 'string' || userDataEncoding === 'text' || BASE64.test(userData)) return []
  return [{ field: 'userData', description: 'must be base64, or be sent with userDataEncoding "text"' }]
}
