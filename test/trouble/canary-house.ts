import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { TestHouse } from '../helpers/house.ts'
import type { AnsweredBytes } from './canary-answers.ts'
import type { Canary } from './canary-list.ts'
import { type Search, searchFor } from './canary-search.ts'

/** Where something may have been told. */
export type Told = Record<string, string | Buffer>

/** The same for all houses here: everything is logged, and every write written down. */
export const TALKATIVE = { HCA_LOG_LEVEL: 'trace' } as const

/** What came of a house so far, by where it is found. The house is closed, so that nothing comes any more. */
export async function toldBy(house: TestHouse, answers: AnsweredBytes, auditFile: string): Promise<Told> {
  const metrics = await fetch(`${house.url}/metrics`, { signal: AbortSignal.timeout(2_000) })
    .then((response) => response.text())
    .catch(() => '') // not everything is well in every house
  await house.close()
  return {
    answers: answers.from(house.urls),
    log: JSON.stringify(house.log),
    metrics,
    audit: existsSync(auditFile) ? readFileSync(auditFile) : '',
  }
}

/** Signatures that were sent to Huawei Cloud: each opens one request for a quarter of an hour. */
export const signaturesIn = (requests: readonly { headers: object }[]): Canary[] =>
  requests.flatMap(({ headers }, n) => {
    const text = /Signature=([0-9a-f]{64})/.exec(String(Reflect.get(headers, 'authorization')))?.[1]
    return text ? [{ name: `signature ${n + 1}`, text }] : []
  })

export function expectNothing(search: Search, told: Told, more: readonly Canary[] = [], of = ''): void {
  const searchMore = searchFor(more)
  const leaks = Object.entries(told).flatMap(([where, text]) =>
    [...search(text), ...searchMore(text)].map((leak) => `${of}${where}: ${leak}`),
  )
  expect(leaks).toEqual([])
}

/** Groups of rows that run at once: most of their time they wait. */
export const sideBySide = <Row>(rows: readonly Row[], atOnce: number): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / atOnce) }, (_, n) => rows.slice(n * atOnce, (n + 1) * atOnce))
