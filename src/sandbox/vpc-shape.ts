import type { Refusal } from './refusal.ts'

/** The first version says no flatly, the third with the id of the request. Neutron's rows bring a manner of their own. */
export function shapeRefusal(
  { code, message }: Refusal,
  { path, requestId }: { path: string; requestId: string },
): unknown {
  if (path.startsWith('/v3/')) return { request_id: requestId, error_msg: message, error_code: code }
  return { code, message }
}
