import fc from 'fast-check'
import { expect, test } from 'vitest'
import { routes } from '../../src/gateway/routes/index.ts'
import { bytesOf, isSoundFor, onlyReply } from './fuzz-answers.ts'
import { SEED, secondsFor, tell, timeoutFor } from './fuzz-box.ts'
import { requestsOf } from './fuzz-requests.ts'
import { startTarget } from './fuzz-target.ts'

const LONG = 64 * 1024

/** Longer than any of these calls may take. */
const PATIENCE_MS = 15_000

test('requests made of the route table, sound and broken, are answered as promised', {
  timeout: timeoutFor('properties'),
}, async () => {
  const { url, isWell } = await startTarget()
  const requests = fc.oneof(...routes.map(requestsOf))
  let sent = 0
  const answered = fc.asyncProperty(requests, async (request) => {
    sent += 1
    const bytes = bytesOf(url, request)
    const reply = await onlyReply(url, bytes, PATIENCE_MS, request.method === 'HEAD')
    // A connection that ends while more comes in is reset, and the answer may be lost with it.
    if (reply || bytes.length < LONG) isSoundFor(url, request, reply ?? expect.fail('no answer came'))
  })
  await fc.assert(answered, {
    seed: SEED,
    numRuns: 10_000_000,
    interruptAfterTimeLimit: secondsFor('properties') * 1_000,
  })
  tell('properties', sent)
  expect(sent).toBeGreaterThan(100)
  await isWell()
})
