import type { LookupAddress } from 'node:dns'
import { expect, test } from 'vitest'
import { ask, errorOf, keyHeaders, startHouse } from '../helpers/house.ts'
import { numberAt } from '../helpers/scrape.ts'
import { HURRIED, handElapsed } from './fault-house.ts'
import { keysOf, reasonOf } from './fault-many.ts'
import { call, testRows } from './fault-row.ts'
import { connectRows } from './fault-rows-connect.ts'
import { startScript } from './fault-script.ts'
import { answer, good } from './fault-steps.ts'
import { certificateFor, overTls } from './fault-tls.ts'

const HERE: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }]
const named = (origin: string, name: string) => origin.replace('127.0.0.1', name)
const MINUTE = 60_000

testRows(connectRows)

test('F-02 an address that was found counts for five minutes, however broken the resolver is', async () => {
  const { origin, heard } = await startScript([answer('{"images":[]}', 200, 'Connection: close')])
  const { elapsed, pass } = handElapsed()
  let isBroken = false
  let lookups = 0
  const house = await startHouse(
    { HUAWEICLOUD_ENDPOINT_URL: named(origin, 'cloud.test') },
    {
      ...HURRIED,
      elapsed,
      async resolve() {
        lookups += 1
        if (isBroken) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
        return HERE
      },
    },
  )
  expect((await call(house.url, 'read')).status).toBe(200)
  expect(lookups).toBe(1)
  pass(29_000)
  expect((await call(house.url, 'read')).status).toBe(200)
  expect(lookups, 'in the first half of a minute').toBe(1)
  isBroken = true
  pass(4 * MINUTE)
  expect((await call(house.url, 'write')).status).toBe(200)
  expect(lookups).toBe(2)
  expect(heard).toHaveLength(3)
  pass(2 * MINUTE)
  const got = await call(house.url, 'read')
  expect([got.status, errorOf(got).reason]).toEqual([502, 'UPSTREAM_DNS_FAILED'])
  isBroken = false
  pass(2_000)
  expect((await call(house.url, 'read')).status, 'as soon as names are found again').toBe(200)
})

test('F-03 while the name of one region is looked up in vain, others are asked as usual', async () => {
  const { origin, heard } = await startScript([good])
  const house = await startHouse(
    {
      HUAWEICLOUD_SDK_REGION_IMS_CN_SOUTH_1: named(origin, 'slow.test'),
      HUAWEICLOUD_SDK_REGION_IMS_CN_NORTH_4: named(origin, 'quick.test'),
      HCA_CONNECT_TIMEOUT: '0.25',
      HCA_SANDBOX: 'off',
    },
    {
      ...HURRIED,
      resolve: (host) =>
        host === 'slow.test' ? new Promise<LookupAddress[]>(() => {}) : Promise.resolve(HERE),
    },
  )
  const list = (region: string) =>
    ask(`${house.url}/api/images?regionId=${region}&projectId=p-1`, { headers: keyHeaders })
  const south = Array.from({ length: 2 }, () => list('cn-south-1'))
  expect((await list('cn-north-4')).status).toBe(200)
  expect(house.log.filter(({ status }) => status === 504)).toEqual([])
  for (const got of await Promise.all(south))
    expect([got.status, errorOf(got).reason]).toEqual([504, 'UPSTREAM_TIMEOUT'])
  expect(heard).toHaveLength(1)
})

test('F-08 with a certificate for another name 200 calls at once, half of them of one caller, are all told', async () => {
  const house = await overTls({ certificate: () => certificateFor('DNS:elsewhere.example') })({
    HCA_QUEUE_WAIT: '30',
    HCA_DEADLINE_READ: '30',
  })
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, who) => call(house.url, 'read', who % 2 ? keyHeaders : keysOf(who))),
  )
  expect(answers.map(reasonOf)).toEqual(Array(200).fill('UPSTREAM_TLS_INVALID'))
  expect(await numberAt(house.url, 'hca_upstream_calls_in_flight')).toBe(0)
  expect(await numberAt(house.url, 'hca_upstream_calls_queued')).toBe(0)
  const began = performance.now()
  expect(reasonOf(await call(house.url, 'write'))).toBe('UPSTREAM_TLS_INVALID')
  expect(performance.now() - began, 'nothing stands in the way').toBeLessThan(1_000)
})
