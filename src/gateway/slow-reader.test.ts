import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ways } from './codings.ts'
import { streamEnveloped } from './envelope.ts'
import { stream } from './raw-answer.ts'
import type { ReadingPace } from './slow-reader.ts'

const PACE: ReadingPace = { bytes: 64 * 1024 * 1024, ms: 30 }

/** Nothing that a compressor could make little of. */
const endless = () =>
  new Readable({
    read() {
      this.push(Buffer.concat([BRACE, randomBytes(16 * 1024)]))
    },
  })
const BRACE = Buffer.from('{')

type Way = (response: ServerResponse, body: Readable, onBroken: (why: string) => void) => void
const WAYS: [name: string, way: Way][] = [
  [
    'in our envelope',
    (response, body, onBroken) => streamEnveloped(response, body, { headers: {}, onBroken, pace: PACE }),
  ],
  [
    'compressed',
    (response, body, onBroken) =>
      streamEnveloped(response, body, { headers: {}, through: ways.gzip.stream(), onBroken, pace: PACE }),
  ],
  ['raw', (response, body, onBroken) => stream(body, response, onBroken, PACE)],
]

/** A caller who has asked and reads nothing yet. */
async function asking(way: Way, body: Readable) {
  const reasons: string[] = []
  const server = createServer((_, response) => way(response, body, (why) => reasons.push(why)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
    server.closeAllConnections()
    server.close()
  })
  socket.on('error', () => {})
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  return { socket, reasons }
}

describe.each(WAYS)('a long answer, %s,', (_, way) => {
  test('is cut for who does not read it, and lets go of Huawei Cloud', async () => {
    const body = endless()
    const { reasons } = await asking(way, body)
    await once(body, 'close').catch(() => {}) // or its error comes first
    expect(body.destroyed).toBe(true)
    expect(reasons[0]).toBe('CLIENT_LEFT')
  })

  test('is not cut for who waits for the rest of it', async () => {
    const body = new Readable({ read() {} })
    const { socket, reasons } = await asking(way, body)
    body.push('{')
    let got = ''
    socket.setEncoding('latin1').on('data', (text) => {
      got += text
    })
    let pieces = 0
    const dripping = setInterval(() => {
      pieces += 1
      body.push(pieces < 20 ? ' ' : '}')
      if (pieces === 20) {
        body.push(null)
        clearInterval(dripping)
      }
    }, PACE.ms / 4)
    await once(body, 'end')
    await expect.poll(() => got).toMatch(/0\r\n\r\n$/)
    expect(reasons).toEqual([])
  })
})
