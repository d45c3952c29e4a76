import { EventEmitter, once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { readSettings } from '../../src/settings.ts'
import { documentedRaw } from '../helpers/documented.ts'
import { ask, type Got, parsedAnswer, startBefore } from '../helpers/house.ts'
import {
  each,
  type InputHouse,
  type InputRow,
  isEvent,
  isRequest,
  JSON_LINE,
  keys,
  lineLike,
  START,
  START_PATH,
  several,
} from './input-row.ts'

const LIST = '/api/images?regionId=cn-south-1&projectId=p-1'
const putHead = ({ url }: { url: string }, length: number) =>
  [
    `PUT ${START_PATH} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    ...keys,
    JSON_LINE,
    `Content-Length: ${length}`,
    '',
    '',
  ].join('\r\n')

function open({ url }: { url: string }, halfOpen = false): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: halfOpen })
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  return socket
}

/** Everything that comes until the server ends the connection. */
async function answerOn(socket: Socket, url: string): Promise<Got> {
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  await once(socket, 'close')
  return documentedRaw(url, '', parsedAnswer(text))
}

/** A byte at a time, for as long as the connection lasts. */
function trickle(socket: Socket, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 10)
  socket.once('close', () => clearInterval(timer))
}

type Watched = InputHouse & { readonly upstreamCalls: EventEmitter }

/** A Huawei Cloud that takes requests and answers when it is told to. */
const startWaiting = async (env = {}): Promise<Watched> => {
  const upstreamCalls = new EventEmitter()
  const house = await startBefore(async (request, response) => {
    request.resume()
    response.once('close', () => upstreamCalls.emit('over', response.writableFinished))
    await once(request, 'end')
    upstreamCalls.emit('call', response)
  }, env)
  return { ...house, upstreamCalls }
}

/** What has to do with time, with connections, and with leaving. */
export const socketRows: InputRow[] = [
  {
    id: 'I-27',
    what: 'headers that trickle: within 6 s by default (5, and looked for ten times a second), here 0.3',
    env: { HCA_TIMEOUT_HEADERS: '0.3' },
    send(house) {
      const socket = open(house)
      socket.write('GET /api/regions HTTP/1.1\r\nX-A: ')
      trickle(socket, 'a')
      return answerOn(socket, house.url)
    },
    expect: {
      status: 408,
      word: 'DEADLINE_EXCEEDED',
      reason: 'REQUEST_TIMEOUT',
      closes: true,
      event: true,
      more: () => expect(readSettings({}, {}).timeoutHeaders).toBe(5),
    },
  },
  {
    id: 'I-28',
    what: 'a body that trickles: within 16 s by default (15, and looked for ten times a second), here 0.3',
    env: { HCA_TIMEOUT_REQUEST: '0.3', HCA_TIMEOUT_HEADERS: '0.2' },
    send(house) {
      const socket = open(house)
      socket.write(putHead(house, 100_000))
      trickle(socket, ' ')
      return answerOn(socket, house.url)
    },
    expect: {
      status: 408,
      reason: 'REQUEST_TIMEOUT',
      closes: true,
      event: true,
      more: async ({ headers }, house) => {
        expect(readSettings({}, {}).timeoutRequest).toBe(15)
        expect(await lineLike(house, isRequest)).toMatchObject({
          route: START_PATH,
          status: 408,
          requestId: headers.get('x-request-id'),
        })
      },
    },
  },
  {
    id: 'I-29',
    what: 'a connection that says nothing: closed after 5 s by default, here 0.3, and not logged',
    env: { HCA_TIMEOUT_HEADERS: '0.3' },
    async send(house) {
      let text = ''
      const socket = open(house).on('data', (chunk) => {
        text += chunk
      })
      await once(socket, 'close')
      expect(text).toBe('')
      return undefined
    },
    expect: {
      more: async (_, { log, url }) => {
        expect(readSettings({}, {}).timeoutHeaders).toBe(5)
        expect(log).toEqual([])
        const { text } = await ask(`${url}/metrics`)
        expect(text).toMatch(/hca_http_refused_total\{reason="REQUEST_TIMEOUT"\} 1\n/)
      },
    },
  },
  ...each(
    ['{"a":1', ''],
    (body): InputRow => ({
      id: 'I-30',
      what: `a length of 100, then ${body.length} bytes and the end`,
      send(house) {
        const socket = open(house, true)
        socket.end(putHead(house, 100) + body)
        return answerOn(socket, house.url)
      },
      expect: {
        status: 400,
        reason: 'INCOMPLETE_BODY',
        closes: true,
        more: async ({ headers }, house) =>
          expect(await lineLike(house, isRequest)).toMatchObject({
            status: 400,
            reason: 'INCOMPLETE_BODY',
            requestId: headers.get('x-request-id'),
          }),
      },
    }),
  ),
  {
    id: 'I-30',
    what: 'half of the headers, then the end',
    send(house) {
      const socket = open(house, true)
      socket.end('GET /api/regions HTTP/1.1\r\nHos')
      return answerOn(socket, house.url)
    },
    expect: { status: 400, reason: 'INCOMPLETE_BODY', closes: true },
  },
  {
    id: 'I-31',
    what: 'hanging up while Huawei works on a read: the call to Huawei ends with it, as 499',
    start: startWaiting,
    async send(house) {
      const { upstreamCalls } = house as Watched
      const socket = open(house)
      socket.write([`GET ${LIST} HTTP/1.1`, `Host: ${new URL(house.url).host}`, ...keys, '', ''].join('\r\n'))
      await once(upstreamCalls, 'call')
      const left = performance.now()
      socket.destroy()
      const [finished] = await once(upstreamCalls, 'over')
      expect(finished).toBe(false)
      expect(performance.now() - left, 'ms').toBeLessThan(500) // 50, on a machine with nothing else to do
      return undefined
    },
    expect: {
      more: async (_, house) =>
        expect(await lineLike(house, isRequest)).toMatchObject({ status: 499, reason: 'CLIENT_LEFT' }),
    },
  },
  {
    id: 'I-32',
    what: 'hanging up during a write: Huawei is heard to the end',
    start: startWaiting,
    async send(house) {
      const { upstreamCalls } = house as Watched
      const body = JSON.stringify({ ...START, projectId: 'p-1' })
      const socket = open(house)
      socket.write(putHead(house, body.length) + body)
      const [response] = await once(upstreamCalls, 'call')
      socket.destroy()
      await once(socket, 'close')
      const over = once(upstreamCalls, 'over')
      response.setHeader('content-type', 'application/json').end('{"job_id":"j-1"}')
      expect(await over).toEqual([true])
      return undefined
    },
    expect: {
      more: async (_, house) => {
        const line = await lineLike(house, isRequest)
        expect(line).toMatchObject({ route: START_PATH })
        expect(line.upstreamMs).toEqual(expect.any(Number))
      },
    },
  },
  {
    id: 'I-37',
    what: '10,001 requests on one connection: the 10,000th answer ends it',
    env: { HCA_LOG_LEVEL: 'silent' },
    send: several((host) => `GET /livez HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(10_001)),
    expect: {
      status: 200,
      more: ({ text }) => {
        const answers = text.split('HTTP/1.1 ').slice(1)
        expect(answers).toHaveLength(10_000)
        expect(answers.every((answer) => answer.startsWith('200'))).toBe(true)
        expect(answers.findIndex((answer) => /\nconnection: close/i.test(answer))).toBe(9_999)
      },
    },
  },
  {
    id: 'I-38',
    what: '3,000 connections: 2,000 are served, the others closed at once and counted',
    async send(house) {
      const sockets: Socket[] = []
      const outcomes: Promise<'served' | 'closed'>[] = []
      const request = `GET /livez HTTP/1.1\r\nHost: ${new URL(house.url).host}\r\n\r\n`
      while (sockets.length < 3_000) {
        const some = Array.from({ length: 250 }, () => open(house))
        sockets.push(...some)
        for (const socket of some) {
          outcomes.push(
            new Promise((resolve) => {
              socket.once('data', () => resolve('served')).once('close', () => resolve('closed'))
            }),
          )
        }
        await Promise.all(some.map((socket) => new Promise((resolve) => socket.once('connect', resolve))))
        for (const socket of some) socket.write(request)
      }
      const all = await Promise.all(outcomes)
      expect(all.filter((outcome) => outcome === 'served')).toHaveLength(2_000)
      // There is no room for one more.
      const { host } = new URL(house.url)
      const { body } = await house.gateway.app.inject({ url: '/metrics', headers: { host } })
      expect(body).toContain('\nhca_connections_dropped_total 1000\n')
      return undefined
    },
    expect: {
      more: async (_, house) =>
        expect(await lineLike(house, isEvent)).toMatchObject({
          reasons: { TOO_MANY_CONNECTIONS: 1 },
        }),
    },
  },
]
