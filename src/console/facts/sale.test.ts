import { expect, test } from 'vitest'
import { bestSale, isToBeHad, saleIn, salesOf } from './sale.ts'

const sales = (az: string, status?: string) =>
  salesOf({
    os_extra_specs: { 'cond:operation:az': az, ...(status ? { 'cond:operation:status': status } : {}) },
  })

test('a zone has its own word on sale, else that of the type, else it is on sale', () => {
  const some = sales('a(sellout), b(normal)', 'abandon')
  expect(['a', 'b', 'c'].map((zone) => saleIn(some, zone))).toEqual(['sellout', 'normal', 'abandon'])
  expect(saleIn(salesOf({}), 'a')).toBe('normal')
})

test('several zones are marked by the best of them', () => {
  const best = (az: string) => bestSale(sales(az, 'abandon'), ['a', 'b'])
  expect(best('a(normal),b(promotion)')).toBe('promotion')
  expect(best('a(sellout),b(obt)')).toBe('obt')
  expect(best('a(sellout)')).toBe('sellout')
  expect(bestSale(sales('', 'obt'), [])).toBe('obt')
})

test('a word that nobody knows yet stands before what is not to be had, and bars nobody', () => {
  expect(bestSale(sales('a(presale),b(sellout)'), ['a', 'b'])).toBe('presale')
  expect(['presale', 'obt', 'sellout', 'abandon'].map(isToBeHad)).toEqual([true, true, false, false])
})
