import type { Socket } from 'node:net'
import { holderOf } from './rate-address.ts'

/**
 * Counts the connections of each address, and tells of one more whether it may stay. All that runs on this machine shares
 * its address, and is not counted.
 */
export function socketsOfAddress(most: number): (socket: Socket) => boolean {
  const open = new Map<string, number>()
  return (socket) => {
    const { remoteAddress } = socket
    if (remoteAddress === undefined || remoteAddress === '::1') return true
    const holder = holderOf(remoteAddress)
    if (holder.startsWith('127.')) return true
    const others = open.get(holder) ?? 0
    if (others >= most) return false
    open.set(holder, others + 1)
    socket.once('close', () => {
      const left = (open.get(holder) ?? 1) - 1
      if (left > 0) open.set(holder, left)
      else open.delete(holder)
    })
    return true
  }
}
