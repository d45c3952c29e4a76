import { SANDBOX_USER } from './keys.ts'
import type { Call, Heard, TestCloud } from './test-client.ts'

/** Replaces the signature by a token. */
export const bearing = (call: Call, token: string | undefined): Call => ({
  ...call,
  tamper: ({ headers }) => ({
    headers: [
      ...headers.filter(([name]) => !['authorization', 'x-sdk-date'].includes(name.toLowerCase())),
      ...(token === undefined ? [] : ([['X-Auth-Token', token]] as [string, string][])),
    ],
  }),
})

export const byPassword = (changes: object = {}) => ({
  methods: ['password'],
  password: {
    user: {
      name: SANDBOX_USER.name,
      password: SANDBOX_USER.password,
      domain: { name: SANDBOX_USER.domain },
      ...changes,
    },
  },
})

export function askForToken(cloud: TestCloud, auth: object, call: Partial<Call> = {}): Promise<Heard> {
  return cloud.call(
    bearing(
      { host: 'iam.myhuaweicloud.com', method: 'POST', path: '/v3/auth/tokens', body: { auth }, ...call },
      undefined,
    ),
  )
}

export async function tokenFor(cloud: TestCloud, scope: object = { project: { name: 'cn-north-4' } }) {
  const heard = await askForToken(cloud, { identity: byPassword(), scope })
  return String(heard.headers['x-subject-token'])
}
