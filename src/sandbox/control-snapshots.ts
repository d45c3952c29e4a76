import { type Asked, json, nothing, refuse } from './control-replies.ts'
import type { Reply } from './reply.ts'

export const listSnapshots = ({ snapshots }: Asked): Reply => json({ snapshots: snapshots.names() })

export function takeSnapshot({ name, snapshots }: Asked): Reply {
  if (!/^[\w.-]{1,64}$/.test(name))
    return refuse(400, 'SANDBOX.INVALID_SNAPSHOT', 'A name is up to 64 letters, digits, dots, dashes.')
  if (!snapshots.take(name))
    return refuse(409, 'SANDBOX.TOO_MANY_SNAPSHOTS', 'Delete one of the snapshots before taking another.')
  return nothing
}

export const goBack = ({ name, snapshots }: Asked): Reply =>
  snapshots.goBack(name) ? nothing : unknown(name)

export const dropSnapshot = ({ name, snapshots }: Asked): Reply =>
  snapshots.drop(name) ? nothing : unknown(name)

const unknown = (name: string) => refuse(404, 'SANDBOX.NO_SNAPSHOT', `There is no snapshot ${name}.`)
