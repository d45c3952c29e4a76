import type { LookupAddress } from 'node:dns'
import { expect, test } from 'vitest'
import { buildLookup, type Lookup } from './lookup.ts'
import { handClock, settled } from './test-outside.ts'

const v4 = (address: string): LookupAddress => ({ address, family: 4 })

function setting(resolve: (host: string) => Promise<LookupAddress[]>) {
  const asked: string[] = []
  const outside = handClock()
  const names = {
    ...outside,
    elapsed: outside.elapsed,
    resolve: (host: string) => {
      asked.push(host)
      return resolve(host)
    },
  }
  const lookup = buildLookup(names, (host) => host.endsWith('.myhuaweicloud.com'))
  return { outside, asked, lookup }
}

const all = (lookup: Lookup, host: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, found) =>
      error ? reject(error) : resolve((found as LookupAddress[]).map(({ address }) => address)),
    )
  })

const HOST = 'ecs.cn-north-4.myhuaweicloud.com'

test('a host is asked for once in half a minute, however many connect', async () => {
  const { lookup, asked, outside } = setting(async () => [v4('1.2.3.4')])
  await Promise.all([all(lookup, HOST), all(lookup, HOST)])
  outside.advance(29_999)
  expect(await all(lookup, HOST)).toEqual(['1.2.3.4'])
  expect(asked).toEqual([HOST])
})

test('later what was found counts until there is news, for five minutes', async () => {
  const gate = Promise.withResolvers<LookupAddress[]>()
  let round = 0
  const { lookup, asked, outside } = setting(() => {
    round += 1
    return round === 1 ? Promise.resolve([v4('1.2.3.4')]) : gate.promise
  })
  await all(lookup, HOST)
  outside.advance(60_000)
  expect(await all(lookup, HOST)).toEqual(['1.2.3.4'])
  expect(await all(lookup, HOST)).toEqual(['1.2.3.4'])
  expect(asked).toHaveLength(2)
  gate.resolve([v4('5.6.7.8')])
  await settled()
  expect(await all(lookup, HOST)).toEqual(['5.6.7.8'])
})

test('what is older is not used, and a failure is told for two seconds without asking', async () => {
  let works = true
  const { lookup, asked, outside } = setting(async () => {
    if (!works) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
    return [v4('1.2.3.4')]
  })
  await all(lookup, HOST)
  works = false
  outside.advance(299_999)
  expect(await all(lookup, HOST)).toEqual(['1.2.3.4'])
  await settled()
  outside.advance(1)
  await expect(all(lookup, HOST)).rejects.toMatchObject({ code: 'ENOTFOUND' })
  expect(asked).toHaveLength(2)
  outside.advance(2_000)
  works = true
  expect(await all(lookup, HOST)).toEqual(['1.2.3.4'])
})

test.each(['127.0.0.1', '169.254.169.254', '0.0.0.0', '224.0.0.1', '255.255.255.255'])(
  'a host of the table does not lead to %s',
  async (address) => {
    const { lookup } = setting(async () => [v4('1.2.3.4'), v4(address)])
    await expect(all(lookup, HOST)).rejects.toMatchObject({ code: 'HCA_ADDRESS_FORBIDDEN' })
  },
)

test.each(['::1', '::', 'fe80::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:169.254.169.254'])(
  'nor to %s',
  async (address) => {
    const { lookup } = setting(async () => [{ address, family: 6 }])
    await expect(all(lookup, HOST)).rejects.toMatchObject({ code: 'HCA_ADDRESS_FORBIDDEN' })
  },
)

test.each(['10.0.0.1', '100.125.0.9', '192.168.0.1', '172.16.0.1'])(
  'inside Huawei’s network %s is fine',
  async (address) => {
    const { lookup } = setting(async () => [v4(address)])
    expect(await all(lookup, HOST)).toEqual([address])
  },
)

test('a host that whoever runs this has named may be anywhere', async () => {
  const { lookup } = setting(async () => [v4('127.0.0.1')])
  expect(await all(lookup, 'localhost')).toEqual(['127.0.0.1'])
})

test('one address of a family is told in the older form', async () => {
  const { lookup } = setting(async () => [v4('1.2.3.4'), { address: '2001:db8::1', family: 6 }])
  const answer = await new Promise((resolve) => lookup(HOST, { family: 6 }, (...told) => resolve(told)))
  expect(answer).toEqual([null, '2001:db8::1', 6])
})
