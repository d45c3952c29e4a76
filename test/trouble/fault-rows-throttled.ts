import { expect } from 'vitest'
import type { Environment } from '../../src/settings.ts'
import { notedSleep, scripted } from './fault-house.ts'
import { type Expected, type FaultRow, forKinds, GOOD, ofAll } from './fault-row.ts'
import type { Step } from './fault-script.ts'
import { answer, byGateway, good, said } from './fault-steps.ts'

const THROTTLED = byGateway('APIGW.0308', 'The throttling threshold has been reached')
const throttled = (...lines: string[]) => answer(THROTTLED, 429, ...lines)
const EXHAUSTED = { status: 429, word: 'RESOURCE_EXHAUSTED', reason: 'APIGW.0308', retryDelay: '1s' } as const

/** Waits are noted and over at once; half of the longest is what chance chooses. */
const patient =
  (...steps: Step[]) =>
  async (env: Environment) => {
    const { slept, sleep } = notedSleep()
    return { ...(await scripted(steps, {}, { sleep, random: () => 0.5 })(env)), slept }
  }

const slept = (...ms: number[]): Pick<Expected, 'more'> => ({
  more: (got, house) => {
    expect((house as { slept?: number[] }).slept).toEqual(ms)
    if (got.status === 429) expect(got.headers.get('retry-after')).toBe('1')
  },
})

/** Huawei asks for patience. */
export const throttledRows: FaultRow[] = [
  ...forKinds(
    {
      id: 'F-38',
      what: 'throttled once, and waited for as long as asked',
      start: patient(throttled('Retry-After: 1'), good),
    },
    ofAll({ ...GOOD, heard: 2, repeats: 1, ...slept(1_000) }),
  ),
  ...forKinds(
    {
      id: 'F-38',
      what: 'throttled once, in real time',
      start: scripted([throttled('Retry-After: 1'), good]),
    },
    { read: { ...GOOD, heard: 2, repeats: 1, takes: [1_000, 3_000] } },
  ),
  ...forKinds(
    { id: 'F-38', what: 'throttled each time', start: patient(throttled('Retry-After: 1')) },
    {
      read: { ...EXHAUSTED, heard: 3, repeats: 2, ...slept(1_000, 1_000) },
      write: { ...EXHAUSTED, heard: 2, repeats: 1, ...slept(1_000) },
      create: { ...EXHAUSTED, heard: 2, repeats: 1, ...slept(1_000) },
    },
  ),
  ...forKinds(
    {
      id: 'F-38',
      what: 'throttled by the service, of which nobody knows how far it came',
      start: patient(answer(said('Common.0024'), 202), good),
    },
    {
      write: { ...EXHAUSTED, reason: 'Common.0024', heard: 1 },
      create: { ...GOOD, heard: 2, repeats: 1 },
    },
  ),
  ...forKinds(
    {
      id: 'F-39',
      what: 'asked to stay away for an hour',
      start: patient(throttled('Retry-After: 3600'), good),
    },
    ofAll({
      ...EXHAUSTED,
      retryDelay: '3600s',
      heard: 1,
      more: ({ headers }) => expect(headers.get('retry-after')).toBe('3600'),
    }),
  ),
  ...['-1', 'abc', 'Wed, 21 Oct 2065 07:28:00 GMT'].flatMap((hint) =>
    forKinds(
      {
        id: 'F-40',
        what: `asked to stay away for ${hint}`,
        start: patient(throttled(`Retry-After: ${hint}`)),
      },
      {
        read: { ...EXHAUSTED, heard: 3, repeats: 2, ...slept(500, 1_000) },
        write: { ...EXHAUSTED, heard: 2, repeats: 1, ...slept(500) },
        create: { ...EXHAUSTED, heard: 2, repeats: 1, ...slept(500) },
      },
    ),
  ),
]
