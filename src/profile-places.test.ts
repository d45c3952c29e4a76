import { describe, expect, test } from 'vitest'
import { profilePlaces, usualTokenFile } from './profile-places.ts'
import { readSettings } from './settings.ts'

describe('the token file, where nothing names one', () => {
  test.each<[env: Record<string, string>, file: string | undefined]>([
    [{ HOME: '/home/me' }, '/home/me/.local/state/huawei-cloud-api/tokens.db'],
    [{ HOME: '/home/me', XDG_STATE_HOME: '/state' }, '/state/huawei-cloud-api/tokens.db'],
    [
      { HOME: '/home/me', XDG_STATE_HOME: 'not/absolute' },
      '/home/me/.local/state/huawei-cloud-api/tokens.db',
    ],
    [{ HOME: '/home/me', XDG_STATE_HOME: '' }, '/home/me/.local/state/huawei-cloud-api/tokens.db'],
    [{}, undefined],
  ])('%j', (env, file) => {
    expect(usualTokenFile(env)).toBe(file)
    expect(readSettings({}, env).tokenFile).toBe(file)
  })

  test('a named one wins', () => {
    const env = { HOME: '/home/me', HCA_TOKEN_FILE: '/a.db' }
    expect(readSettings({}, env).tokenFile).toBe('/a.db')
    expect(readSettings({ 'token-file': '/b.db' }, env).tokenFile).toBe('/b.db')
  })
})

test('the credentials file is where the official SDKs have it', () => {
  const file = (env: Record<string, string>) => profilePlaces(env).credentialsFile
  expect(file({ HOME: '/home/me' })).toBe('/home/me/.huaweicloud/credentials')
  expect(file({ HOME: '/home/me', HUAWEICLOUD_SDK_CREDENTIALS_FILE: '/keys' })).toBe('/keys')
  expect(file({})).toBeUndefined()
})
