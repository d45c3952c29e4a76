import { describe, expect, test } from 'vitest'
import { auditPlace } from '../helpers/audit.ts'
import { askRaw, ONCE, startBefore } from '../helpers/house.ts'
import { recordAnswers } from './canary-answers.ts'
import { ECHOES, echoing } from './canary-echo.ts'
import { expectNothing, signaturesIn, TALKATIVE, toldBy } from './canary-house.ts'
import { accessKeys, canaries } from './canary-list.ts'
import { planted } from './canary-requests.ts'
import { searchFor } from './canary-search.ts'

const search = searchFor()
/** Huawei's words about a caller's access key are for the caller, who would look for it in vain without. */
const searchAnswers = searchFor(canaries.filter((canary) => !accessKeys.includes(canary)))
const answers = recordAnswers()

/** Calls are neither repeated nor refused by us, so that each of them is answered with its echo. */
const PATIENT = { ...ONCE, HCA_BREAKER_FAILURES: '100000' }

/** Each shape with what is handled apart, and with one of the others in its turn. */
const others = [400, 500, 403, 404, 409, 429]
const rows = Object.entries(ECHOES).map(
  ([name, shape], n) => [name, shape, [202, 401, others[n % others.length] ?? 400]] as const,
)

describe.each(rows)('Huawei Cloud repeats what it got %s', (_, shape, statuses) => {
  test.each(statuses)('with %d, and no secret is told', async (status) => {
    const audit = auditPlace()
    const { listener, heard } = echoing(status, shape)
    const house = await startBefore(listener, { ...TALKATIVE, ...PATIENT, HCA_AUDIT_FILE: audit })
    // Two hundred is a success of reads, which passes as it is; of wrong keys only a few are sent.
    const requests = planted.filter(({ request: { method } }) => status !== 202 || method !== undefined)
    const statuses = new Set<number>()
    for (const { request } of requests) statuses.add((await askRaw(house.url, request)).status)
    if (status !== 401) expect(heard.length).toBeGreaterThanOrEqual(requests.length)
    const told = await toldBy(house, answers, audit)
    // A success goes out byte for byte, whatever it says; only what we say of it is ours.
    const isPassedOn = statuses.has(200)
    expect(isPassedOn && status !== 202).toBe(false)
    const { answers: answered = '', ...kept } = told
    if (!isPassedOn) expectNothing(searchAnswers, { answered }, signaturesIn(heard))
    expectNothing(search, kept, signaturesIn(heard))
  })
})
