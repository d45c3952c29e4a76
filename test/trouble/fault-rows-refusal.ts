import { expect } from 'vitest'
import { ask } from '../helpers/house.ts'
import { scripted } from './fault-house.ts'
import { call, type Expected, type FaultRow, forKinds, GOOD, type Kind, ofAll, UNKNOWN } from './fault-row.ts'
import { throttledRows } from './fault-rows-throttled.ts'
import type { Step } from './fault-script.ts'
import { answer, byGateway, good, hangUp, said } from './fault-steps.ts'

/** Huawei's no, word for word, and no second try. */
const refused = (
  id: string,
  what: string,
  step: Step,
  expected: Omit<Expected, 'heard'> & { word: string },
): FaultRow[] => forKinds({ id, what, start: scripted([step]) }, ofAll({ ...expected, heard: 1 }))

const WRONG_SIGNATURE = answer(
  byGateway('APIGW.0301', 'Incorrect IAM authentication information: verify aksk signature fail'),
  401,
)
const EXPIRED = byGateway('APIGW.0301', 'Incorrect IAM authentication information: Signature expired')
const PROJECTS = answer('{"projects":[{"id":"p-1","name":"cn-south-1","parent_id":"d","domain_id":"d"}]}')
const UNAUTHENTICATED = { status: 401, word: 'UNAUTHENTICATED', reason: 'APIGW.0301' } as const
const MINUTE = 60_000

