import { expect } from 'vitest'
import { projectIdOf } from './double.ts'
import { type ExampleRequest, sandboxKeys, sendRequest } from './examples.ts'
import { asked, askRaw, type Got, keyHeaders, ourErrorOf, startBoth, startHouse } from './house.ts'

export const REGION = 'cn-east-2'

type Fields = Record<string, unknown>

/** The house with its embedded sandbox, whose jobs end at once, and its calls with sandbox keys. */
export async function startSandboxHouse(regionId = REGION) {
  const house = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
  const request = (sent: ExampleRequest) => sendRequest(house.url, sent, sandboxKeys)
  return {
    ...house,
    get: (path: string) => request(inQuery('GET', path, regionId)),
    del: (path: string) => request(inQuery('DELETE', path, regionId)),
    post: (path: string, fields: Fields = {}) =>
      request({ method: 'POST', path, body: { regionId, ...fields } }),
    put: (path: string, fields: Fields = {}) =>
      request({ method: 'PUT', path, body: { regionId, ...fields } }),
    /** What stands as `value` in a success. */
    async value(path: string) {
      const { status, text, json } = await request(inQuery('GET', path, regionId))
      expect(status, text).toBe(200)
      return json.data.value
    },
  }
}

const inQuery = (method: string, path: string, regionId: string): ExampleRequest => ({
  method,
  path: `${path}${path.includes('?') ? '&' : '?'}regionId=${regionId}`,
})

/** What stands as `value` in a success. */
export function valueIn({ status, text, json }: Got) {
  expect(status, text).toBe(200)
  return json.data.value
}

/** A call of ours, and what Huawei must be asked because of it; `{p}` is the project. */
export type Said = [
  ours: string,
  fields: Fields,
  huawei: string,
  sent: { query?: Record<string, string>; body?: unknown },
]

/** Sends a call and holds what Huawei is asked, byte for byte, against what its manual wants. */
export async function isSaid([ours, fields, huawei, sent]: Said): Promise<void> {
  const { double, url } = await startBoth()
  double.answer('', { body: '{"a":1}' })
  const [method = '', path = ''] = ours.split(' ')
  double.answer('GET /v3/projects', { body: projectsNamed(REGION) })
  const withBody = method === 'POST' || method === 'PUT'
  const search = new URLSearchParams(
    Object.entries({ regionId: REGION, ...(withBody ? {} : fields) }).map(
      ([name, value]): [string, string] => [name, String(value)],
    ),
  )
  const got = await sendRequest(
    url,
    withBody
      ? { method, path, body: { regionId: REGION, ...fields } }
      : { method, path: `${path}?${search}` },
    keyHeaders,
  )
  expect(got.status, got.text).toBe(200)
  expect(got.json.data.value).toEqual({ a: 1 })
  const [upstream, ...more] = asked(double)
  expect(more).toEqual([])
  expect(upstream?.verified).toBe(true)
  expect(`${upstream?.method} ${upstream?.path}`).toBe(huawei.replaceAll('{p}', projectIdOf(REGION)))
  expect(Object.fromEntries(upstream?.query ?? [])).toEqual(sent.query ?? {})
  expect(upstream?.body).toBe(sent.body === undefined ? '' : JSON.stringify(sent.body))
}

const projectsNamed = (name: string) => {
  const id = projectIdOf(name)
  return JSON.stringify({
    projects: [{ id, name, domain_id: 'account', parent_id: 'account', is_domain: false, enabled: true }],
    links: { next: null, previous: null, self: '' },
  })
}

/** A bad request of ours, with what is said of which field. */
export type Bad = readonly [ours: string, fields: Fields, field: string, description: RegExp]

/** Sends a bad request as it is written, and holds its refusal against what is wanted; Huawei must not be asked. */
export async function isRefusedByUs([ours, fields, field, description]: Bad): Promise<void> {
  const { double, url } = await startBoth()
  const [method = '', path = ''] = ours.split(' ')
  const withBody = method === 'POST' || method === 'PUT'
  const got = await askRaw(url, {
    method,
    target: `${path}${path.includes('?') ? '&' : '?'}regionId=${REGION}`,
    headers: [
      ...Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`),
      ...(withBody ? ['content-type: application/json'] : []),
    ],
    ...(withBody ? { body: JSON.stringify(fields) } : {}),
  })
  const error = ourErrorOf(got)
  expect(error).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'INVALID_ARGUMENT' })
  expect(error.violations).toContainEqual({ field, description: expect.stringMatching(description) })
  expect(asked(double)).toEqual([])
}

/** Percent-encoded texts that are no id, whatever becomes of them on the way. */
export const NO_IDS = [
  '..%2Fx',
  '%2e%2e',
  '.',
  '-a',
  'a%20b',
  `a${'b'.repeat(64)}`,
  'a%00',
  '%E4%B8%AD',
  '%252e',
]
export const ID_FORM = /^must be an id/
