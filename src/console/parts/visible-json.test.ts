import { expect, test } from 'vitest'
import { visibleJson } from './visible-json.ts'

test('JSON says the same in characters that can be seen', () => {
  const value = { name: 'web\u202Egpj\u0085\ufeff', tags: ['a\nb'] }
  const json = visibleJson(JSON.stringify(value, null, 2))
  expect(json).toContain('"web\\u202egpj\\u0085\\ufeff"')
  expect(JSON.parse(json)).toEqual(value)
  expect(json.split('\n')).toHaveLength(6)
})
