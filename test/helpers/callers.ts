import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** A plain connection, and what is answered on it. */
export interface Line {
  socket: Socket
  text(): string
  /** Resolves to all that was answered once it is `done`. */
  until(done: (text: string) => boolean): Promise<string>
  /** Resolves when the server has ended it. */
  ended: Promise<void>
}

export async function lineTo(url: string, bytes = ''): Promise<Line> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  onTestFinished(() => void socket.destroy())
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  socket.on('error', () => {})
  const ended = new Promise<void>((resolve) => {
    socket.once('end', () => socket.destroy()).once('close', () => resolve())
  })
  await once(socket, 'connect')
  if (bytes) socket.write(bytes)
  const until = (done: (text: string) => boolean) =>
    new Promise<string>((resolve, reject) => {
      const look = () => done(text) && resolve(text)
      socket.on('data', look)
      ended.then(() => (done(text) ? resolve(text) : reject(new Error(`the line ended after: ${text}`))))
      look()
    })
  return { socket, text: () => text, until, ended }
}

/** Whole, by its promised length. */
export function isWhole(text: string): boolean {
  const at = text.indexOf('\r\n\r\n')
  const [, length] = /content-length: (\d+)/i.exec(text) ?? []
  return at > 0 && length !== undefined && Buffer.byteLength(text.slice(at + 4)) >= Number(length)
}

export interface Tally {
  answered: number
  /** Statuses other than 200. */
  other: string[]
  /** Sent on an open connection, and never answered. */
  lost: number
}

/**
 * Asks again and again on one connection with short pauses, until an answer says that it is the last or the connection
 * is ended between two requests. Looks before it asks, so that what is lost was lost by the server.
 */
export async function steadyCaller(url: string, target: string, tally: Tally): Promise<void> {
  const { hostname, port, host } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  socket.setEncoding('utf8').on('error', () => {})
  let text = ''
  let isOver = false
  let wake = () => {}
  socket.on('data', (chunk) => {
    text += chunk
    if (isWhole(text)) wake()
  })
  socket.once('end', () => socket.destroy())
  socket.once('close', () => {
    isOver = true
    wake()
  })
  for (;;) {
    await wait(Math.random() * 20)
    await nextTurn()
    if (isOver) return
    text = ''
    const answer = new Promise<void>((resolve) => {
      wake = resolve
    })
    socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    await answer
    if (!isWhole(text)) {
      tally.lost++
      return
    }
    tally.answered++
    if (!text.startsWith('HTTP/1.1 200 ')) tally.other.push(text.split('\r\n')[0] ?? '')
    if (/\r\nconnection: close\r\n/i.test(text)) return
  }
}
