import { expect, test } from 'vitest'
import { faultsOf, sessionOf } from './given-keys.ts'

test('what is missing, or can be no key, is told before anybody is asked', () => {
  const given = (values: Record<string, string>) => (field: string) => values[field] ?? ''
  expect(faultsOf(sessionOf('keys', given({})))).toEqual({
    accessKey: 'missingAccessKey',
    secretKey: 'missingSecretKey',
  })
  expect(faultsOf(sessionOf('keys', given({ accessKey: 'AK', secretKey: 'a b' })))).toEqual({
    secretKey: 'oddCharacters',
  })
  expect(faultsOf(sessionOf('keys', given({ accessKey: 'AK', secretKey: 'SK' })))).toEqual({})
  expect(faultsOf(sessionOf('token', given({ token: 'AK' })))).toEqual({ token: 'oddToken' })
  expect(faultsOf(sessionOf('token', given({ token: 'hca_1_2' })))).toEqual({})
})
