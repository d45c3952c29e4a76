import { describe, expect, test } from 'vitest'
import { commonParameters } from '../../src/gateway/openapi/parameters.ts'
import { sandboxKeys } from '../helpers/examples.ts'
import { ask, ourErrorOf, startHouse } from '../helpers/house.ts'
import { onlyReply } from './fuzz-answers.ts'

/** What the fuzz run found once, each as small as it was found to fail. */
describe('found by schemathesis', () => {
  test.each([
    ['/api/instances', 405, 'METHOD_NOT_ALLOWED'],
    ['/livez', 405, 'METHOD_NOT_ALLOWED'],
    ['/api/none', 404, 'ROUTE_NOT_FOUND'],
  ])('a QUERY of %s without a body is no bug of ours', async (path, status, reason) => {
    const { url } = await startHouse()
    const got = await ask(`${url}${path}`, { method: 'QUERY' })
    expect(got.status).toBe(status)
    expect(ourErrorOf(got).reason).toBe(reason)
    if (status === 405) expect(got.headers.get('allow')).toContain('GET')
  })

  test.each(['/api/regions?=5', '/api/quotas?regionId=cn-east-2&=', '/api/images?regionId=cn-south-1&=5'])(
    'a parameter without a name, as in %s, is a fault of the query',
    async (target) => {
      const { url } = await startHouse()
      const error = ourErrorOf(await ask(`${url}${target}`, { headers: sandboxKeys }))
      expect(error.violations).toEqual([
        { field: 'query', description: 'has a parameter name that is no name' },
      ])
    },
  )

  test.each(['1', '0.5', '000720', '999999.999', '0', '0.0', '5e-324', '1.0000', '-1', '.5', '1000000', ''])(
    'X-Request-Timeout: %j is taken where the document says so',
    async (seconds) => {
      const { url } = await startHouse()
      const { status } = await ask(`${url}/api/regions`, { headers: { 'x-request-timeout': seconds } })
      expect(status).toBe(new RegExp(commonParameters.Timeout.schema.pattern).test(seconds) ? 200 : 400)
    },
  )
})

describe('found by mutated bytes', () => {
  test.each([
    ['what comes behind the last request of a connection', 'POST /livez\r\n\r\n\0\n', 'MISSING_HOST'],
    ['a method that is none, without a version', 'PRI *\n\r\n', 'MALFORMED_HTTP'],
    [
      'a target that the router takes for a pattern',
      'OPTIONS *( HTTP/1.1\r\nHost:{host}\r\n\r\n',
      'ROUTE_NOT_FOUND',
    ],
    ['the same for a path', 'PRI /livez\r\nHost: a\r\n\r\n', 'MALFORMED_HTTP'],
  ])('%s gets one answer, which is ours', async (_, bytes, reason) => {
    const { url } = await startHouse()
    const sent = bytes.replace('{host}', new URL(url).host)
    const reply = await onlyReply(url, Buffer.from(sent, 'latin1'), 5_000)
    expect(ourErrorOf(reply ?? expect.fail('no answer came')).reason).toBe(reason)
  })
})
