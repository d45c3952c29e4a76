import { expect } from 'vitest'
import { ask, type Got } from '../helpers/house.ts'
import { alone, scripted } from './fault-house.ts'
import {
  type Expected,
  type FaultRow,
  forKinds,
  GOOD,
  type Headers,
  type Kind,
  NONSENSE,
  TRUNCATED,
  UNKNOWN,
  UNREACHABLE,
} from './fault-row.ts'
import type { Step } from './fault-script.ts'
import { answer, good, hangUp, head, JSON_TYPE, reset, sayAndEnd } from './fault-steps.ts'

/** Huawei's own words, which nobody reads on the way. */
const rawCall = (url: string, kind: Kind, headers: Headers): Promise<Got> =>
  ask(`${url}/api/raw/ecs/v1/{project_id}/things?regionId=cn-south-1&projectId=p-1`, {
    method: kind === 'read' ? 'GET' : 'POST',
    headers: { ...headers, ...(kind === 'read' ? {} : { 'content-type': 'application/json' }) },
    ...(kind === 'read' ? {} : { body: '{"thing":{}}' }),
  })

const raw = (
  row: Omit<FaultRow, 'kind' | 'expect'>,
  wanted: Partial<Record<'read' | 'write', Expected>>,
): FaultRow[] =>
  forKinds({ ...row, what: `${row.what}, to a raw call` }, wanted).map((one) => ({
    ...one,
    send: ({ url }, headers) => rawCall(url, one.kind, headers),
  }))

const each = (id: string, what: string, step: Step, wanted: Partial<Record<'read' | 'write', Expected>>) =>
  raw({ id, what, start: scripted([step]) }, wanted)

const once = (id: string, what: string, step: Step, wanted: Partial<Record<'read' | 'write', Expected>>) =>
  raw({ id, what: `${what} once`, start: scripted([step, good]) }, wanted)

const BODY = '{"error":{"code":"Ecs.0000","message":"down"}}'
const THROTTLED = answer('{"error_code":"APIGW.0308","error_msg":"slow down"}', 429)
/** As it is, without our envelope. */
const asItIs = (status: number, body: string, more: Partial<Expected>): Expected => ({
  status,
  ...more,
  more: ({ text }) => expect(text).toBe(body),
})

/** The same faults on the other way in; what Huawei answered passes as it is. */
export const rawRows: readonly FaultRow[] = [
  ...raw(
    { id: 'F-01', what: 'a closed port', start: alone({ HUAWEICLOUD_ENDPOINT_URL: 'http://127.0.0.1:1' }) },
    { read: { ...UNREACHABLE, repeats: 2 }, write: { ...UNREACHABLE, repeats: 1 } },
  ),
  ...each('F-13', 'a reset when the request is there', reset, {
    read: { ...UNREACHABLE, heard: 3, repeats: 2 },
    write: { ...UNKNOWN, heard: 1 },
  }),
  ...once('F-14', 'an end of the connection', hangUp, { read: { ...GOOD, heard: 2, repeats: 1 } }),
  ...once('F-15', 'an end of the connection', hangUp, { write: { ...UNKNOWN, heard: 1 } }),
  ...each('F-19', 'the greeting of another protocol', sayAndEnd('SSH-2.0-OpenSSH_9.6\r\n\r\n'), {
    read: { ...NONSENSE, heard: 2, repeats: 1 },
    write: { ...UNKNOWN, heard: 1 },
  }),
  ...each(
    'F-22',
    'a body shorter than promised',
    sayAndEnd(head(200, JSON_TYPE, 'Content-Length: 100'), '{"a":1}'),
    {
      read: { ...TRUNCATED, heard: 2, repeats: 1 },
      write: { ...UNKNOWN, heard: 1 },
    },
  ),
  ...each('F-32', 'a status that is none', answer('{}', 999), {
    read: { ...NONSENSE, heard: 2, repeats: 1 },
    write: { ...UNKNOWN, heard: 1 },
  }),
  ...once('F-38', 'throttled', THROTTLED, {
    read: { ...GOOD, heard: 2, repeats: 1 },
    write: { ...GOOD, heard: 2, repeats: 1 },
  }),
  ...once('F-42', 'a 503', answer(BODY, 503), { read: { ...GOOD, heard: 2, repeats: 1 } }),
  ...each('F-43', 'a 503', answer(BODY, 503), { read: asItIs(503, BODY, { heard: 3, repeats: 2 }) }),
  ...each('F-44', 'a 503', answer(BODY, 503), { write: asItIs(503, BODY, { heard: 1 }) }),
  ...raw(
    {
      id: 'F-45',
      what: 'five times 503, and the breaker open',
      start: scripted([answer(BODY, 503)], {}, { elapsed: () => 1 }),
    },
    {
      write: {
        status: 503,
        word: 'UNAVAILABLE',
        reason: 'UPSTREAM_BREAKER_OPEN',
        retryDelay: '1s',
        heard: 5,
      },
    },
  ).map(
    (row): FaultRow => ({
      ...row,
      async send({ url }, headers) {
        for (const _ of [1, 2, 3, 4, 5]) expect((await rawCall(url, row.kind, headers)).text).toBe(BODY)
        return rawCall(url, row.kind, headers)
      },
    }),
  ),
]
