import { expect, test } from 'vitest'
import { coveragePage } from './coverage-page.ts'
import operations from './data/operations.json' with { type: 'json' }
import { notImitated, services } from './routes.ts'

const page = coveragePage()

test('every row that answers is on the page, with what is missing of it', () => {
  for (const { rows } of services)
    for (const { method, path, partial } of rows) {
      const places = page.split('\n').filter((line) => line.startsWith('| ') && line.includes(`\`${method} `))
      const said = partial === undefined ? 'full' : `partial: ${partial.replaceAll('|', '\\|')}`
      const plain = path.replace(/\{\w+\}/g, '{}')
      const line = places.find((each) => each.replace(/\{\w+\}/g, '{}').includes(`\`${method} ${plain}\``))
      expect([method, path, line]).toEqual([method, path, expect.stringContaining(`| ${said} |`)])
    }
})

test('what nobody answers is named among none, and only that', () => {
  const none = new Set(
    [...page.replaceAll('\n', ' ').matchAll(/None \(\d+\): ([^.]+)\./g)].flatMap(([, names = '']) =>
      names.split(', '),
    ),
  )
  for (const service of services) {
    const open = notImitated(service).map(({ name }) => name)
    expect(open.filter((name) => !none.has(name) && !none.has(name.replace(/2$/, '')))).toEqual([])
    expect(Object.keys(operations[service.name]).length).toBeGreaterThanOrEqual(open.length)
  }
  expect(none).not.toContain('ListFlavors')
  expect(none).toContain('CreateLaunchTemplate')
})
