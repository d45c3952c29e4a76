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
}

export const USUAL_PATIENCE: Patience = {
  headersMs: 5_000,
  requestMs: 15_000,
  silentMs: 75_000,
  mostSockets: 2_000,
}

/** Slow senders are looked for so often: a second, or oftener where they are given less than that. */
export const lookEvery = ({ headersMs, requestMs }: Patience): number =>
  Math.max(10, Math.min(1_000, headersMs / 2, requestMs / 2))

/** Whoever waits for an answer may be silent. Returns what ends that. */
export function allowSilence(socket: Socket): () => void {
  socket.setTimeout(0)
  const { server } = socket as Socket & { server?: { timeout: number } }
  return () => socket.setTimeout(server?.timeout ?? USUAL_PATIENCE.silentMs)
}
