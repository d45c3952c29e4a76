import type { IncomingMessage } from 'node:http'
import { whyCutOff } from './cut-off.ts'
import { GatewayError } from './errors.ts'

export const MOST_BYTES = 12 * 1024 * 1024
/** All of them together: only Huawei Cloud can tell made-up keys, and by then a body is in memory. */
const MOST_HELD = 64 * 1024 * 1024

/** The bodies of raw requests that are under way, and how much memory they take. */
export class RawBodies {
  #held = 0

  /**
   * Reads all bytes of a body, whatever the method, for as long as the work takes; undefined when there are none.
   * It counts as it comes: what is only promised takes no memory, and must not keep others from sending.
   */
  async whileHeld<Done>(
    request: IncomingMessage,
    goOn: () => void,
    work: (body: Buffer | undefined) => Promise<Done>,
  ): Promise<Done> {
    let mine = 0
    const check = (bytes: number) => {
      if (mine + bytes > MOST_BYTES) throw tooLarge()
      if (this.#held + bytes > MOST_HELD) throw tooMany()
    }
    const hold = (bytes: number) => {
      check(bytes)
      mine += bytes
      this.#held += bytes
    }
    try {
      check(Number(request.headers['content-length'] ?? 0))
      goOn()
      return await work(await read(request, hold))
    } finally {
      this.#held -= mine
    }
  }
}

async function read(request: IncomingMessage, hold: (bytes: number) => void): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    // Leaving the loop must not end the connection: an answer is still due.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      hold(chunk.length)
      chunks.push(chunk)
      size += chunk.length
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw new GatewayError(whyCutOff(request))
    request.resume()
    throw error
  }
  return size > 0 ? Buffer.concat(chunks, size) : undefined
}

/** The rest of it is not waited for. */
const tooLarge = () =>
  new GatewayError('BODY_TOO_LARGE', { message: 'The body is over 12 MB.', headers: { connection: 'close' } })

/** The rest of it passes by unread: many clients send all before they read, and would see a broken connection. */
const tooMany = () =>
  new GatewayError('OVERLOADED', {
    message: 'Too many large bodies are under way already; nothing was sent.',
    metadata: { retryable: 'true' },
    retryAfter: 1,
    headers: { 'retry-after': '1' },
  })
