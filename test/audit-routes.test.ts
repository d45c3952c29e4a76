import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { routes } from '../src/gateway/routes/index.ts'
import { auditLines, auditPlace, expectWhole, linesIn } from './helpers/audit.ts'
import { prepared, requestOf, sandboxKeys, sendRequest } from './helpers/examples.ts'
import { startHouse } from './helpers/house.ts'

/** What an audit file holds of a line, and nothing else. */
const KNOWN = new Set(
  `seq time kind requestId caller tokenId client route service operation method path regionId projectId targets
   clientToken intent outcome status reason upstreamRequestId jobId serverIds resourceId repeats ms prev hash`.split(
    /\s+/,
  ),
)

const named = routes.map((route) => [`${route.method} ${route.path}`, route] as const)

describe('on a fresh sandbox', () => {
  test.each(named.filter(([, { method }]) => method !== 'GET'))(
    '%s leaves one intent and one outcome',
    async (_, route) => {
      const file = auditPlace()
      const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once', HCA_AUDIT_FILE: file })
      const { example, before } = await prepared(url, route, sandboxKeys)
      // Of those before, each write has both its lines already when the next call's answer is out.
      const writes = before.filter(({ status }) => status === 200).length
      const earlier = linesIn(file).filter(({ kind }) => kind === 'intent').length
      expect(earlier).toBeLessThanOrEqual(writes)
      const { status, text, headers } = await sendRequest(url, requestOf(route, example), sandboxKeys)
      expect(status, text).toBe(200)

      const lines = await auditLines(file, (earlier + 1) * 2)
      const own = lines.filter(({ requestId }) => requestId === headers.get('x-request-id'))
      expect(own.map(({ kind }) => kind)).toEqual(['intent', 'outcome'])
      const [intent, outcome] = own
      expect(intent).toMatchObject({
        caller: 'SAND***01',
        client: '127.0.0.1',
        route: route.path,
        regionId: example.regionId ?? 'cn-east-2',
        service: expect.any(String),
        operation: expect.stringMatching(/^[A-Z]\w+$/),
        method: expect.stringMatching(/^(POST|PUT|DELETE)$/),
      })
      expect(outcome).toMatchObject({
        intent: intent?.seq,
        outcome: 'done',
        status: expect.any(Number),
        upstreamRequestId: headers.get('x-upstream-request-id'),
        ms: expect.any(Number),
      })
      for (const line of lines) for (const name of Object.keys(line)) expect(KNOWN).toContain(name)

      const kept = readFileSync(file, 'utf8')
      for (const secret of secretsOf(example.fields)) expect(kept).not.toContain(secret)
      await expectWhole(file)
    },
  )

  test.each(named.filter(([, { method }]) => method === 'GET'))('%s leaves nothing', async (_, route) => {
    const file = auditPlace()
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once', HCA_AUDIT_FILE: file })
    const { example } = await prepared(url, route, sandboxKeys)
    const { headers } = await sendRequest(url, requestOf(route, example), sandboxKeys)
    const id = headers.get('x-request-id')
    expect(linesIn(file).filter(({ requestId }) => requestId === id)).toEqual([])
  })
})

/** The keys, and what an example calls a password, user data or a name. */
const secretsOf = (fields: Readonly<Record<string, unknown>> = {}): string[] => [
  sandboxKeys['x-access-key'],
  sandboxKeys['x-secret-key'],
  ...Object.entries(fields).flatMap(([name, value]) =>
    /password|userData|publicKey|privateKey/i.test(name) ? [String(value)] : [],
  ),
]
