import type { Socket } from 'node:net'

export interface InFlight {
  began(socket: Socket): void
  ended(socket: Socket): void
  count(): number
}

/**
 * Counts requests by their connection: when one breaks, Node 22 does not close the answers that stand behind another on
 * it (Node 24 does), and they would be in flight for ever.
 */
export function inFlight(): InFlight {
  const open = new Map<Socket, number>()
  return {
    began(socket) {
      if (socket.destroyed) return // it would never be forgotten
      const others = open.get(socket)
      if (others === undefined) socket.once('close', () => open.delete(socket))
      open.set(socket, (others ?? 0) + 1)
    },
    ended(socket) {
      const here = open.get(socket)
      if (here) open.set(socket, here - 1)
    },
    count: () => [...open.values()].reduce((sum, here) => sum + here, 0),
  }
}
