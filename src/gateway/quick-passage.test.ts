import type { IncomingMessage } from 'node:http'
import { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { NotHttp } from '../huaweicloud/http-head.ts'
import { listImages } from '../huaweicloud/ims.ts'
import { UnderWay } from '../huaweicloud/under-way.ts'
import { outside } from '../outside.ts'
import { handedOver } from './handed-over.ts'
import { Passage } from './quick-passage.ts'
import type { QuickPlan } from './quick-plan.ts'

type Ask = QuickPlan['read']['ask']

/** Begins a passage whose question is asked like this, and tells what became of it. */
function begun(ask: Ask) {
  const request = { socket: new Socket(), method: 'GET' } as unknown as IncomingMessage
  const response = new ServerResponse(request)
  const counted = { began: 0, ended: 0, wentQuick: 0 }
  const underWay = new UnderWay<Passage>()
  let usual = 0
  const plan = { read: { ask }, operation: listImages } as unknown as QuickPlan
  const passage = new Passage(
    { request, response },
    plan,
    { limit: 1, remaining: 0, reset: 1, wait: 0 },
    {
      outside,
      metrics: {
        began: () => (counted.began += 1),
        ended: () => (counted.ended += 1),
        wentQuick: () => (counted.wentQuick += 1),
      },
      tell: () => expect.fail('told of by whoever goes on'),
      underWay,
      readMs: 1_000,
      textOf: () => expect.fail('Node answers what it has read'),
      usual: () => (usual += 1),
    },
  )
  passage.begin(undefined)
  response.emit('close') // later, when somebody has answered
  return { counted, usual, left: underWay.size, handed: handedOver(request) }
}

test('what cannot be asked goes the usual way, once, with what was counted', () => {
  const { counted, usual, left, handed } = begun(() => undefined)
  expect([counted, usual, left]).toEqual([{ began: 1, ended: 1, wentQuick: 0 }, 1, 0])
  expect(handed).toMatchObject({ rates: { 'ratelimit-limit': '1' } })
  expect(handed?.made).toBeUndefined()
})

test('so does what throws', () => {
  const { counted, usual, left } = begun(() => {
    throw new TypeError('a bug')
  })
  expect([counted, usual, left]).toEqual([{ began: 1, ended: 1, wentQuick: 0 }, 1, 0])
})

test('what fails while it is being asked goes on from there, once', async () => {
  const failure = new NotHttp('no')
  const ahead = { signedWith: 5, tell() {} }
  const { counted, usual, left, handed } = begun((_, told) => {
    told.other(Promise.reject(failure), ahead)
    return { stop() {} } as unknown as ReturnType<Ask>
  })
  expect([counted, usual, left]).toEqual([{ began: 1, ended: 1, wentQuick: 1 }, 1, 0])
  expect(handed?.made?.ahead).toMatchObject(ahead)
  await expect(handed?.made?.take()).rejects.toBe(failure)
  expect([handed?.made?.ahead, handed?.made?.take()]).toEqual([undefined, undefined])
})
