import { describe, expect, test } from 'vitest'
import { ask, keyHeaders, startBefore, startBoth } from '../helpers/house.ts'

const IMAGES = '/api/images?regionId=cn-south-1&projectId=p-1'

describe('F-55: when the clock jumps', () => {
  const HOUR = 3_600_000

  test.each([
    ['forward', HOUR],
    ['back', -HOUR],
  ])('an hour %s, the next request is signed with the new time', async (_, ms) => {
    let moved = 0
    const { url, double } = await startBoth({}, { now: () => Date.now() + moved })
    await ask(`${url}${IMAGES}`, { headers: keyHeaders })
    moved = ms
    const answer = await ask(`${url}${IMAGES}`, { headers: keyHeaders })
    expect(answer.status).toBe(200)
    const { headers, verified } = double.requests.at(-1) ?? {}
    const [, y, mo, d, h, mi, s] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(`${headers?.['x-sdk-date']}`) ?? []
    const signedAt = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`)
    expect(verified).toBe(true)
    expect(Math.abs(signedAt - (Date.now() + ms))).toBeLessThan(60_000)
  })

  test.each([
    ['forward', HOUR],
    ['back', -HOUR],
  ])('an hour %s meanwhile, a request is given up no sooner and no later', async (_, ms) => {
    let moved = 0
    const { url } = await startBefore(
      () => {
        moved = ms // and no answer
      },
      {},
      { now: () => Date.now() + moved },
    )
    const began = performance.now()
    const answer = await ask(`${url}${IMAGES}`, { headers: { ...keyHeaders, 'x-request-timeout': '1' } })
    expect(answer.status).toBe(504)
    expect(moved).toBe(ms)
    expect(performance.now() - began).toBeGreaterThan(950)
  })

  test('a pair that is refused by heart is asked again after its minute, wherever the clock stands', async () => {
    let moved = 0
    let passed = 0
    const { url, double } = await startBoth(
      {},
      { now: () => Date.now() + moved, elapsed: () => performance.now() + passed },
    )
    const wrong = () =>
      ask(`${url}${IMAGES}`, {
        headers: { ...keyHeaders, 'x-secret-key': 'SKwrongSKwrongSKwrongSKwrongSKwrong00001' },
      })
    for (let n = 0; n < 4; n += 1) expect((await wrong()).status).toBe(401)
    expect(double.requests).toHaveLength(3)
    moved = -HOUR
    await wrong()
    expect(double.requests).toHaveLength(3)
    passed = 61_000
    await wrong()
    expect(double.requests).toHaveLength(4)
  })
})
