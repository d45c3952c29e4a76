import { expect, test } from 'vitest'
import { codingFor } from './coding-choice.ts'

test.each<[accepted: string | undefined, coding: string | undefined, always?: boolean]>([
  [undefined, undefined],
  ['', undefined],
  ['gzip', 'gzip'],
  ['GZip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['br, gzip', 'br'],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip;q=1.0, br;q=0.9, zstd;q=0.001', 'gzip'],
  ['zstd ; q=0.5 , br; Q=0.8', 'br'],
  ['zstd;q=0, br;q=0.000, gzip', 'gzip'],
  ['gzip;q=0', undefined],
  ['deflate', undefined],
  ['identity', undefined],
  ['identity, gzip;q=0.5', undefined],
  ['identity;q=0.5, gzip', 'gzip'],
  ['identity;q=0.5, gzip;q=0.5', 'gzip'],
  ['identity;q=0, gzip', 'gzip', true],
  ['*;q=0, br;q=0.1', 'br', true],
  ['identity;q=0', undefined],
  ['*;q=0', undefined],
  ['*', 'gzip'],
  ['br;q=0.5, *', 'gzip'],
  ['gzip;q=0, *', undefined],
  ['*, identity;q=0', 'gzip', true],
  ['gzip;q=2', undefined],
  ['gzip;level=9', undefined],
  ['gz ip, "br", zstd;q=x', undefined],
])('%s → %s', (accepted, coding, always = false) => {
  expect(codingFor(accepted)).toEqual({ coding, always })
})
