import { expect, test } from 'vitest'
import { withoutSecrets } from './secret-fields.ts'

test('passwords and user data are replaced, wherever they stand', () => {
  expect(
    withoutSecrets({
      name: 'web',
      adminPassword: 'A1',
      server: { adminPass: 'A2', nics: [{ user_data: 'A3' }] },
    }),
  ).toEqual({
    name: 'web',
    adminPassword: '<adminPassword>',
    server: { adminPass: '<adminPass>', nics: [{ user_data: '<user_data>' }] },
  })
})
