import type { IncomingMessage } from 'node:http'
import { GatewayError } from './errors.ts'

const MOST_BYTES = 12 * 1024 * 1024

/** All bytes of a body, whatever the method; undefined when there are none. */
export async function rawBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  try {
    // Leaving the loop must not end the connection: an answer is still due.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length
      if (size > MOST_BYTES) break
      chunks.push(chunk)
    }
  } catch {
    throw new GatewayError('CLIENT_LEFT')
  }
  if (size > MOST_BYTES) throw tooLarge()
  return size > 0 ? Buffer.concat(chunks, size) : undefined
}

/** The rest of it is not waited for. */
const tooLarge = () =>
  new GatewayError('BODY_TOO_LARGE', { message: 'The body is over 12 MB.', headers: { connection: 'close' } })
