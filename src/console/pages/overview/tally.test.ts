import { expect, it } from 'vitest'
import type { Server } from '../../api/schema.ts'
import { NOTHING, sumOf, tallyOf } from './tally.ts'

const server = (status: string, vcpus?: string, ram?: string) =>
  ({ id: 'x', status, ...(vcpus ? { flavor: { id: 'f', vcpus, ram } } : {}) }) as Server

it('counts servers by what they do, and the size of all and of those that run', () => {
  const tally = tallyOf([
    server('ACTIVE', '2', '4096'),
    server('SHUTOFF', '4', '8192'),
    server('ERROR', '1', '1024'),
    server('REBOOT', '1', '1024'),
  ])
  expect(tally).toEqual({
    all: 4,
    running: 1,
    stopped: 1,
    error: 1,
    other: 1,
    vcpus: 8,
    memory: 14_336,
    runningVcpus: 2,
    runningMemory: 4_096,
    unsized: 0,
  })
})

it('says of how many servers the size is not known', () => {
  expect(tallyOf([server('ACTIVE')])).toEqual({ ...NOTHING, all: 1, running: 1, unsized: 1 })
})

it('adds regions up', () => {
  const one = tallyOf([server('ACTIVE', '2', '4096')])
  expect(sumOf([one, NOTHING, one])).toEqual(tallyOf(Array(2).fill(server('ACTIVE', '2', '4096'))))
})
