import { SANDBOX_USER } from './keys.ts'
import { account } from './projects.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'

/** https://support.huaweicloud.com/api-iam/iam_08_0001.html: the account has one user, and it is not to be changed. */
export const userRows: readonly Row[] = [
  { name: 'KeystoneListUsers', method: 'GET', path: '/v3/users', handle: listUsers },
  { name: 'KeystoneShowUser', method: 'GET', path: '/v3/users/{user_id}', handle: showUser },
]

const base = 'https://iam.myhuaweicloud.com'

const user = {
  pwd_status: true,
  domain_id: account.domainId,
  last_project_id: '',
  name: SANDBOX_USER.name,
  description: '',
  password_expires_at: null,
  links: { next: null, previous: null, self: `${base}/v3/users/${account.userId}` },
  id: account.userId,
  enabled: true,
  pwd_strength: 'high',
}

function listUsers({ query }: Ask): Answer {
  const domain = query.get('domain_id') ?? user.domain_id
  const isFound =
    (query.get('name') ?? user.name) === user.name &&
    domain === user.domain_id &&
    (query.get('enabled') ?? 'true').toLowerCase() === 'true'
  return ok({
    links: { next: null, previous: null, self: `${base}/v3/users` },
    users: isFound ? [user] : [],
  })
}

function showUser({ params }: Ask): Answer {
  const id = params.user_id ?? ''
  if (id !== account.userId) throw new Refusal(404, '404', `Could not find user: ${id}.`)
  return ok({ user })
}
