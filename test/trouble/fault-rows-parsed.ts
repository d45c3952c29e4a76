import { expect } from 'vitest'
import { ask, type Got } from '../helpers/house.ts'
import { type FaultHouse, scripted } from './fault-house.ts'
import { type Expected, type FaultRow, forKinds, GOOD, type Headers, IMAGES, NONSENSE } from './fault-row.ts'
import { answer } from './fault-steps.ts'

type Asking = (search: string) => (house: FaultHouse, headers: Headers) => Promise<Got>

const listed: Asking =
  (search) =>
  ({ url }, headers) =>
    ask(`${url}${IMAGES}&${search}`, { headers })

/** Not held against our document, which says what Huawei's images look like. */
const listedAsIs: Asking =
  (search) =>
  async ({ url }, headers) => {
    const response = await fetch(`${url}${IMAGES}&${search}`, { headers })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: JSON.parse(text) }
  }

const row = (id: string, what: string, body: string, send: FaultRow['send'], expected: Expected) =>
  forKinds({ id, what, start: scripted([answer(body)]), ...(send ? { send } : {}) }, { read: expected })

const DEEP = `{"images":[{"id":"a","deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}]}`
const POLLUTING =
  '{"images":[{"id":"a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]}'

const CLEAN: Expected = {
  ...GOOD,
  heard: 1,
  more: ({ json }) => {
    expect(json.data.value.images[0].id).toBe('a')
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  },
}

/** Where an answer is read, what is wrong inside it counts too. */
export const parsedRows: readonly FaultRow[] = [
  ...row('F-29', 'broken JSON in a list that is read', '{"images":[{"id":}]}', listed('fields=id'), {
    ...NONSENSE,
    heard: 1,
  }),
  ...row('F-29', 'an empty body for a list that is read', '', listed('all=true'), { ...NONSENSE, heard: 1 }),
  ...['fields=id', 'all=true', 'sort=id'].flatMap((search) => [
    ...row('F-30', `JSON of depth 10,000, read for ${search}`, DEEP, listedAsIs(search), CLEAN),
    ...row('F-30', `JSON with __proto__, read for ${search}`, POLLUTING, listedAsIs(search), CLEAN),
  ]),
]
