import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { afterAll, beforeEach } from 'vitest'

/** More than this of one answer is data of Huawei's, whose beginning and end are enough. */
const MOST_BYTES = 128 * 1024

export interface AnsweredBytes {
  /** All that callers were answered on these ports in this test, byte by byte: status lines, headers and bodies. */
  from(urls: readonly string[]): Buffer
}

/** Listens to what comes in on every connection that this process opens, whichever client opens it. */
export function recordAnswers(): AnsweredBytes {
  const heard = new Map<number, Buffer[]>()
  const listen = (message: unknown) => {
    const { socket } = message as { socket: Socket }
    const { push } = socket
    let kept: Buffer[] | undefined
    socket.push = (chunk, encoding) => {
      const port = socket.remotePort ?? 0
      if (!kept) {
        kept = heard.get(port) ?? []
        heard.set(port, kept)
      }
      if (chunk) kept.push(Buffer.from(chunk))
      return push.call(socket, chunk, encoding)
    }
  }
  subscribe('net.client.socket', listen)
  // Where one test had its upstream, the next may have its house.
  beforeEach(() => heard.clear())
  afterAll(() => unsubscribe('net.client.socket', listen))
  return {
    from(urls) {
      const all = Buffer.concat(urls.flatMap((url) => heard.get(Number(new URL(url).port)) ?? []))
      if (all.length <= 2 * MOST_BYTES) return all
      return Buffer.concat([all.subarray(0, MOST_BYTES), all.subarray(-MOST_BYTES)])
    },
  }
}
