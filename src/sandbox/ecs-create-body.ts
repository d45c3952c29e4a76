import Type, { type Static } from 'typebox'
import { Compile } from './check.ts'
import { invalid } from './ecs-refusals.ts'

const Text = Type.String()
const Flag = Type.Boolean()

const Nic = Type.Object({
  subnet_id: Type.String({ minLength: 1 }),
  ip_address: Type.Optional(Text),
  /** A port that is there already and that nothing uses. */
  port_id: Type.Optional(Text),
  /** No subnet here has IPv6, so wanting it is refused rather than forgotten. */
  ipv6_enable: Type.Optional(Type.Literal(false)),
  /** Of this NIC alone, as where NICs are added; else those of the server. */
  security_groups: Type.Optional(Type.Array(Type.Object({ id: Text }))),
  allowed_address_pairs: Type.Optional(
    Type.Array(Type.Object({ ip_address: Text, mac_address: Type.Optional(Text) })),
  ),
})

const Texts = Type.Record(Text, Text)

/** What every disk may be asked to be. */
const disk = {
  volumetype: Text,
  iops: Type.Optional(Type.Integer()),
  throughput: Type.Optional(Type.Integer()),
  'hw:passthrough': Type.Optional(Type.Union([Flag, Text])),
  cluster_id: Type.Optional(Text),
  cluster_type: Type.Optional(Text),
  metadata: Type.Optional(Texts),
  extendparam: Type.Optional(Type.Object({ snapshotId: Type.Optional(Text) })),
}

const RootVolume = Type.Object({
  ...disk,
  size: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_024 })),
})

const DataVolume = Type.Object({
  ...disk,
  data_image_id: Type.Optional(Text),
  size: Type.Integer({ minimum: 10, maximum: 32_768 }),
  multiattach: Type.Optional(Flag),
  shareable: Type.Optional(Flag),
  delete_on_termination: Type.Optional(Flag),
})

const Bandwidth = Type.Object({
  size: Type.Optional(Type.Integer({ minimum: 1 })),
  sharetype: Type.Union([Type.Literal('PER'), Type.Literal('WHOLE')]),
  chargemode: Type.Optional(Text),
  id: Type.Optional(Text),
})

const PublicIp = Type.Object({
  id: Type.Optional(Text),
  eip: Type.Optional(Type.Object({ iptype: Type.String({ minLength: 1 }), bandwidth: Bandwidth })),
  delete_on_termination: Type.Optional(Flag),
})

/** Only the first version takes a number for the charging mode, and only the second takes words. */
const ExtendParam = Type.Object({
  chargingMode: Type.Optional(
    Type.Union([Type.Literal(0), Type.Literal('prePaid'), Type.Literal('postPaid')]),
  ),
  periodType: Type.Optional(Text),
  periodNum: Type.Optional(Type.Integer()),
  isAutoRenew: Type.Optional(Text),
  isAutoPay: Type.Optional(Text),
  regionID: Type.Optional(Text),
  enterprise_project_id: Type.Optional(Text),
  marketType: Type.Optional(Text),
  spot_duration_hours: Type.Optional(Type.Integer()),
  spot_duration_count: Type.Optional(Type.Integer()),
  /** What is no truth value counts as false. */
  support_auto_recovery: Type.Optional(Type.Unknown()),
})

/** https://support.huaweicloud.com/api-ecs/ecs_02_1308.html */
export const MetadataOptions = Type.Object({
  http_endpoint: Type.Optional(Type.Union([Type.Literal('enabled'), Type.Literal('disabled')])),
  http_tokens: Type.Optional(Type.Union([Type.Literal('optional'), Type.Literal('required')])),
})

const Server = Type.Object({
  imageRef: Type.String({ minLength: 1 }),
  flavorRef: Type.String({ minLength: 1 }),
  name: Text,
  vpcid: Text,
  nics: Type.Array(Nic, { minItems: 1 }),
  root_volume: RootVolume,
  data_volumes: Type.Optional(Type.Array(DataVolume)),
  security_groups: Type.Optional(Type.Array(Type.Object({ id: Text }))),
  publicip: Type.Optional(PublicIp),
  count: Type.Optional(Type.Integer()),
  isAutoRename: Type.Optional(Flag),
  adminPass: Type.Optional(Text),
  key_name: Type.Optional(Text),
  user_data: Type.Optional(Text),
  availability_zone: Type.Optional(Text),
  batch_create_in_multi_az: Type.Optional(Flag),
  extendparam: Type.Optional(ExtendParam),
  metadata: Type.Optional(Texts),
  cpu_options: Type.Optional(
    Type.Object({ 'hw:cpu_threads': Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])) }),
  ),
  metadata_options: Type.Optional(MetadataOptions),
  'os:scheduler_hints': Type.Optional(Type.Record(Text, Type.Union([Text, Type.Array(Text)]))),
  tags: Type.Optional(Type.Array(Text)),
  server_tags: Type.Optional(Type.Array(Type.Object({ key: Text, value: Type.Optional(Text) }))),
  description: Type.Optional(Text),
  auto_terminate_time: Type.Optional(Text),
})

const Body = Type.Object({ server: Server, dry_run: Type.Optional(Flag) })
const Check = Compile(Body)

export type WantedServer = Static<typeof Server>

/** Only the form: which fields there are, and of what kind. */
export function readCreateBody(body: unknown): Static<typeof Body> {
  if (Check.Check(body)) return body
  const [error] = Check.Errors(body)
  const place = (error?.instancePath ?? '').split('/').filter(Boolean).join('.')
  throw invalid(`The request parameter ${place || 'body'} is invalid: ${error?.message ?? 'unknown'}.`)
}
