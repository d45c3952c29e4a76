import { expect, test } from 'vitest'
import type { Failure } from './failure.ts'
import { attemptsFor, type RepeatReason, whyRepeat } from './why-repeat.ts'

const refused = (status: number, code?: string): Failure => ({
  kind: 'refused',
  status,
  refusal: code ? { code } : {},
})

type Wanted = RepeatReason | undefined

/** What is known of the attempt: a read or a create that was sent, another write that was, one that was not. */
test.each<[failure: Failure, mayRunTwice: Wanted, sentWrite: Wanted, unsent: Wanted]>([
  [{ kind: 'unreachable', why: 'connection' }, 'broken-off', undefined, 'not-sent'],
  [{ kind: 'unreachable', why: 'dns' }, 'broken-off', undefined, 'not-sent'],
  [{ kind: 'unreachable', why: 'tls' }, undefined, undefined, undefined],
  [{ kind: 'unreachable', why: 'address' }, undefined, undefined, undefined],
  [{ kind: 'timeout' }, 'no-answer', undefined, undefined],
  [{ kind: 'truncated' }, 'broken-off', undefined, undefined],
  [{ kind: 'nonsense', why: 'protocol' }, 'nonsense', undefined, undefined],
  [{ kind: 'nonsense', why: 'content-type' }, 'nonsense', undefined, undefined],
  [{ kind: 'nonsense', why: 'redirect' }, undefined, undefined, undefined],
  [{ kind: 'nonsense', why: 'encoding' }, undefined, undefined, undefined],
  [{ kind: 'nonsense', why: 'too-large' }, undefined, undefined, undefined],
  [{ kind: 'overloaded', by: 'all' }, undefined, undefined, undefined],
  [{ kind: 'breaker-open', seconds: 1 }, undefined, undefined, undefined],
  [{ kind: 'cancelled' }, undefined, undefined, undefined],
  [refused(400, 'Ecs.0005'), undefined, undefined, undefined],
  [refused(401, 'APIGW.0301'), undefined, undefined, undefined],
  [refused(404, 'Ecs.0114'), undefined, undefined, undefined],
  [refused(429, 'APIGW.0308'), 'throttled', 'throttled', 'throttled'],
  [refused(429, 'Ecs.9999'), 'throttled', undefined, undefined],
  [refused(429), 'throttled', undefined, undefined],
  [refused(202, 'Common.0024'), 'throttled', undefined, undefined],
  [refused(503, 'Common.1503'), 'throttled', undefined, undefined],
  [refused(494), undefined, undefined, undefined],
  [refused(500), 'upstream-error', undefined, undefined],
  [refused(501), undefined, undefined, undefined],
  [refused(502), 'upstream-error', undefined, undefined],
  [refused(503), 'upstream-error', undefined, undefined],
  [refused(504, 'APIGW.0201'), 'upstream-error', undefined, undefined],
  [refused(505), undefined, undefined, undefined],
])('%j', (failure, mayRunTwice, sentWrite, unsent) => {
  expect(whyRepeat({ failure, sent: true, mayRunTwice: true })).toBe(mayRunTwice)
  expect(whyRepeat({ failure, sent: true, mayRunTwice: false })).toBe(sentWrite)
  expect(whyRepeat({ failure, sent: false, mayRunTwice: false })).toBe(unsent)
})

test('nonsense, half an answer and a wrong clock are worth one repetition, however many are usual', () => {
  const nonsense: Failure = { kind: 'nonsense', why: 'protocol' }
  expect(attemptsFor('nonsense', nonsense, 5)).toBe(2)
  expect(attemptsFor('clock', refused(401), 5)).toBe(2)
  expect(attemptsFor('nonsense', nonsense, 1)).toBe(1)
  expect(attemptsFor('broken-off', { kind: 'truncated' }, 5)).toBe(2)
  expect(attemptsFor('broken-off', { kind: 'unreachable', why: 'connection' }, 5)).toBe(5)
})
