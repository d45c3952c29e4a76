import { expect, test } from 'vitest'
import type { Failure } from './failure.ts'
import { CallerLeft, DeadlineExceeded, whyFailed } from './why-failed.ts'

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code }, more)

const connection = { kind: 'unreachable', why: 'connection' } as const
const dns = { kind: 'unreachable', why: 'dns' } as const
const tls = { kind: 'unreachable', why: 'tls' } as const
const timeout = { kind: 'timeout' } as const
const truncated = { kind: 'truncated' } as const
const protocol = { kind: 'nonsense', why: 'protocol' } as const

test.each<[code: string, unsent: Failure, sent: Failure, answered: Failure]>([
  ['ECONNREFUSED', connection, connection, truncated],
  ['ECONNRESET', connection, connection, truncated],
  ['EHOSTUNREACH', connection, connection, truncated],
  ['UND_ERR_SOCKET', connection, connection, truncated],
  ['UND_ERR_DESTROYED', connection, connection, truncated],
  ['ENOTFOUND', dns, dns, dns],
  ['EAI_AGAIN', dns, dns, dns],
  ['UND_ERR_CONNECT_TIMEOUT', timeout, timeout, timeout],
  ['ETIMEDOUT', timeout, timeout, timeout],
  ['UND_ERR_HEADERS_TIMEOUT', timeout, timeout, timeout],
  ['UND_ERR_BODY_TIMEOUT', timeout, timeout, timeout],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', tls, tls, tls],
  ['SELF_SIGNED_CERT_IN_CHAIN', tls, tls, tls],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', tls, tls, tls],
  ['CERT_HAS_EXPIRED', tls, tls, tls],
  ['ERR_TLS_CERT_ALTNAME_INVALID', tls, tls, tls],
  ['ERR_SSL_WRONG_VERSION_NUMBER', tls, tls, tls],
  ['EPROTO', tls, tls, tls],
  ['UND_ERR_PRX_TLS', tls, tls, tls],
  ['HPE_INVALID_CHUNK_SIZE', connection, protocol, protocol],
  ['HPE_INVALID_EOF_STATE', connection, protocol, truncated],
  ['UND_ERR_HEADERS_OVERFLOW', connection, protocol, truncated],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', connection, protocol, truncated],
  ['', connection, connection, truncated],
])('%s before a byte went out, after, and after the head', (code, unsent, sent, answered) => {
  expect(whyFailed(coded(code), false)).toEqual(unsent)
  expect(whyFailed(coded(code), true)).toEqual(sent)
  expect(whyFailed(coded(code), true, true)).toEqual(answered)
})

test.each([
  [new CallerLeft(), { kind: 'cancelled' }],
  [new DeadlineExceeded(), timeout],
])('our own reason %j counts in every phase', (reason, failure) => {
  for (const [sent, answered] of [
    [false, false],
    [true, false],
    [true, true],
  ] as const) {
    expect(whyFailed(reason, sent, answered)).toEqual(failure)
  }
})

test.each<[what: string, error: unknown, failure: Failure]>([
  ['its cause', new Error('x', { cause: coded('ENOTFOUND') }), dns],
  [
    'the first of several addresses',
    new AggregateError([coded('ETIMEDOUT'), coded('ECONNREFUSED')]),
    timeout,
  ],
  ['several addresses within a cause', new Error('x', { cause: new AggregateError([coded('EPROTO')]) }), tls],
  ['its own code before its cause', coded('ETIMEDOUT', { cause: coded('ENOTFOUND') }), timeout],
])('an error is known by %s', (_, error, failure) => expect(whyFailed(error, false)).toEqual(failure))

test('undici’s parser errors come without a code and are known by name', () => {
  const error = Object.assign(new Error('x'), { name: 'HTTPParserError', code: undefined })
  expect(whyFailed(error, true)).toEqual(protocol)
  expect(whyFailed(error, true, true)).toEqual(protocol)
})

test.each(['bad upgrade', 'bad response'])('%s of the library is no broken socket', (message) => {
  expect(whyFailed(Object.assign(new Error(message), { code: 'UND_ERR_SOCKET' }), true)).toEqual(protocol)
})

test.each([undefined, null, 'text', 0, {}, { code: 7 }, new AggregateError([])])(
  '%j thrown is a lost connection',
  (thrown) => expect(whyFailed(thrown, false)).toEqual(connection),
)

test('a cause that runs in a circle ends', () => {
  const error = new Error('x')
  error.cause = error
  expect(whyFailed(error, false)).toEqual(connection)
})
