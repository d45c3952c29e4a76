import { describe, expect, test } from 'vitest'
import { auditPlace } from '../helpers/audit.ts'
import { ask, askRaw, exchangeRaw, startBoth } from '../helpers/house.ts'
import { recordAnswers } from './canary-answers.ts'
import { expectNothing, signaturesIn, TALKATIVE, toldBy } from './canary-house.ts'
import { garbage, names, places } from './canary-places.ts'
import { searchFor } from './canary-search.ts'

const search = searchFor()
const answers = recordAnswers()

/** A house that has been asked this and all that it tells of itself, with what came of it. */
async function toldAfter(send: (house: Awaited<ReturnType<typeof startBoth>>) => Promise<unknown>) {
  const audit = auditPlace()
  const house = await startBoth({ ...TALKATIVE, HCA_AUDIT_FILE: audit })
  await send(house)
  const told = await toldBy(house, answers, audit)
  expect(String(told.answers)).toMatch(/^HTTP\/1\.1 /)
  expect(told.metrics).not.toBe('')
  return { told, signatures: signaturesIn(house.double.requests) }
}

describe('a secret in a wrong place is told nowhere:', () => {
  test.each(Object.entries(places))('%s', async (_, request) => {
    const { told, signatures } = await toldAfter(({ url }) => askRaw(url, request))
    expectNothing(search, told, signatures)
  })

  test.each(Object.entries(names))('%s, but to its writer', async (_, request) => {
    const { told, signatures } = await toldAfter(({ url }) => askRaw(url, request))
    const { answers: _told, ...kept } = told
    expectNothing(search, kept, signatures)
  })

  test.each(Object.entries(garbage))('%s of bytes that are no request', async (_, bytes) => {
    const { told } = await toldAfter((house) => exchangeRaw(house.url, bytes(house)))
    expectNothing(search, told)
  })

  test('the API document, the pages and what is asked of a server that has met many', async () => {
    const { told } = await toldAfter(async ({ url }) => {
      for (const request of Object.values(places)) await askRaw(url, request)
      for (const path of ['/', '/docs', '/openapi.json', '/healthz', '/readyz', '/nowhere'])
        await ask(`${url}${path}`, { headers: { accept: 'text/html, */*' } })
    })
    expectNothing(search, told)
  })
})
