import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { parsedAnswer } from './house.ts'

export type Line = ReturnType<typeof lineTo>

/** A connection that stays open; reads an answer at a time, each with its length. */
export function lineTo(url: string) {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect({ host: hostname, port: Number(port) })
  onTestFinished(() => void socket.destroy())
  let text = ''
  socket
    .on('error', () => {})
    .on('data', (chunk) => {
      text += chunk
    })
  const next = async () => {
    for (;;) {
      const [head = '', length = ''] = /^.*?content-length: (\d+)\r\n.*?\r\n\r\n/is.exec(text) ?? []
      const size = head.length + Number(length)
      if (head && text.length >= size) {
        const one = text.slice(0, size)
        text = text.slice(size)
        return parsedAnswer(one)
      }
      await once(socket, 'data')
    }
  }
  const ask = (bytes: string) => {
    socket.write(bytes)
    return next()
  }
  return { url, socket, next, ask }
}
