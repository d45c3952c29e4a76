import { expect, test } from 'vitest'
import { diskTypesOf, isSoldOut } from './disk-types.ts'

const [ssd, essd] = diskTypesOf({
  volume_types: [
    { name: 'SSD', extra_specs: { 'RESKEY:availability_zones': 'a,b' } },
    {
      name: 'ESSD',
      extra_specs: {
        'RESKEY:availability_zones': 'a, b',
        'os-vendor-extended:sold_out_availability_zones': 'b',
      },
    },
    { name: 'uh-l1' },
  ],
})

test('disks are sold out in a zone, or everywhere', () => {
  expect([ssd, essd].map((type) => type && isSoldOut(type, 'b'))).toEqual([false, true])
  expect(essd && [isSoldOut(essd, 'a'), isSoldOut(essd, ''), isSoldOut(essd, 'c')]).toEqual([
    false,
    false,
    true,
  ])
})

test('what only special machines take is left out, and an answer without types is none', () => {
  expect(diskTypesOf({ volume_types: [{ name: 'co-p1' }] })).toEqual([])
  expect(diskTypesOf({})).toEqual([])
})
