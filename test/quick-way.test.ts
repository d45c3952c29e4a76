import { createServer, type Server } from 'node:net'
import { describe, expect, test } from 'vitest'
import { type Case, LIST, type Observed, observed } from './helpers/both-ways.ts'
import { ONCE } from './helpers/house.ts'
import type { Step } from './trouble/fault-script.ts'
import {
  answer,
  byGateway,
  good,
  hangUp,
  head,
  JSON_TYPE,
  reset,
  said,
  say,
  sayAndEnd,
  silence,
} from './trouble/fault-steps.ts'

const JOB = '/api/jobs/job-7?regionId=cn-south-1&projectId=p-1'
const LONG = `{"a":"${'x'.repeat(300_000)}"}`
const unknownJob = answer(said('Common.0011'), 400)
const SHORT = '{"job_id":"job-1","images":[]}'

/** In pieces that end anywhere, each read by itself. */
const inPieces =
  (text: string, size: number): Step =>
  (socket) => {
    let at = 0
    const next = () => {
      if (at >= text.length) return
      socket.write(text.slice(at, at + size))
      at += size
      setImmediate(next)
    }
    next()
  }

const chunked = (body: string, sizes: readonly number[], end = '0\r\n\r\n') => {
  let text = head(200, JSON_TYPE, 'Transfer-Encoding: chunked')
  let at = 0
  for (let n = 0; at < body.length; n += 1) {
    const size = Math.min(sizes[n % sizes.length] ?? 1, body.length - at)
    text += `${size.toString(16)}\r\n${body.slice(at, at + size)}\r\n`
    at += size
  }
  return text + end
}

