import Type, { type Static } from 'typebox'
import { Compile } from './check.ts'
import { type Asked, json, nothing, read, refuse } from './control-replies.ts'
import operations from './data/operations.json' with { type: 'json' }
import type { Fault, Trouble } from './faults.ts'
import { regionOf } from './regions.ts'
import type { Reply } from './reply.ts'
import { services } from './routes.ts'

const strict = { additionalProperties: false }
const ms = Type.Number({ minimum: 0, maximum: 600_000 })

const Refusing = Type.Object(
  {
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.Optional(Type.String({ maxLength: 64 })),
    message: Type.Optional(Type.String({ maxLength: 1_000 })),
    retryAfter: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  strict,
)

const Body = Type.Object(
  {
    on: Type.String({ maxLength: 200 }),
    region: Type.Optional(Type.String()),
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    chance: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    phase: Type.Optional(Type.Union([Type.Literal('before'), Type.Literal('after')])),
    do: Type.Union([
      Type.Enum(['hang-up', 'cut', 'garbage', 'throttle']),
      Type.Object({ delay: ms }, strict),
      Refusing,
    ]),
  },
  strict,
)
const Check = Compile(Body)

export type WantedFault = Static<typeof Body>

const HINT =
  'A fault is {"on":"ecs.CreateServers","region":"cn-north-4","times":1,"phase":"after","do":"hang-up"}; on may also ' +
  'be a service or *, chance stands beside or in place of times, and do is hang-up, cut, garbage, throttle, ' +
  '{"delay":2000} or {"status":503,"code":"Common.1503","message":"…","retryAfter":2}.'

export function addFault({ body, world }: Asked): Reply {
  const wanted = read(body)
  if (!Check.Check(wanted)) return refuse(400, 'SANDBOX.INVALID_FAULT', HINT)
  const on = wanted.on.toLowerCase()
  if (!isPlace(on))
    return refuse(
      400,
      'SANDBOX.INVALID_FAULT',
      `There is no service or operation ${wanted.on}; those of EIP go by vpc.`,
    )
  if (wanted.region !== undefined && !regionOf(wanted.region))
    return refuse(400, 'SANDBOX.INVALID_FAULT', `There is no region ${wanted.region}.`)
  const { faults } = world.state
  const id = `fault-${Number([...faults.keys()].at(-1)?.slice('fault-'.length) ?? 0) + 1}`
  const fault: Fault = {
    id,
    on,
    ...(wanted.region === undefined ? {} : { region: wanted.region }),
    phase: wanted.phase ?? 'before',
    ...(wanted.chance === undefined ? {} : { chance: wanted.chance }),
    ...(wanted.times === undefined ? {} : { left: wanted.times }),
    struck: 0,
    trouble: troubleOf(wanted.do),
  }
  faults.set(id, fault)
  return json(fault, 201)
}

export const listFaults = ({ world }: Asked): Reply => json({ faults: [...world.state.faults.values()] })

export function dropFaults({ world }: Asked): Reply {
  world.state.faults.clear()
  return nothing
}

export function dropFault({ name, world }: Asked): Reply {
  if (world.state.faults.delete(name)) return nothing
  return refuse(404, 'SANDBOX.NO_FAULT', `There is no fault ${name}.`)
}

/** What a gateway in trouble says when it is not told otherwise. */
const usual: Record<number, [string, string]> = {
  401: ['APIGW.0301', 'Incorrect IAM authentication information.'],
  403: ['APIGW.0302', 'The IAM user is not authorized to access this API.'],
  429: ['APIGW.0308', 'The throttling threshold has been reached: policy user over ratelimit.'],
  500: ['APIGW.0601', 'Internal server error.'],
  502: ['APIGW.0201', 'Backend unavailable.'],
  503: ['Common.1503', 'The service is busy. Try again later.'],
  504: ['APIGW.0201', 'Backend timeout.'],
}

function troubleOf(wanted: WantedFault['do']): Trouble {
  if (wanted === 'throttle') return refusing({ status: 429, retryAfter: 1 })
  if (typeof wanted === 'string') return { kind: wanted }
  return 'delay' in wanted ? { kind: 'delay', ms: wanted.delay } : refusing(wanted)
}

function refusing(wanted: Static<typeof Refusing>): Trouble {
  const [code, message] = usual[wanted.status] ?? ['APIGW.0201', 'API request error.']
  return { kind: 'refuse', code, message, ...wanted }
}

function isPlace(on: string): boolean {
  const [service = '', operation, ...more] = on.split('.')
  if (on === '*') return true
  const known = services.find(({ name }) => name === service)
  if (!known || more.length > 0) return false
  if (operation === undefined) return true
  const offered = [...known.rows.map(({ name }) => name), ...Object.keys(operations[known.name])]
  return offered.some((name) => name.toLowerCase() === operation)
}
