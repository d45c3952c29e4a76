import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { LIST, numberOf, requestFor } from './helpers/both-ways.ts'
import { startHouse } from './helpers/house.ts'
import { type Line, lineTo } from './helpers/line.ts'
import { scraped } from './helpers/scrape.ts'
import { HURRIED } from './trouble/fault-house.ts'
import { type Heard, type Step, startScript } from './trouble/fault-script.ts'
import { answer, good } from './trouble/fault-steps.ts'

const job = (id: string) => `/api/jobs/${id}?regionId=cn-south-1&projectId=p-1`
const named: Step = (socket, heard) =>
  answer(JSON.stringify({ job_id: /jobs\/([\w-]+)/.exec(heard.target)?.[1] ?? '' }))(socket, heard)

/** A house, and a connection whose next request is known by its bytes, if it is like the one before. */
async function known(steps: readonly Step[], env = {}) {
  const script = await startScript([good, named, ...steps])
  const house = await startHouse(
    { HCA_SANDBOX: 'off', HUAWEICLOUD_ENDPOINT_URL: script.origin, ...env },
    HURRIED,
  )
  const line = lineTo(house.url)
  const request = (id: string, more: readonly string[] = []) => requestFor(house.url, job(id), more, false)
  expect((await line.ask(requestFor(house.url, LIST, [], false))).status).toBe(200) // proves the keys
  expect((await line.ask(request('first'))).status).toBe(200)
  const unread = async () => numberOf(await scraped(house.url), 'hca_http_unread_total')
  return { ...house, ...script, line, request, unread }
}

const jobOf = async (line: Line) => (await line.next()).json.data.value.job_id

describe('a request is known by its bytes', () => {
  test('from the second of a connection on, whatever id it asks for', async () => {
    const { line, request, unread, heard } = await known([named])
    for (const id of ['a', 'b', 'c']) {
      line.socket.write(request(id))
      expect(await jobOf(line)).toBe(id)
    }
    expect(await unread()).toBe(3)
    expect(heard.slice(2).map(({ target }) => target)).toEqual(
      ['a', 'b', 'c'].map((id) => `/v1/p-1/jobs/${id}`),
    )
  })

  test.each<[string, (bytes: string) => string[]]>([
    ['in two pieces', (bytes) => [bytes.slice(0, 30), bytes.slice(30)]],
    ['without its last byte for a while', (bytes) => [bytes.slice(0, -1), bytes.slice(-1)]],
    ['behind empty lines', (bytes) => [`\r\n\r\n${bytes}`]],
    ['with one more header', (bytes) => [bytes.replace('\r\n\r\n', '\r\nAccept: */*\r\n\r\n')]],
    ['with its headers in another case', (bytes) => [bytes.replace('Host:', 'host:')]],
  ])('not %s, and answered all the same', async (_, pieces) => {
    const { line, request, unread } = await known([named])
    const [first = '', ...others] = pieces(request('a'))
    line.socket.write(first)
    for (const piece of others) {
      await new Promise(setImmediate)
      line.socket.write(piece)
    }
    expect(await jobOf(line)).toBe('a')
    expect(await unread()).toBe(0)
    line.socket.write(request('b'))
    expect(await jobOf(line)).toBe('b')
  })

  test('not where an id cannot be one, or the query says more', async () => {
    const { line, request, unread } = await known([named])
    for (const id of ['..', 'a%62', '-', 'a b'])
      expect([id, (await lineTo(line.url).ask(request(id))).status]).toEqual([id, id === 'a%62' ? 200 : 400])
    expect((await line.ask(request('a&wait=x'))).status).not.toBe(200)
    expect(await unread()).toBe(0)
  })

  test('not inside the body of another', async () => {
    const { line, request, heard, unread } = await known([named])
    const inside = request('inside')
    line.socket.write(
      requestFor(line.url, '/api/vpcs?regionId=cn-south-1', ['Content-Type: application/json'], false)
        .replace('GET', 'POST')
        .replace('\r\n\r\n', `\r\nContent-Length: ${inside.length}\r\n\r\n`),
    )
    await new Promise(setImmediate)
    line.socket.write(inside)
    const { status, headers } = await line.next()
    expect([status, headers.get('connection')]).toEqual([400, 'close'])
    expect(heard.filter(({ target }) => target.includes('inside'))).toEqual([])
    expect(await unread()).toBe(0)
  })

  test('not as the rest of a head that was begun', async () => {
    const { line, request, heard } = await known([named])
    line.socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Begun: ')
    await new Promise(setImmediate)
    line.socket.write(request('inside'))
    expect((await line.next()).text).toContain('"ok"')
    line.socket.write(request('behind'))
    expect(await jobOf(line)).toBe('behind')
    expect(heard.filter(({ target }) => target.includes('inside'))).toEqual([])
  })

  test('again, behind a request with a body', async () => {
    const { line, request, unread } = await known([named])
    const post = requestFor(
      line.url,
      '/api/vpcs?regionId=cn-south-1',
      ['Content-Type: application/json'],
      false,
    )
      .replace('GET', 'POST')
      .replace('\r\n\r\n', '\r\nContent-Length: 8\r\n\r\n{"no":1}')
    expect((await line.ask(post)).status).toBe(400)
    for (const id of ['a', 'b']) {
      line.socket.write(request(id))
      expect(await jobOf(line)).toBe(id)
    }
    expect(await unread()).toBe(1)
  })
})

