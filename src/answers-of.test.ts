import { expect, test } from 'vitest'
import { cacheOf, compressionOf } from './answers-of.ts'
import { type Environment, readSettings } from './settings.ts'

const read = (env: Environment) => readSettings({}, env)

test.each([
  [{}, false],
  [{ HCA_HOST: '0.0.0.0' }, true],
  [{ HCA_HOST: '0.0.0.0', HCA_COMPRESS: 'off' }, false],
  [{ HCA_COMPRESS: 'on' }, true],
])('with %j lists are compressed: %s', (env, on) => {
  expect(compressionOf(read(env))).toEqual({ on, from: 16_384 })
})

test('nothing is kept unless it is set for how long', () => {
  expect(cacheOf(read({})).ttlMs).toEqual({ flavors: 0, images: 0 })
  expect(cacheOf(read({ HCA_CACHE_TTL_FLAVORS: '1.5' })).ttlMs).toEqual({ flavors: 1_500, images: 0 })
})
