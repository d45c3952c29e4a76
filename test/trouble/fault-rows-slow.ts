import { scripted } from './fault-house.ts'
import { type FaultRow, forKinds, GOOD, type Kind, TIMEOUT, UNKNOWN } from './fault-row.ts'
import { good, head, JSON_TYPE, repeatedly, say, silence } from './fault-steps.ts'

/**
 * Seconds for the first byte and for all of a read, and for all of a write, in place of 8, 10 and 30. The library
 * looks at times of this size about twice a second, so they are that far apart.
 */
const SLOW = {
  HCA_FIRST_BYTE_TIMEOUT: '0.9',
  HCA_DEADLINE_READ: '2',
  HCA_DEADLINE_WRITE: '3',
  HCA_ATTEMPTS_READ: '2',
}
/** The same, with more time for a second attempt. */
const SLOW_ONCE = { ...SLOW, HCA_DEADLINE_READ: '8', HCA_DEADLINE_WRITE: '4' }
/** Where the deadline alone counts. */
const DEADLINE = { HCA_DEADLINE_READ: '0.3', HCA_DEADLINE_WRITE: '0.5' }
const ABOUT: Record<'read' | 'write', readonly [number, number]> = { read: [290, 1_500], write: [490, 1_700] }

const ended = (read: number) => ({
  read: { ...TIMEOUT, heard: read, takes: ABOUT.read },
  write: { ...UNKNOWN, heard: 1, takes: ABOUT.write },
})

/** What does not end, or not in time. */
export const slowRows: readonly FaultRow[] = [
  ...forKinds(
    { id: 'F-17', what: 'no answer', env: SLOW, start: scripted([silence]) },
    { read: { ...TIMEOUT, heard: 2, repeats: 1, takes: [1_900, 3_500] } },
  ),
  ...forKinds(
    { id: 'F-17', what: 'no answer the first time', env: SLOW_ONCE, start: scripted([silence, good]) },
    { read: { ...GOOD, heard: 2, repeats: 1, takes: [880, 3_000] } },
  ),
  ...forKinds(
    { id: 'F-18', what: 'no answer', env: DEADLINE, start: scripted([silence]) },
    { write: { ...ended(1).write, metadata: { retryable: 'false' } } },
  ),
  ...forKinds(
    { id: 'F-18', what: 'no answer', env: SLOW, start: scripted([silence]) },
    { create: { ...UNKNOWN, heard: 2, repeats: 1, metadata: { retryable: 'true' }, takes: [2_980, 4_500] } },
  ),
  ...forKinds(
    { id: 'F-18', what: 'no answer the first time', env: SLOW_ONCE, start: scripted([silence, good]) },
    { create: { ...GOOD, heard: 2, repeats: 1, takes: [1_980, 3_900] } },
  ),
  ...forKinds(
    {
      id: 'F-20',
      what: 'interim answers without end',
      env: DEADLINE,
      start: scripted([repeatedly('', head(103), 20)]),
    },
    { ...ended(1), create: { ...UNKNOWN, heard: 1, takes: ABOUT.write } },
  ),
  ...forKinds(
    {
      id: 'F-27',
      what: 'an answer that comes byte by byte',
      env: { ...DEADLINE, HCA_IDLE_TIMEOUT: '0.2' },
      start: scripted([repeatedly(`${head(200, JSON_TYPE, 'Content-Length: 1000')}{"a":"`, 'x', 100)]),
    },
    { ...ended(1), create: { ...UNKNOWN, heard: 1, takes: ABOUT.write } },
  ),
  ...(['read', 'write', 'create'] as const satisfies Kind[]).flatMap((kind) =>
    forKinds(
      {
        id: 'F-27',
        what: 'an answer that stops in the middle ends with the time between two pieces',
        env: { HCA_IDLE_TIMEOUT: '0.4', HCA_ATTEMPTS_READ: '1', HCA_ATTEMPTS_WRITE: '1' },
        start: scripted([say(head(200, JSON_TYPE, 'Content-Length: 1000'), '{"a":"')]),
      },
      { [kind]: { ...(kind === 'read' ? TIMEOUT : UNKNOWN), heard: 1, takes: [390, 2_500] } },
    ),
  ),
]
