import Type, { type Static } from 'typebox'
import { Compile } from './check.ts'
import { badRequest } from './nova-manner.ts'

const Text = Type.String()
const Nothing = Type.Null()
/** Clients write numbers as numbers or as texts. */
const Whole = Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^\\d{1,6}$' })])
const Flag = Type.Union([Type.Boolean(), Type.Literal('true'), Type.Literal('false')])
const Maybe = <T extends Parameters<typeof Type.Optional>[0]>(type: T) =>
  Type.Optional(Type.Union([type, Nothing]))

const Network = Type.Object({ uuid: Maybe(Text), port: Maybe(Text), fixed_ip: Maybe(Text) })

const Device = Type.Object({
  source_type: Type.Union([
    Type.Literal('image'),
    Type.Literal('blank'),
    Type.Literal('volume'),
    Type.Literal('snapshot'),
  ]),
  destination_type: Maybe(Text),
  uuid: Maybe(Text),
  boot_index: Maybe(Type.Union([Type.Integer(), Type.String({ pattern: '^-?\\d+$' })])),
  volume_size: Maybe(Whole),
  volume_type: Maybe(Text),
  delete_on_termination: Maybe(Flag),
})

const Server = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64 }),
  imageRef: Maybe(Text),
  flavorRef: Type.Union([Type.String({ minLength: 1 }), Type.Integer()]),
  networks: Type.Optional(Type.Union([Type.Array(Network), Type.Literal('auto'), Type.Literal('none')])),
  security_groups: Type.Optional(Type.Array(Type.Object({ name: Type.String({ minLength: 1 }) }))),
  availability_zone: Maybe(Text),
  key_name: Maybe(Text),
  adminPass: Maybe(Text),
  user_data: Maybe(Text),
  metadata: Maybe(Type.Record(Text, Text)),
  description: Maybe(Text),
  min_count: Maybe(Whole),
  max_count: Maybe(Whole),
  return_reservation_id: Maybe(Flag),
  auto_terminate_time: Maybe(Text),
  block_device_mapping_v2: Maybe(Type.Array(Device)),
})

const Body = Compile(
  Type.Object({
    server: Server,
    'os:scheduler_hints': Maybe(Type.Record(Text, Type.Union([Text, Type.Array(Text)]))),
    'OS-SCH-HNT:scheduler_hints': Maybe(Type.Record(Text, Type.Union([Text, Type.Array(Text)]))),
  }),
)

export type WantedNovaServer = Static<typeof Server>
export type WantedDevice = Static<typeof Device>

export function readNovaCreate(body: Record<string, unknown>) {
  if (!Body.Check(body)) {
    const [error] = Body.Errors(body)
    const place = (error?.instancePath ?? '').split('/').filter(Boolean).slice(1).join('.')
    throw badRequest(`Invalid input for field/attribute ${place || 'server'}: ${error?.message ?? 'unknown'}`)
  }
  const hints = body['os:scheduler_hints'] ?? body['OS-SCH-HNT:scheduler_hints'] ?? undefined
  return { wanted: body.server, hints }
}
