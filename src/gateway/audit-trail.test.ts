import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { operation } from '../huaweicloud/operation.ts'
import { type Audit, auditedFor } from './audit-trail.ts'
import { GatewayError } from './errors.ts'

const request = {
  id: 'request-1',
  ip: '192.0.2.1',
  notes: { secrets: [], repeats: 0 },
} as unknown as FastifyRequest

const write = {
  operation: operation({
    name: 'DeleteThing',
    service: 'ecs',
    method: 'DELETE',
    path: '/things',
    write: true,
    manual: '',
  }),
  region: 'cn-north-4',
}

test('a disk that hangs holds a write up to its deadline; what it writes after all was not sent', async () => {
  const told: object[] = []
  const line = Promise.withResolvers<number>()
  const audit: Audit = {
    intent: () => line.promise,
    outcome: (intent, fields) => told.push({ intent, ...fields }),
    counts: { lines: 0, failures: 0, owed: 0 },
  }
  const over = new AbortController()
  let sent = 0
  const audited = auditedFor(audit, { elapsed: () => 0 }, request, '/api/things')
  const done = audited(
    write,
    over.signal,
    async () => {
      sent += 1
    },
    () => ({ outcome: 'done' }),
  )
  over.abort(new Error('deadline'))
  await expect(done).rejects.toSatisfy(
    (error) => error instanceof GatewayError && error.reason === 'AUDIT_UNAVAILABLE',
  )
  line.resolve(7)
  await line.promise
  await expect
    .poll(() => told)
    .toEqual([{ intent: 7, requestId: 'request-1', outcome: 'not-sent', reason: 'AUDIT_UNAVAILABLE', ms: 0 }])
  expect(sent).toBe(0)
})
