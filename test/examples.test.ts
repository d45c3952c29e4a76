import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { pathNames } from '../src/gateway/route.ts'
import { routes } from '../src/gateway/routes/index.ts'
import { prepared, requestOf, sandboxKeys, sendRequest } from './helpers/examples.ts'
import { startHouse } from './helpers/house.ts'

test.each(routes.map((route) => [route.name, route] as const))(
  'the example of %s works on a fresh sandbox, and answers as documented',
  async (_, route) => {
    const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
    const { example, before } = await prepared(url, route, sandboxKeys)
    for (const { status, text } of before) expect(status, text).toBe(200)
    const { status, text, json, headers } = await sendRequest(url, requestOf(route, example), sandboxKeys)
    expect(status, text).toBe(200)
    if (route.produces) {
      expect(headers.get('content-type')).toContain(route.produces)
    } else {
      const check = Compile(route.value)
      expect(check.Errors(json.data.value)).toEqual([])
    }
  },
)

test.each(routes.map((route) => [route.name, route] as const))(
  '%s says of itself what documents need',
  (_, route) => {
    expect(route.path).toMatch(/^\/api\/[a-z-]+(?:\/(?:[a-z-]+|\{[a-zA-Z]+\}))*$/)
    expect(route.summary).toMatch(/^[A-Z].*\.$/)
    expect(route.description ?? 'None.').toMatch(/\.$/)
    for (const name of pathNames(route.path)) expect(route.fields.required).toContain(name)
    for (const { call } of route.example.after ?? []) {
      expect(routes.map(({ name }) => name)).toContain(call)
    }
  },
)

test('names, and methods with paths, are each used once', () => {
  const once = (values: string[]) => expect(new Set(values).size).toBe(values.length)
  once(routes.map(({ name }) => name))
  once(routes.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`))
})
