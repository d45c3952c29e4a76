import { buffer } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { buildConnections } from './connections.ts'
import { buildRawTransport } from './raw-transport.ts'
import type { Sendable } from './signed-message.ts'
import { handClock } from './test-outside.ts'
import { CALLER, isWellSigned, type Reply, startUpstream, write } from './test-upstream.ts'

async function sendingTo(reply: Reply) {
  const upstream = await startUpstream(reply)
  const outside = handClock()
  const connections = buildConnections({}, outside)
  onTestFinished(() => connections.close())
  const send = buildRawTransport(connections, outside)
  const request: Sendable = {
    operation: write,
    region: 'cn-north-4',
    caller: CALLER,
    endpoint: { origin: upstream.origin, host: upstream.host },
    path: '/v1/p0/things',
    signal: new AbortController().signal,
  }
  return { upstream, send: (more: Partial<Sendable>) => send({ ...request, ...more }) }
}

const answer =
  (status: number, body: string | Buffer, headers = {}): Reply =>
  (outgoing) =>
    outgoing.writeHead(status, headers).end(body)

test('bytes are signed as bytes, with the type they are given and no other header', async () => {
  const { upstream, send } = await sendingTo(answer(200, 'ok'))
  const body = Buffer.from([0, 255, 128, 10])
  await send({ body, headers: { 'content-type': 'image/png' }, unsigned: { range: 'bytes=0-' } })
  const [received = expect.fail('nothing was sent')] = upstream.requests
  expect(received.body.equals(body)).toBe(true)
  expect(isWellSigned(received, CALLER.secretKey)).toBe(true)
  expect(received.headers).toMatchObject({ 'content-type': 'image/png', range: 'bytes=0-' })
  expect(received.headers.authorization).not.toContain('range')
  expect(received.headers.accept).toBeUndefined()
})

test('bytes without a type get none', async () => {
  const { upstream, send } = await sendingTo(answer(200, 'ok'))
  await send({ body: Buffer.from('{}'), unsigned: {} })
  expect(upstream.requests[0]?.headers['content-type']).toBeUndefined()
})

test.each(['x\r\ny: 1', 'é'])('an unsigned header %j is never sent', async (value) => {
  const { upstream, send } = await sendingTo(answer(200, 'ok'))
  await expect(send({ unsigned: { accept: value } })).rejects.toThrow(TypeError)
  expect(upstream.requests).toEqual([])
})

test.each([200, 204, 301, 404, 500])('a %i is an answer', async (status) => {
  const { send } = await sendingTo(answer(status, '', { 'x-request-id': 'up-1', location: '/x' }))
  const { status: got, headers, requestId, refusal } = await send({})
  expect([got, headers.location, requestId]).toEqual([status, '/x', 'up-1'])
  expect(refusal?.status).toBe(status < 400 ? undefined : status)
})

test.each([100, 400_000])('a refusal of %i bytes and more is read and still whole', async (size) => {
  const body = Buffer.from(`{"error_code":"APIGW.0301","error_msg":"no"}${' '.repeat(size)}`)
  const { send } = await sendingTo(answer(401, body))
  const { body: got, refusal } = await send({})
  expect(refusal?.refusal).toMatchObject({ code: 'APIGW.0301', message: 'no' })
  expect((Buffer.isBuffer(got) ? got : await buffer(got)).equals(body)).toBe(true)
})
