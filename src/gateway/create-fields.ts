import Type, { type Static } from 'typebox'
import { id, strict } from './fields.ts'

const optional = Type.Optional
const text = (description: string) => Type.String({ minLength: 1, description })
const flag = (description: string) => Type.Boolean({ description })
const number = (description: string) => Type.Integer({ description })

const nic = strict({
  subnetId: id('Subnet, its `id` of GET /api/subnets'),
  ipAddress: optional(text('A free private IPv4 address of the subnet; chosen by Huawei if left out.')),
  ipv6Enable: optional(flag('Also an IPv6 address.')),
  ipv6BandwidthId: optional(id('Shared bandwidth for IPv6')),
  portId: optional(id('An existing port to use')),
  allowedAddressPairs: optional(
    Type.Array(strict({ ipAddress: text('Address or range'), macAddress: optional(text('MAC address')) })),
  ),
  securityGroupIds: optional(Type.Array(id('Security group'))),
})

const volume = {
  volumeType: text('SATA, SAS, GPSSD, SSD, ESSD, GPSSD2, ESSD2 …'),
  iops: optional(number('For GPSSD2 and ESSD2.')),
  throughput: optional(number('MiB/s, for GPSSD2.')),
  passthrough: optional(flag('SCSI instead of VBD.')),
  clusterType: optional(text('DSS, for dedicated storage.')),
  clusterId: optional(id('Dedicated storage pool')),
  snapshotId: optional(id('Snapshot to start from')),
  kmsKeyId: optional(id('Key to encrypt with')),
}

const rootVolume = strict({
  ...volume,
  size: optional(number('GB; the smallest the image takes if left out.')),
})

const dataVolume = strict({
  ...volume,
  size: number('GB.'),
  shareable: optional(flag('Older spelling of multiattach.')),
  multiattach: optional(flag('May be attached to several instances.')),
  dataImageId: optional(id('Data disk image to start from')),
  deleteOnTermination: optional(flag('Delete with the instance.')),
})

const publicIp = Type.Union(
  [
    strict({
      id: id('An address that exists'),
      deleteOnTermination: optional(flag('Release with the instance.')),
    }),
    strict({
      type: text('5_bgp, 5_sbgp …'),
      bandwidth: strict({
        size: optional(number('Mbit/s.')),
        shareType: Type.Enum(['PER', 'WHOLE'], {
          description: 'Its own bandwidth, or a shared one (then with id).',
        }),
        chargeMode: optional(Type.Enum(['bandwidth', 'traffic'])),
        id: optional(id('The shared bandwidth')),
      }),
      deleteOnTermination: optional(flag('Release with the instance.')),
    }),
  ],
  {
    description:
      '{id} of an address that exists, or {type, bandwidth{shareType, size, chargeMode, id}} for a new one',
  },
)

export const tags = Type.Union(
  [
    Type.Record(Type.String(), Type.String()),
    Type.Array(strict({ key: text('Key'), value: optional(Type.String()) })),
  ],
  { description: '{"key": "value"} or [{"key": …, "value": …}]' },
)

const charging = strict({
  mode: Type.Enum(['prePaid', 'postPaid', 'spot'], {
    description: 'By month or year, by the hour, or at the spot price.',
  }),
  periodType: optional(Type.Enum(['month', 'year'])),
  periodNum: optional(number('How many months (1 to 9) or years (1 to 3).')),
  autoRenew: optional(flag('Renew when it ends.')),
  autoPay: optional(flag('Pay at once; otherwise the order waits for you in the console.')),
  spotPrice: optional(text('Highest price an hour, for spot.')),
  spotDurationHours: optional(number('For spot.')),
  spotDurationCount: optional(number('For spot.')),
  interruptionPolicy: optional(Type.Enum(['immediate'])),
})

/** `POST /api/instances`. Ranges are left to Huawei Cloud, which changes them; names and types are ours. */
export const createFields = strict({
  imageId: id('Image'),
  instanceType: text('Flavor id, for example s6.large.2.'),
  name: text('1 to 128 letters, digits, `_`, `-`, `.`; with count over 1 a number is appended.'),
  vpcId: id('VPC'),
  nics: Type.Array(nic, { minItems: 1, description: 'Network cards; the first is the primary one.' }),
  rootVolume,
  dataVolumes: optional(Type.Array(dataVolume)),
  securityGroupIds: optional(Type.Array(id('Security group'))),
  count: optional(number('How many instances; 1 if left out.')),
  availabilityZone: optional(text('Chosen by Huawei if left out.')),
  batchCreateInMultiAz: optional(flag('Spread several instances over zones.')),
  description: optional(Type.String()),
  adminPassword: optional(text('For root or Administrator; never logged.')),
  keyName: optional(text('Key pair, instead of a password.')),
  userData: optional(
    Type.String({ description: 'For cloud-init, base64 unless userDataEncoding says text; never logged.' }),
  ),
  userDataEncoding: optional(Type.Enum(['base64', 'text'])),
  publicIp: optional(publicIp),
  tags: optional(tags),
  metadata: optional(Type.Record(Type.String(), Type.String())),
  charging: optional(charging),
  enterpriseProjectId: optional(text('0 is the default one.')),
  autoRename: optional(flag('True gives all instances the same name, as Huawei has it.')),
  autoTerminateTime: optional(text('Delete at this time, yyyy-MM-ddTHH:mm:ssZ.')),
  schedulerHints: optional(
    strict({
      group: optional(id('Server group')),
      tenancy: optional(Type.Enum(['shared', 'dedicated'])),
      dedicatedHostId: optional(id('Dedicated host')),
    }),
  ),
  dryRun: optional(flag('Only check; nothing is created.')),
})

/** Instead of the names above: the body of Huawei's own manual, for what we have no name for. */
export const rawCreateFields = strict({
  server: Type.Record(Type.String(), Type.Unknown(), { description: 'Sent as it is.' }),
  dryRun: optional(flag('Only check; nothing is created.')),
})

export type CreateFields = Static<typeof createFields>
