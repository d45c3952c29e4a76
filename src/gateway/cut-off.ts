import type { IncomingMessage } from 'node:http'
import type { Reason } from './catalogue.ts'

const reasons = new WeakMap<IncomingMessage, Reason>()
const ids = new WeakMap<IncomingMessage, string>()

/** A request whose body is still to come must be known by its id, should the parser have to answer it. */
export function expectBody(request: IncomingMessage, id: string): string {
  const { headers } = request
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined)
    ids.set(request, id)
  return id
}

export const idOf = (request: IncomingMessage): string | undefined => ids.get(request)

/** Its body stopped being HTTP, or did not come in time: the caller was told so, and its log line must say the same. */
export const cutOff = (request: IncomingMessage, reason: Reason): void => void reasons.set(request, reason)

/** Why a body could not be read to its end. */
export const whyCutOff = (request: IncomingMessage): Reason => reasons.get(request) ?? 'CLIENT_LEFT'
