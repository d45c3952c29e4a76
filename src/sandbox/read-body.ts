import type { IncomingMessage } from 'node:http'

/** What the gateway takes with an AK/SK signature. */
const LIMIT = 12 * 1024 * 1024

export class BodyTooLarge extends Error {}

/** The bytes as sent, on any method. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > LIMIT) throw new BodyTooLarge()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > LIMIT) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}
