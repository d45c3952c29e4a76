import { expect } from 'vitest'
import { scripted } from './fault-house.ts'
import { afterGood, endsAll, lost, lostOnce, nonsense, onOwnConnections } from './fault-lost.ts'
import {
  type Expected,
  type FaultRow,
  forKinds,
  GOOD,
  type Kind,
  ofAll,
  UNKNOWN,
  UNREACHABLE,
} from './fault-row.ts'
import type { Step } from './fault-script.ts'
import { good, hangUp, head, JSON_TYPE, reset, say, sayAndEnd, sayAndReset } from './fault-steps.ts'

/** All is well once, and on the connection that is kept comes what the row says. */
const keptThen = (
  id: string,
  what: string,
  steps: Step[],
  wanted: Partial<Record<Kind, Expected>>,
): FaultRow[] =>
  forKinds({ id, what, start: scripted([good, ...steps]) }, wanted)
    .map(afterGood)
    .map((row) => ({
      ...row,
      expect: {
        ...row.expect,
        more: (_, { heard }) =>
          expect(heard.map(({ connection }) => connection)).toEqual([1, 1, 2].slice(0, heard.length)),
      },
    }))

const GREETING = sayAndEnd('SSH-2.0-OpenSSH_9.6\r\n\r\n')

/** What goes wrong with the request on its way, or with the head of its answer. */
export const answerRows: readonly FaultRow[] = [
  ...lost('F-13', 'a reset when the request is there', reset, UNREACHABLE, { read: 3 }),
  ...lostOnce('F-13', 'a reset when the request is there', reset),
  ...lost(
    'F-13',
    'a reset in the head of the answer',
    sayAndReset('HTTP/1.1 200 OK\r\nContent-'),
    UNREACHABLE,
    {
      read: 3,
    },
  ),
  ...keptThen('F-14', 'a kept connection ends as a read goes out on it', [hangUp, good], {
    read: { ...GOOD, heard: 3, repeats: 1 },
  }),
  ...keptThen('F-15', 'a kept connection ends as a write goes out on it', [hangUp, good], {
    write: { ...UNKNOWN, heard: 2, metadata: { retryable: 'false' } },
  }),
  ...forKinds(
    { id: 'F-16', what: 'a connection ends as a create goes out on it', start: scripted([hangUp, good]) },
    { create: { ...GOOD, heard: 2, repeats: 1 } },
  ),
  ...keptThen('F-16', 'a kept connection ends as a create goes out on it', [hangUp, good], {
    create: { ...GOOD, heard: 3, repeats: 1 },
  }),
  ...nonsense('F-19', 'bytes that are no HTTP', sayAndEnd(Buffer.from([0, 1, 250, 251, 13, 10, 13, 10]))),
  ...nonsense('F-19', 'the greeting of another protocol', GREETING),
  ...lostOnce('F-19', 'the greeting of another protocol', GREETING),
  ...[
    ...nonsense(
      'F-20',
      'Content-Length beside Transfer-Encoding',
      say(head(200, JSON_TYPE, 'Content-Length: 2', 'Transfer-Encoding: chunked'), '2\r\n{}\r\n0\r\n\r\n'),
    ),
    ...nonsense(
      'F-20',
      'two Content-Length headers that differ',
      say(head(200, JSON_TYPE, 'Content-Length: 2', 'Content-Length: 3'), '{}'),
    ),
    ...nonsense(
      'F-20',
      'a chunk without a size',
      say(head(200, JSON_TYPE, 'Transfer-Encoding: chunked'), 'zz\r\n{}\r\n'),
    ),
    ...nonsense('F-20', 'a header of 20 kB', say(head(200, JSON_TYPE, `X-Long: ${'x'.repeat(20_000)}`))),
    ...nonsense(
      'F-20',
      'a change of protocols that nobody asked for',
      say(head(101, 'Upgrade: x', 'Connection: upgrade')),
    ),
    ...nonsense('F-20', 'an invitation to go on that nobody asked for', say(head(100))),
  ].map(endsAll),
  ...forKinds(
    {
      id: 'F-21',
      what: 'more bytes behind the body',
      start: scripted([say(head(200, JSON_TYPE, 'Content-Length: 2'), '{}HTTP/1.1 200 OK\r\n\r\n')]),
    },
    ofAll({ ...GOOD, heard: 2, ...onOwnConnections }),
  ).map(afterGood),
]
