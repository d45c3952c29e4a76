import Type from 'typebox'
import { Compile } from './check.ts'
import { advance, freeze, run, setTime } from './clock.ts'
import { type Asked, json, nothing, read, refuse } from './control-replies.ts'
import type { Reply } from './reply.ts'

const Body = Compile(
  Type.Object(
    {
      advance: Type.Optional(Type.Number({ description: 'seconds' })),
      set: Type.Optional(Type.String()),
      frozen: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
)

/** Far enough, and near enough that what renews itself every month is soon done. */
const LATEST = Date.parse('2100-01-01T00:00:00Z')
const HINT =
  'A clock is moved by {"advance":3600} (seconds), {"set":"2027-01-01T00:00:00Z"}, {"frozen":true} or {"frozen":false}.'

export function changeClock({ body, world }: Asked): Reply {
  const wanted = read(body)
  if (!Body.Check(wanted) || (wanted.advance !== undefined && wanted.set !== undefined))
    return refuse(400, 'SANDBOX.INVALID_CLOCK', HINT)
  const { clock } = world.state
  const real = world.callersNow()
  const time =
    wanted.set === undefined ? world.outside.now() + (wanted.advance ?? 0) * 1_000 : timeIn(wanted.set)
  if (!(time >= 0 && time <= LATEST)) return refuse(400, 'SANDBOX.INVALID_CLOCK', HINT)
  if (wanted.advance !== undefined) advance(clock, Math.round(wanted.advance * 1_000))
  if (wanted.set !== undefined) setTime(clock, time, real)
  if (wanted.frozen === true) freeze(clock, real)
  if (wanted.frozen === false) run(clock, real)
  return nothing
}

const timeIn = (text: string) => (/^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN)

export function showClock({ world }: Asked): Reply {
  const { frozenAt, offset } = world.state.clock
  return json({
    now: new Date(world.outside.now()).toISOString(),
    frozen: frozenAt !== undefined,
    ahead: frozenAt === undefined ? offset / 1_000 : (frozenAt - world.callersNow()) / 1_000,
  })
}
