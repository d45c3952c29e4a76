import type { Socket } from 'node:net'

/** How long senders may take, and how many there may be. Milliseconds. */
export interface Patience {
  /** For all headers. */
  readonly headersMs: number
  /** For headers and body. */
  readonly requestMs: number
  /** For a connection on which nothing happens while nobody is made to wait on purpose. */
  readonly silentMs: number
  readonly mostSockets: number
  /** Of these, from one address; those of this machine aside. */
  readonly mostOfAddress: number
}

export const USUAL_PATIENCE: Patience = {
  headersMs: 5_000,
  requestMs: 15_000,
  silentMs: 75_000,
  mostSockets: 2_000,
  mostOfAddress: 1_000,
}

/** Slow senders are looked for so often: seldom enough to cost nothing, and so that few are found at a time. */
export const lookEvery = ({ headersMs, requestMs }: Patience): number =>
  Math.max(10, Math.min(100, headersMs / 2, requestMs / 2))

const holds = new WeakMap<Socket, number>()

/** Whoever waits for an answer may be silent. Returns what ends that, where nothing else on the connection waits. */
export function allowSilence(socket: Socket): () => void {
  holds.set(socket, (holds.get(socket) ?? 0) + 1)
  socket.setTimeout(0)
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    const left = (holds.get(socket) ?? 1) - 1
    holds.set(socket, left)
    const { server } = socket as Socket & { server?: { timeout: number } }
    if (left === 0) socket.setTimeout(server?.timeout ?? USUAL_PATIENCE.silentMs)
  }
}
