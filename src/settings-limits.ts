import Type from 'typebox'
import { count, seconds } from './settings-readers.ts'
import { row } from './settings-row.ts'

const rate = Type.Integer({
  minimum: 0,
  maximum: 100_000,
  description: 'requests a second, a whole number from 0 to 100000',
})

const patience = Type.Number({
  exclusiveMinimum: 0,
  maximum: 3_600,
  description: 'seconds, above 0 and up to 3600',
})

/** How much is taken from callers, and how the server ends. */
export const limitRows = {
  rateCaller: row({
    env: ['HCA_RATE_CALLER'],
    schema: rate,
    read: count,
    shown: '100, or 0 when bound to loopback',
    help: 'Requests a second that a caller may send, with twice as many at once; 0 is no limit.',
  }),
  rateAddress: row({
    env: ['HCA_RATE_ADDRESS'],
    schema: rate,
    read: count,
    shown: '300 with a certificate of its own, else 0, and when bound to loopback',
    help: 'The same for all that comes from one address, or one IPv6 network (/64), refused requests too; /metrics has 10 of its own, probes none. Off behind a proxy (--insecure), whose address is everybody’s.',
  }),
  maxDelay: row({
    env: ['HCA_MAX_DELAY'],
    schema: Type.Integer({
      minimum: 1,
      maximum: 60_000,
      description: 'milliseconds, a whole number from 1 to 60000',
    }),
    read: count,
    default: 30,
    help: 'Milliseconds that the event loop may be late before requests are refused with OVERLOADED.',
  }),
  maxInFlight: row({
    env: ['HCA_MAX_IN_FLIGHT'],
    schema: Type.Integer({ minimum: 1, maximum: 100_000, description: 'a whole number from 1 to 100000' }),
    read: count,
    default: 2_000,
    help: 'Requests in flight above which others are refused with OVERLOADED; those that wait for a job aside.',
  }),
  timeoutHeaders: row({
    env: ['HCA_TIMEOUT_HEADERS'],
    schema: patience,
    read: seconds,
    default: 5,
    help: 'Seconds a caller may take to send the headers of a request, or a first byte.',
  }),
  timeoutRequest: row({
    env: ['HCA_TIMEOUT_REQUEST'],
    schema: patience,
    read: seconds,
    default: 15,
    help: 'Seconds a caller may take to send a whole request, its body included.',
  }),
  timeoutSilent: row({
    env: ['HCA_TIMEOUT_SILENT'],
    schema: patience,
    read: seconds,
    default: 75,
    help: 'Seconds a connection may be silent, waits for jobs aside. More than HCA_KEEP_ALIVE and every deadline.',
  }),
  maxConnections: row({
    env: ['HCA_MAX_CONNECTIONS'],
    schema: Type.Integer({ minimum: 1, maximum: 100_000, description: 'a whole number from 1 to 100000' }),
    read: count,
    default: 2_000,
    help: 'Connections that may be open at once on each port, half of them from one address (--insecure and loopback aside); more are closed as they come.',
  }),
  keepAlive: row({
    env: ['HCA_KEEP_ALIVE'],
    schema: Type.Number({
      exclusiveMinimum: 0,
      maximum: 3_600,
      description: 'seconds, above 0 and up to 3600',
    }),
    read: seconds,
    default: 72,
    help: 'Seconds a connection is kept open between two requests. More than the load balancer in front has.',
  }),
  drainDelay: row({
    env: ['HCA_DRAIN_DELAY'],
    schema: Type.Number({ minimum: 0, maximum: 600, description: 'seconds from 0 to 600' }),
    read: seconds,
    default: 0,
    help: 'Seconds to serve on after a signal to end, while /readyz says 503. 5 behind a load balancer.',
  }),
  grace: row({
    env: ['HCA_GRACE'],
    schema: Type.Number({ minimum: 0, maximum: 3_600, description: 'seconds from 0 to 3600' }),
    read: seconds,
    default: 10,
    help: 'Seconds after that in which requests may end; at 97 % of it all connections are cut.',
  }),
} as const
