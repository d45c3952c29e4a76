import Type from 'typebox'
import { count, seconds } from './settings-readers.ts'
import { row } from './settings-row.ts'

const most = (maximum: number, minimum = 1) =>
  Type.Integer({ minimum, maximum, description: `a whole number from ${minimum} to ${maximum}` })

const time = Type.Number({
  exclusiveMinimum: 0,
  maximum: 600,
  description: 'seconds, above 0 and up to 600',
})

/** How Huawei Cloud is asked: how much at once, how long, how often again, and when not at all. */
export const policyRows = {
  attemptsRead: row({
    env: ['HCA_ATTEMPTS_READ'],
    schema: most(10),
    read: count,
    default: 3,
    help: 'How often a read is tried in all; 1 never repeats.',
  }),
  attemptsWrite: row({
    env: ['HCA_ATTEMPTS_WRITE'],
    schema: most(10),
    read: count,
    default: 2,
    help: 'How often a write is tried in all, where nothing was sent, where it was refused before it could run, or, for a create, with its token.',
  }),
  backoffMost: row({
    env: ['HCA_BACKOFF_MOST'],
    schema: time,
    read: seconds,
    default: 5,
    help: 'Seconds between two attempts at most, unless Huawei Cloud asks for more.',
  }),
  retryBudget: row({
    env: ['HCA_RETRY_BUDGET'],
    schema: most(100_000, 0),
    read: count,
    default: 500,
    help: 'What repetitions may cost in each service and region: 14 each, 5 where throttled; a success brings 1 back.',
  }),
  breakerFailures: row({
    env: ['HCA_BREAKER_FAILURES'],
    schema: most(100_000),
    read: count,
    default: 5,
    help: 'Failures in a row after which a service in a region is left alone for a moment.',
  }),
  breakerOpenMost: row({
    env: ['HCA_BREAKER_OPEN_MOST'],
    schema: time,
    read: seconds,
    default: 1,
    help: 'Seconds until it is asked again at most, by one call at a time; the first second grows by one with each vain call.',
  }),
  connections: row({
    env: ['HCA_CONNECTIONS'],
    schema: most(1_024),
    read: count,
    default: 32,
    help: 'Calls under way to one host at most.',
  }),
  connectionsCaller: row({
    env: ['HCA_CONNECTIONS_CALLER'],
    schema: most(1_024),
    read: count,
    default: 16,
    help: 'Of these, with the same keys.',
  }),
  queue: row({
    env: ['HCA_QUEUE'],
    schema: most(100_000, 0),
    read: count,
    default: 256,
    help: 'Calls that may wait for their turn at one host.',
  }),
  queueWait: row({
    env: ['HCA_QUEUE_WAIT'],
    schema: time,
    read: seconds,
    default: 1,
    help: 'Seconds a call may wait for its turn.',
  }),
  connectTimeout: row({
    env: ['HCA_CONNECT_TIMEOUT'],
    schema: time,
    read: seconds,
    default: 3,
    help: 'Seconds for connecting to a host of Huawei Cloud, finding its address and TLS included.',
  }),
  firstByteTimeout: row({
    env: ['HCA_FIRST_BYTE_TIMEOUT'],
    schema: time,
    read: seconds,
    default: 8,
    help: 'Seconds until the first byte of an answer to a read; writes have all of their deadline.',
  }),
  idleTimeout: row({
    env: ['HCA_IDLE_TIMEOUT'],
    schema: time,
    read: seconds,
    default: 10,
    help: 'Seconds between two pieces of an answer.',
  }),
} as const