const cases: Record<string, Case> = {
  'a short answer': { steps: [good] },
  'a short answer, twice': { steps: [good], asks: 2 },
  'with a part in its path': { steps: [good], target: JOB },
  'with a query of its own': { steps: [good], target: `${LIST}&name=a%20b&name=%C3%A9%2Bc&limit=1` },
  'for a caller with a language': { steps: [good], headers: ['Accept-Language: zh-CN,zh;q=0.9'] },
  'for a caller with a security token': { steps: [good], headers: ['X-Security-Token: token-1234567'] },
  'beside other sites that may call': { steps: [good], env: { HCA_ALLOWED_ORIGINS: 'https://a.example' } },
  'without limits for callers': { steps: [good], env: { HCA_RATE_CALLER: '0' } },
  'without any limits': { steps: [good], env: { HCA_RATE_CALLER: '0', HCA_RATE_ADDRESS: '0' } },
  'with the limit of an address below': { steps: [good], env: { HCA_RATE_ADDRESS: '5' }, asks: 3 },
  'too often for its caller': { steps: [good], env: { HCA_RATE_CALLER: '1' }, asks: 3 },
  'too often for its address': { steps: [good], env: { HCA_RATE_ADDRESS: '1' }, asks: 3 },
  compressed: {
    steps: [good],
    headers: ['Accept-Encoding: gzip'],
    env: { HCA_COMPRESS: 'on', HCA_COMPRESS_FROM: '10' },
  },
  'too short to be compressed': {
    steps: [good],
    headers: ['Accept-Encoding: gzip'],
    env: { HCA_COMPRESS: 'on' },
  },
  'long and compressed': {
    steps: [answer(LONG)],
    headers: ['Accept-Encoding: gzip'],
    env: { HCA_COMPRESS: 'on' },
  },
  'an answer of 12 KB': { steps: [answer(`{"a":"${'é'.repeat(6_000)}"}`)] },
  'an answer of 20 KB': { steps: [answer(`{"a":"${'é'.repeat(10_000)}"}`)] },
  'as much as is held': { steps: [answer(`{"a":"${'y'.repeat(256 * 1024 - 8)}"}`)] },
  'an answer of 300 KB': { steps: [answer(LONG)] },
  'white space around it': { steps: [answer(` \r\n${SHORT}\n\t`)] },
  'an id of its own': { steps: [answer(SHORT, 200, 'X-Request-Id: up-1')] },
  'two ids': { steps: [answer(SHORT, 200, 'X-Request-Id: up-1', 'X-Request-Id: up-2')] },
  'an id that is no word': { steps: [answer(SHORT, 200, 'X-Request-Id: <b>')] },
  'an id that repeats the key': { steps: [answer(SHORT, 200, 'X-Request-Id: AKTESTTESTTESTTEST01')] },
  'an answer that is not compressed, and says so': {
    steps: [answer(SHORT, 200, 'Content-Encoding: identity')],
  },
  'an answer that is compressed': { steps: [answer(SHORT, 200, 'Content-Encoding: gzip')] },
  'another 2xx': { steps: [answer(SHORT, 203)] },
  '204': { steps: [say(head(204))] },
  'nothing in a 200': { steps: [say(head(200, JSON_TYPE, 'Content-Length: 0'))] },
  'a page': { steps: [answer('<html></html>', 200, 'Content-Type: text/html')] },
  'a list that is no object': { steps: [answer('[]')] },
  'a redirect': { steps: [answer('', 302, 'Location: http://127.0.0.1/')] },
  'no right to it': { steps: [answer(said('Ecs.0001'), 403)] },
  'wrong keys': {
    steps: [
      answer(
        byGateway('APIGW.0301', 'Incorrect IAM authentication information: verify aksk signature fail'),
        401,
      ),
    ],
    asks: 2,
  },
  'keys that expired': {
    steps: [answer(byGateway('APIGW.0301', 'the token must be updated'), 401)],
    asks: 2,
  },
  'nothing there': { steps: [answer(said('Ecs.0114'), 404, 'X-Request-Id: up-1')] },
  'nothing there, without a word': { steps: [answer('', 404)] },
  'a long no': { steps: [answer(LONG, 404)] },
  'a job that the first service does not know': { steps: [unknownJob, good], target: JOB },
  'a job that nobody knows': { steps: [unknownJob], target: JOB },
  'a job of a named service': { steps: [unknownJob], target: `${JOB}&service=ims` },
  'too many requests': { steps: [answer(byGateway('APIGW.0308'), 429, 'Retry-After: 60')] },
  'too many requests for a moment': { steps: [answer(byGateway('APIGW.0308'), 429), good] },
  'ill, then well': { steps: [answer(said('x'), 503), good] },
  'ill all the time': { steps: [answer(said('x'), 503)], asks: 3 },
  'an error of 501': { steps: [answer(said('x'), 501)] },
  'a body that never comes': { steps: [sayAndEnd(head(200, JSON_TYPE, 'Content-Length: 50'))] },
  'a body that breaks off, then a whole one': {
    steps: [sayAndEnd(head(200, JSON_TYPE, 'Content-Length: 50'), '{"a'), good],
  },
  'a long body that breaks off': { steps: [sayAndEnd(head(200, JSON_TYPE, 'Content-Length: 900000'), LONG)] },
  'a long body that ends with another sign': { steps: [answer(`${LONG}]`)] },
  'no end but that of the connection': { steps: [sayAndEnd(head(200, JSON_TYPE), SHORT)] },
  'long, and no end but that of the connection': { steps: [sayAndEnd(head(200, JSON_TYPE), LONG)] },
  'no answer in time': { steps: [silence], env: { HCA_DEADLINE_READ: '0.25' } },
  'a head and no more in time': {
    steps: [say(head(200, JSON_TYPE, 'Content-Length: 50'))],
    env: { HCA_DEADLINE_READ: '0.25' },
  },
  'time and again no answer in time': {
    steps: [silence],
    env: { HCA_DEADLINE_READ: '0.05', HCA_BREAKER_FAILURES: '2' },
    asks: 4,
  },
  'cut at once': { steps: [hangUp], env: ONCE },
  reset: { steps: [reset], env: ONCE },
  'a connection that ends under the next request': { steps: [good, hangUp, good], asks: 2 },
  'a connection that is to be ended': { steps: [answer(SHORT, 200, 'Connection: close')], asks: 2 },
  'chunks of odd sizes': { steps: [inPieces(chunked(SHORT, [1, 7, 3]), 5)] },
  'long, in chunks of odd sizes': { steps: [inPieces(chunked(LONG, [70_001, 1, 4_099]), 30_011)] },
  trailers: { steps: [say(chunked(SHORT, [9], '0\r\nX-Sum: 1\r\n\r\n'))] },
  'bytes that are no chunk': { steps: [say(chunked(SHORT, [9], 'zz\r\n'))], env: ONCE },
  'bytes that are no trailer': { steps: [say(chunked(SHORT, [9], '0\r\nno trailer\r\n\r\n'))], env: ONCE },
  'two answers at once': {
    steps: [say(head(200, JSON_TYPE, 'Content-Length: 2'), '{}', head(500, 'Content-Length: 0'))],
    asks: 3,
  },
  'an interim answer before': {
    steps: [say(head(103, 'Link: <x>'), head(200, JSON_TYPE, 'Content-Length: 2'), '{}')],
  },
  'an invitation to go on': { steps: [say(head(100), head(200, JSON_TYPE, 'Content-Length: 2'), '{}')] },
  'another protocol': { steps: [say(head(101, 'Upgrade: x', 'Connection: upgrade'))], env: ONCE },
  'no HTTP': { steps: [say('SSH-2.0-OpenSSH\r\n\r\n')], env: ONCE },
  'lines that end without a return': {
    steps: [say(head(200, JSON_TYPE, 'Content-Length: 2').replaceAll('\r', ''), '{}')],
    env: ONCE,
  },
  'two lengths': {
    steps: [say(head(200, JSON_TYPE, 'Content-Length: 2', 'Content-Length: 3'), '{}')],
    env: ONCE,
  },
  'a length and chunks': {
    steps: [say(head(200, JSON_TYPE, 'Content-Length: 2', 'Transfer-Encoding: chunked'), '0\r\n\r\n')],
    env: ONCE,
  },
}

describe.each(Object.entries(cases))('%s', (_, row) => {
  test.each(['quick', 'unread'] as const)('looks the same on the usual way and the %s one', async (way) => {
    const [usual, quick] = [await observed('usual', row), await observed(way, row)]
    expect([usual.quick, quick.quick > 0, quick.unread > 0]).toEqual([0, true, way === 'unread'])
    // How much of a long answer gets through before it breaks off is chance.
    for (const { answers } of [usual, quick])
      for (const one of answers) if (!one.isWhole) one.body = one.body.slice(0, 100)
    expect(looksOf(quick)).toEqual(looksOf(usual))
  })
})

const looksOf = ({ quick: _, unread: __, ...looks }: Observed) => looks

test('where nobody is, all ways say so', async () => {
  const looks = []
  for (const way of ['usual', 'quick', 'unread'] as const) {
    let server: Server | undefined
    const script = {
      makeServer: (onSocket: Parameters<typeof createServer>[1]) => (server = createServer(onSocket)),
    }
    const gone = () => new Promise<void>((resolve) => void server?.close(() => resolve()))
    // The one that proves the keys is made to end its connection.
    const one = await observed(way, {
      steps: [good],
      before: gone,
      script,
      env: ONCE,
      first: answer(SHORT, 200, 'Connection: close'),
    })
    expect(one.quick).toBe(way === 'usual' ? 0 : 1)
    looks.push(looksOf(one))
  }
  expect(looks[1]).toEqual(looks[0])
  expect(looks[2]).toEqual(looks[0])
})
