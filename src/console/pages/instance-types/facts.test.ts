import { expect, test } from 'vitest'
import { onSaleIn, rowOf, soldOutIn, within } from './facts.ts'

const type = (id: string, vcpus: string, ram: number, specs: Record<string, string> = {}) =>
  rowOf({ id, name: id, vcpus, ram, os_extra_specs: specs }, ['r-1a', 'r-1b'])

test('a zone has its own word on sale, or that of the type', () => {
  const row = type('s6.large.2', '2', 4_096, {
    'cond:operation:az': 'r-1a(sellout)',
    'ecs:generation': 's6',
  })
  expect(onSaleIn(row)).toEqual(['r-1b'])
  expect(soldOutIn(row)).toEqual(['r-1a'])
  expect([row.sale, row.family, row.architecture]).toEqual(['normal', 's6', 'x86'])
})

test('a type that no zone has is marked by the best that is left', () => {
  const specs = { 'cond:operation:status': 'abandon', 'cond:operation:az': 'r-1a(sellout)' }
  expect(type('c3.large.2', '2', 4_096, specs).sale).toBe('sellout')
  expect(type('c3.large.2', '2', 4_096, { 'cond:operation:status': 'abandon' }).sale).toBe('abandon')
})

test('bounds hold at both ends, and none is no bound', () => {
  const rows = [type('a', '1', 1_024), type('b', '2', 4_096), type('c', '8', 16_384)]
  const bounds = { vcpusFrom: '', vcpusTo: '', memoryFrom: '', memoryTo: '' }
  const idsOf = (more: Partial<typeof bounds>) => within(rows, { ...bounds, ...more }).map(({ id }) => id)
  expect(idsOf({})).toEqual(['a', 'b', 'c'])
  expect(idsOf({ vcpusFrom: '2', vcpusTo: '2' })).toEqual(['b'])
  expect(idsOf({ memoryFrom: '4' })).toEqual(['b', 'c'])
})
