import { Compile } from './check.ts'
import { type Asked, nothing, read, refuse } from './control-replies.ts'
import { PaceSchema } from './pace.ts'
import type { Reply } from './reply.ts'

const Body = Compile(PaceSchema)

export function setPace({ body, world }: Asked): Reply {
  const wanted = read(body)
  if (!Body.Check(wanted))
    return refuse(
      400,
      'SANDBOX.INVALID_PACE',
      'A pace is {"by":"at-once"}, {"by":"poll","polls":3}, {"by":"clock"} or {"by":"clock","ms":2000}.',
    )
  world.pace = wanted
  return nothing
}
