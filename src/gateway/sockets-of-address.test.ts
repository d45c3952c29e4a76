import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { socketsOfAddress } from './sockets-of-address.ts'

const from = (remoteAddress: string) =>
  Object.assign(new EventEmitter(), { remoteAddress }) as unknown as Socket

test('an address, or an IPv6 network, may have so many connections at once', () => {
  const mayStay = socketsOfAddress(2)
  const first = from('192.0.2.1')
  expect([first, from('::ffff:192.0.2.1'), from('192.0.2.1')].map(mayStay)).toEqual([true, true, false])
  expect(
    ['2001:db8::1', '2001:db8::2', '2001:db8::3', '192.0.2.2'].map((each) => mayStay(from(each))),
  ).toEqual([true, true, false, true])
  first.emit('close')
  expect([mayStay(from('192.0.2.1')), mayStay(from('192.0.2.1'))]).toEqual([true, false])
})

test.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])(
  '%s is this machine, and not counted',
  (own) => {
    const mayStay = socketsOfAddress(1)
    expect([from(own), from(own), from(own)].map(mayStay)).toEqual([true, true, true])
  },
)
