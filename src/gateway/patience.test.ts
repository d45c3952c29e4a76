import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { allowSilence } from './patience.ts'

test('who waits for two answers on a connection may be silent until both are there', () => {
  const limits: number[] = []
  const setTimeout = (ms: number) => void limits.push(ms)
  const socket = { setTimeout, server: { timeout: 75_000 } } as unknown as Socket
  const first = allowSilence(socket)
  const second = allowSilence(socket)
  first()
  first()
  expect(limits).toEqual([0, 0])
  second()
  expect(limits).toEqual([0, 0, 75_000])
})
