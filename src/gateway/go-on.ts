import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Says `100 Continue` to who waits for it before sending a body. Not said by itself, as Node would: first the request
 * must be found good, and its body not too long, so that what is refused is never sent.
 */
export function goOn(request: IncomingMessage, response: ServerResponse, most: number): void {
  const { expect, 'content-length': length = '0' } = request.headers
  if (expect !== undefined && request.httpVersionMinor > 0 && Number(length) <= most) response.writeContinue()
}
