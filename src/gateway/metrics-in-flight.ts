import type { Socket } from 'node:net'

export interface InFlight {
  began(socket: Socket): void
  ended(socket: Socket): void
  count(): number
  /** One of them only waits for something to happen, until the function it returns is called. */
  rests(): () => void
  /** Those that do not rest. */
  working(): number
}

/**
 * Counts requests by their connection: when one breaks, Node 22 does not close the answers that stand behind another on
 * it (Node 24 does), and they would be in flight for ever.
 */
export function inFlight(): InFlight {
  const open = new Map<Socket, number>()
  let all = 0
  let resting = 0
  const forget = (socket: Socket) => {
    all -= open.get(socket) ?? 0
    open.delete(socket)
  }
  return {
    began(socket) {
      if (socket.destroyed) return // it would never be forgotten
      const others = open.get(socket)
      if (others === undefined) socket.once('close', () => forget(socket))
      open.set(socket, (others ?? 0) + 1)
      all += 1
    },
    ended(socket) {
      const here = open.get(socket)
      if (!here) return
      open.set(socket, here - 1)
      all -= 1
    },
    count: () => all,
    rests() {
      let rests = true
      resting += 1
      return () => {
        if (rests) resting -= 1
        rests = false
      }
    },
    // Whose connection has gone rests a moment longer than it is in flight.
    working: () => Math.max(0, all - resting),
  }
}
