import { expect } from 'vitest'
import { scripted } from './fault-house.ts'
import {
  call,
  type Expected,
  type FaultRow,
  forKinds,
  GOOD,
  type Kind,
  NONSENSE,
  UNKNOWN,
} from './fault-row.ts'
import type { Step } from './fault-script.ts'
import { good } from './fault-steps.ts'

/** What leaves it open whether a call has run: told of a read as it is, of the others as unknown. */
export const lostAs = (read: Expected, times: { read: number; create?: number }): Record<Kind, Expected> => {
  const create = times.create ?? 2
  return {
    read: { ...read, heard: times.read, repeats: times.read - 1 },
    write: { ...UNKNOWN, heard: 1, metadata: { retryable: 'false' } },
    create: { ...UNKNOWN, heard: create, repeats: create - 1, metadata: { retryable: 'true' } },
  }
}

/** The same each time, of all kinds. */
export const lost = (
  id: string,
  what: string,
  step: Step,
  read: Expected,
  times: { read: number; create?: number },
): FaultRow[] => forKinds({ id, what, start: scripted([step]) }, lostAs(read, times))

/** The second attempt goes well, and what may run twice is not troubled by the first. */
export const lostOnce = (id: string, what: string, step: Step): FaultRow[] =>
  forKinds(
    { id, what: `${what}, once`, start: scripted([step, good]) },
    {
      read: { ...GOOD, heard: 2, repeats: 1 },
      write: { ...UNKNOWN, heard: 1 },
      create: { ...GOOD, heard: 2, repeats: 1 },
    },
  )

/** What is no answer of Huawei's, each time. It is asked once more where it may be. */
export const nonsense = (id: string, what: string, step: Step): FaultRow[] =>
  lost(id, what, step, NONSENSE, { read: 2 })

/** No connection that brought nonsense is used or left open. */
export const endsAll = (row: FaultRow): FaultRow => ({
  ...row,
  expect: {
    ...row.expect,
    async more(got, house) {
      await row.expect.more?.(got, house)
      await expect.poll(() => house.sockets.every(({ destroyed }) => destroyed), { interval: 5 }).toBe(true)
    },
  },
})

/** A call that goes well and keeps its connection, and then another, of which the row tells. */
export const afterGood = (row: FaultRow): FaultRow => ({
  ...row,
  async send({ url }, keys) {
    expect((await call(url, row.kind, keys)).status).toBe(200)
    return call(url, row.kind, keys)
  },
})

/** Each call that came had a connection of its own. */
export const onOwnConnections: Pick<Expected, 'more'> = {
  more: (_, { heard }) => {
    expect(new Set(heard.map(({ connection }) => connection)).size).toBe(heard.length)
  },
}
