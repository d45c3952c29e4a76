import { expect, test } from 'vitest'
import { othersOf } from './others.ts'

test('everything that has no place of its own is told by its own name, and what is empty is not', () => {
  const server = {
    id: 'ins-1',
    name: 'web',
    host_status: 'UP',
    config_drive: '',
    metadata: { os_type: 'Linux', agency_name: 'ops' },
    sys_tags: [{ key: 'a', value: 'b' }],
    new_field: { of: { tomorrow: true } },
  }
  expect(othersOf(server)).toEqual([
    ['host_status', 'UP'],
    ['metadata.agency_name', 'ops'],
    ['sys_tags.0.key', 'a'],
    ['sys_tags.0.value', 'b'],
    ['new_field.of.tomorrow', 'true'],
  ])
})
