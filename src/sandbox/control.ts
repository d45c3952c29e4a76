import type { IncomingMessage } from 'node:http'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { isLoopback } from './host.ts'
import type { Reply } from './reply.ts'
import type { World } from './world.ts'

/**
 * What the real cloud cannot do, all of it under one prefix and unsigned. Pages in browsers must not get
 * here: those send Origin or Sec-Fetch-Site, or come under a name of their own that points to loopback.
 */
export function control(request: IncomingMessage, body: Buffer, world: World, reset: () => void): Reply {
  const { host = '', origin, 'sec-fetch-site': fetchSite } = request.headers
  if (!isLoopback(host) || origin !== undefined || fetchSite !== undefined)
    return refuse(403, 'SANDBOX.FORBIDDEN', 'Only programs on this machine may ask this.')

  switch (`${request.method} ${request.url?.replace(/\?.*/, '')}`) {
    case 'POST /_sandbox/reset':
      reset()
      return { status: 204, headers: {} }
    case 'GET /_sandbox/world':
      return { status: 200, headers: json, body: JSON.stringify({ ...world.count(), pace: world.pace }) }
    case 'PUT /_sandbox/pace':
      return setPace(body, world)
    default:
      return refuse(404, 'SANDBOX.UNKNOWN', 'There are POST reset, GET world and PUT pace.')
  }
}

const Polls = Type.Object(
  { by: Type.Literal('poll'), polls: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
)
const Clock = Type.Object(
  { by: Type.Literal('clock'), ms: Type.Optional(Type.Number({ minimum: 0 })) },
  { additionalProperties: false },
)
const AtOnce = Type.Object({ by: Type.Literal('at-once') }, { additionalProperties: false })
const PaceBody = Compile(Type.Union([AtOnce, Polls, Clock]))

function setPace(body: Buffer, world: World): Reply {
  const wanted = parse(body)
  if (!PaceBody.Check(wanted))
    return refuse(
      400,
      'SANDBOX.INVALID_PACE',
      'A pace is {"by":"at-once"}, {"by":"poll","polls":3}, {"by":"clock"} or {"by":"clock","ms":2000}.',
    )
  world.pace = wanted
  return { status: 204, headers: {} }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

const json = { 'Content-Type': 'application/json' }

function refuse(status: number, code: string, message: string): Reply {
  return { status, headers: json, body: JSON.stringify({ error_code: code, error_msg: message }) }
}