describe('while it is under way', () => {
  /** Answers when told to. */
  function held() {
    const asked = Promise.withResolvers<() => void>()
    const step: Step = (socket, heard: Heard) => asked.resolve(() => named(socket, heard))
    return { step, asked: asked.promise }
  }

  test('what comes behind it waits, and is answered in turn', async () => {
    const { step, asked } = held()
    const { line, request } = await known([step, named])
    line.socket.write(request('a'))
    const go = await asked
    for (const id of ['b', 'c']) {
      line.socket.write(request(id))
      await new Promise(setImmediate)
    }
    line.socket.write(requestFor(line.url, '/livez', [], false))
    go()
    expect([await jobOf(line), await jobOf(line), await jobOf(line)]).toEqual(['a', 'b', 'c'])
    expect((await line.next()).text).toContain('"ok"')
  })

  test('so does more than Node reads at once', async () => {
    const { step, asked } = held()
    const { line, request } = await known([step, named])
    line.socket.write(request('a'))
    const go = await asked
    const many = 4_000
    line.socket.write(requestFor(line.url, '/livez', [], false).repeat(many))
    line.socket.write(request('b'))
    await new Promise(setImmediate)
    go()
    expect(await jobOf(line)).toBe('a')
    for (let n = 0; n < many; n += 1) expect((await line.next()).status).toBe(200)
    expect(await jobOf(line)).toBe('b')
  })

  test('so does what comes while a long answer is not read', async () => {
    const text = 'x'.repeat(24_000_000)
    const long: Step = (socket, heard) => answer(JSON.stringify({ text }))(socket, heard)
    const { line, request, heard } = await known([long, named])
    line.socket.pause()
    line.socket.write(request('a'))
    await expect.poll(() => heard.length, { interval: 2 }).toBe(3)
    for (const id of ['b', 'c', 'd']) {
      line.socket.write(request(id))
      await new Promise(setImmediate)
    }
    let end = ''
    const isOver = new Promise<void>((resolve) => {
      line.socket.on('data', (chunk) => {
        end = end.slice(-4_000) + chunk
        if (end.includes('"job_id":"d"')) resolve()
      })
    })
    line.socket.resume()
    await isOver
    expect(end.match(/"job_id":"\w"/g)).toEqual(['"job_id":"b"', '"job_id":"c"', '"job_id":"d"'])
  })

  test('so it does behind one whose answer Node gives', async () => {
    const { step, asked } = held()
    const failing: Step = (socket, heard) => answer('{"error":{}}', 404)(socket, heard)
    const { line, request } = await known([failing, step, named])
    line.socket.write(request('a'))
    line.socket.write(request('b'))
    expect((await line.next()).status).toBe(404)
    ;(await asked)()
    expect(await jobOf(line)).toBe('b')
    line.socket.write(request('c'))
    expect(await jobOf(line)).toBe('c')
  })

  test('a caller who leaves ends it, and is told of once', async () => {
    const { step, asked } = held()
    const house = await known([step])
    house.line.socket.write(house.request('a'))
    await asked
    const upstream = once(house.sockets.at(-1) as Socket, 'close')
    house.line.socket.destroy()
    await upstream
    const log = await house.logged(3)
    expect(log).toHaveLength(3)
    expect(log[2]).toMatchObject({ status: 499, reason: 'CLIENT_LEFT', route: '/api/jobs/:jobId' })
    const samples = await scraped(house.url)
    expect(numberOf(samples, 'hca_http_requests_in_flight')).toBe(1) // that of the numbers
    expect(numberOf(samples, 'hca_upstream_calls_in_flight')).toBe(0)
  })

  test('a drain makes its answer the last of the connection', async () => {
    const { step, asked } = held()
    const house = await known([step])
    house.line.socket.write(house.request('a'))
    const go = await asked
    house.gateway.drain()
    go()
    const closed = once(house.line.socket, 'close')
    const { headers, json } = await house.line.next()
    expect([headers.get('connection'), json.data.value.job_id]).toEqual(['close', 'a'])
    await closed
  })

  test('an end waits for its answer', async () => {
    const { step, asked } = held()
    const house = await known([step], { HCA_GRACE: '5' })
    house.line.socket.write(house.request('a'))
    const go = await asked
    const ended = house.close()
    go()
    expect(await jobOf(house.line)).toBe('a')
    await ended
  })
})

test('in an end nothing is taken any more that Node has not read', async () => {
  const house = await known([named])
  house.gateway.drain()
  house.line.socket.write(house.request('a'))
  const { headers } = await house.line.next()
  expect(headers.get('connection')).toBe('close')
})

test('the last of ten thousand on a connection says so', { timeout: 60_000 }, async () => {
  const { line, request, unread } = await known([named])
  const bytes = request('a')
  for (let n = 3; n < 10_000; n += 1)
    expect((await line.ask(bytes)).headers.get('connection')).toBe('keep-alive')
  expect((await line.ask(bytes)).headers.get('connection')).toBe('close')
  expect(await unread()).toBe(9_997)
})

test('where connections may not rest as long as an answer can take, Node reads everything', async () => {
  const { line, request, unread } = await known([named], { HCA_KEEP_ALIVE: '15' })
  line.socket.write(request('a'))
  expect(await jobOf(line)).toBe('a')
  expect(await unread()).toBe(0)
})
