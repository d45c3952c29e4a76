import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMPTY_PAYLOAD_HASH, sdkDate, sign } from './signature.ts'
import { GAP, SigningTemplate } from './signing-template.ts'

const visible = fc.stringMatching(/^[\x21-\x7e]{1,80}$/)
const word = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)
const pair = fc.tuple(fc.string({ minLength: 1 }), fc.string())

describe('requests that are alike', () => {
  it('are signed as each of them would be by itself', () => {
    fc.assert(
      fc.property(
        fc.record({
          part: fc.option(word, { nil: undefined }),
          query: fc.array(pair, { maxLength: 4 }),
          isInQuery: fc.boolean(),
          headers: fc.array(
            fc.tuple(fc.constantFrom('host', 'x-project-id', 'x-security-token', 'X-Language'), visible),
            {
              maxLength: 4,
            },
          ),
          accessKey: word,
          secretKey: visible,
          moments: fc.array(fc.integer({ min: 0, max: 4e12 }), { minLength: 1, maxLength: 3 }),
        }),
        ({ part, query, isInQuery, headers, accessKey, secretKey, moments }) => {
          const others = query.filter(([name]) => name !== 'differs')
          const differing = (inGap: string | undefined) => ({
            method: 'GET',
            path: `/v1/p/servers${inGap === undefined || isInQuery ? '' : `/${inGap}`}/detail`,
            query:
              inGap === undefined || !isInQuery
                ? query
                : [...others.slice(0, 2), ['differs', inGap] as const, ...others.slice(2)],
          })
          const gap = part === undefined ? undefined : GAP
          const template = new SigningTemplate({ ...differing(gap), headers }, accessKey, secretKey)
          for (const moment of moments) {
            const date = sdkDate(moment)
            const request = {
              ...differing(part),
              headers: [...headers, ['x-sdk-date', date] as const],
              payloadHash: EMPTY_PAYLOAD_HASH,
            }
            expect(template.sign(date, part)).toBe(sign(request, accessKey, secretKey, date))
          }
        },
      ),
      { seed: 20261126, numRuns: 500 },
    )
  })
})