/** Takes only what was signed in the last quarter of an hour, by its own clock. */
const punctual =
  (...lines: readonly string[]): Step =>
  (socket, heard) => {
    const [, y, mo, d, h, mi, s] =
      /^(....)(..)(..)T(..)(..)(..)Z$/.exec(heard.headers['x-sdk-date'] ?? '') ?? []
    const off = Math.abs(Date.now() - Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`))
    if (off < 15 * MINUTE) good(socket, heard)
    else answer(EXPIRED, 401, ...lines)(socket, heard)
  }

const late = (minutes: number, step: Step) =>
  scripted([step], {}, { now: () => Date.now() - minutes * MINUTE })

const withDate: Step = (socket, heard) => punctual(`Date: ${new Date().toUTCString()}`)(socket, heard)

const clockRows: FaultRow[] = [
  ...[16, -16, 60 * 24 * 400].flatMap((minutes) =>
    forKinds(
      { id: 'F-34', what: `our clock is ${minutes} minutes late`, start: late(minutes, withDate) },
      ofAll({
        ...GOOD,
        heard: 2,
        repeats: 1,
        more: (_, { log }) => {
          const lines = log.filter(({ msg }) => String(msg).startsWith('the clock of this machine is wrong'))
          expect(lines).toHaveLength(1)
          expect(lines[0]).toMatchObject({ level: 40 })
          expect(Math.abs(Number(lines[0]?.seconds) - minutes * 60)).toBeLessThan(10)
        },
      }),
    ),
  ),
  ...forKinds(
    {
      id: 'F-34',
      what: 'our clock is late, and Huawei does not say what time it is',
      start: late(16, punctual()),
    },
    ofAll({ ...UNAUTHENTICATED, heard: 1, metadata: { cause: 'clock-skew' } }),
  ),
]

const UPSTREAM_ERROR = { status: 502, word: 'UNAVAILABLE', reason: 'UPSTREAM_ERROR' } as const

/** Huawei's own faults: of a write that may have run they are told and not tried again. */
const faultOfHuawei = (status: number): FaultRow[] => {
  const step = answer(said('Ecs.0000'), status)
  const told: Expected = { ...UPSTREAM_ERROR, reason: 'Ecs.0000', metadata: { upstreamStatus: `${status}` } }
  const wanted: Record<Kind, Expected> = {
    read: { ...told, heard: 3, repeats: 2, retryDelay: '1s' },
    write: { ...told, heard: 1, metadata: { ...told.metadata, retryable: 'false' } },
    create: {
      ...told,
      heard: 2,
      repeats: 1,
      retryDelay: '1s',
      metadata: { ...told.metadata, retryable: 'true' },
    },
  }
  const { read, ...writes } = wanted
  return [
    ...forKinds(
      { id: 'F-42', what: `${status} once`, start: scripted([step, good]) },
      { read: { ...GOOD, heard: 2, repeats: 1 } },
    ),
    ...forKinds(
      { id: 'F-43', what: `${status} each time`, start: scripted([step]) },
      { read: read as Expected },
    ),
    ...forKinds({ id: 'F-44', what: `${status} each time`, start: scripted([step]) }, writes),
    ...forKinds(
      { id: 'F-44', what: `${status} once`, start: scripted([step, good]) },
      { write: writes.write, create: { ...GOOD, heard: 2, repeats: 1 } },
    ),
  ]
}

/** A no to the second attempt says nothing of the first, which may have run. */
const tooLate = [answer(said('Ecs.0000'), 500), answer(said('Ecs.0000'), 504), hangUp].flatMap((first, at) =>
  forKinds(
    {
      id: 'F-44',
      what: `${['500', '504', 'a hang-up'][at]}, and then a refusal`,
      start: scripted([first, answer(said('Ecs.0005'), 400)]),
    },
    { create: { ...UNKNOWN, heard: 2, repeats: 1, metadata: { retryable: 'true', upstreamStatus: '400' } } },
  ),
)

/** What Huawei says itself. */
export const refusalRows: readonly FaultRow[] = [
  ...refused('F-33', 'a signature that Huawei does not take', WRONG_SIGNATURE, {
    ...UNAUTHENTICATED,
    metadata: { cause: 'wrong-secret' },
  }),
  ...forKinds(
    {
      id: 'F-33',
      what: 'the same for the fourth time, which is not sent',
      start: scripted([WRONG_SIGNATURE]),
    },
    { read: { status: 401, word: 'UNAUTHENTICATED', reason: 'CREDENTIALS_REJECTED', heard: 3 } },
  ).map(
    (row): FaultRow => ({
      ...row,
      async send({ url }, keys) {
        for (const _ of [1, 2, 3]) expect((await call(url, row.kind, keys)).status).toBe(401)
        return call(url, row.kind, keys)
      },
    }),
  ),
  ...forKinds(
    {
      id: 'F-33',
      what: 'the same, and what was found with these keys before is forgotten',
      start: scripted([PROJECTS, good, WRONG_SIGNATURE, PROJECTS, good]),
      async send({ url }, headers) {
        const list = () => ask(`${url}/api/images?regionId=cn-south-1`, { headers })
        expect((await list()).status).toBe(200)
        expect((await list()).status).toBe(401)
        return list()
      },
    },
    {
      read: {
        ...GOOD,
        more: (_, { heard }) =>
          expect(heard.map(({ target }) => target.replace(/\?.*/, ''))).toEqual([
            '/v3/projects',
            '/v2/images',
            '/v2/images',
            '/v3/projects',
            '/v2/images',
          ]),
      },
    },
  ),
  ...clockRows,
  ...refused('F-35', 'a policy', answer(said('Pdp.0001'), 403), {
    status: 403,
    word: 'PERMISSION_DENIED',
    reason: 'Pdp.0001',
  }),
  ...refused('F-36', 'a server that is not there', answer(said('Ecs.0114'), 404), {
    status: 404,
    word: 'NOT_FOUND',
    reason: 'Ecs.0114',
  }),
  ...refused('F-37', 'a conflict', answer(said('Ecs.0319'), 409), {
    status: 409,
    word: 'ABORTED',
    reason: 'Ecs.0319',
  }),
  ...refused('F-37', 'a wrong state', answer(said('Ecs.0100'), 400), {
    status: 400,
    word: 'FAILED_PRECONDITION',
    reason: 'Ecs.0100',
  }),
  ...throttledRows,
  ...refused(
    'F-41',
    'headers that are too large for nginx',
    answer('<html>', 494, 'Content-Type: text/html'),
    {
      status: 400,
      word: 'INVALID_ARGUMENT',
      reason: 'HTTP_494',
    },
  ),
  ...[500, 502, 503, 504].flatMap(faultOfHuawei),
  ...tooLate,
  ...forKinds(
    {
      id: 'F-43',
      what: 'a page of 502 each time',
      start: scripted([answer('<html>', 502, 'Content-Type: text/html')]),
    },
    { read: { ...UPSTREAM_ERROR, heard: 3, repeats: 2, retryDelay: '1s' } },
  ),
]
