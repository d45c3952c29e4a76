import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { ask, errorOf, keyHeaders, ourErrorOf, startBefore, startHouse } from './helpers/house.ts'

/** In a region that has ECS and nothing else, where nothing is found. */
async function startSmall() {
  const asked: string[] = []
  const nothing: RequestListener = ({ url = '' }, response) => {
    asked.push(url)
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end('{"error":{"code":"Common.0011","message":"Not here."}}')
  }
  const { upstream } = await startBefore(nothing)
  const { url } = await startHouse({ HUAWEICLOUD_SDK_REGION_ECS_XX_TEST_1: `http://${upstream}` })
  const go = (path: string) =>
    ask(`${url}/api/${path}${path.includes('?') ? '&' : '?'}regionId=xx-test-1&projectId=p-1`, {
      headers: keyHeaders,
    })
  return { go, asked }
}

describe('where a region lacks services', () => {
  test.each(['jobs/j-1', 'jobs/j-1?wait=1', 'jobs/j-1/events'])(
    '%s: a job that nobody knows is what those there say',
    async (path) => {
      const { go, asked } = await startSmall()
      const answer = await go(path)
      expect([answer.status, errorOf(answer).reason]).toEqual([400, 'Common.0011'])
      expect(asked).toEqual(['/v1/p-1/jobs/j-1'])
    },
  )

  test.each([
    ['quotas?service=vpc', 'vpc'],
    ['jobs/j-1?service=ims', 'ims'],
    ['jobs/j-1/events?service=evs', 'evs'],
  ])('%s: the service that is named counts, and is named', async (path, service) => {
    const { go, asked } = await startSmall()
    const answer = await go(path)
    const { reason, violations } = ourErrorOf(answer)
    expect([answer.status, reason]).toEqual([400, 'UNKNOWN_REGION'])
    expect(violations).toEqual([
      { field: 'regionId', description: expect.stringContaining(`unknown to ${service};`) },
    ])
    expect(asked).toEqual([])
  })

  test('a service that is none is a fault of its own', async () => {
    const { go } = await startSmall()
    const { violations } = ourErrorOf(await go('quotas?service=nonsense'))
    expect(violations.map(({ field }) => field)).toEqual(['service'])
  })
})
