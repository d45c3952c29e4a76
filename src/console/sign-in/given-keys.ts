import type { Session } from '../session/store.ts'

type Field = 'accessKey' | 'secretKey' | 'securityToken' | 'token'
type Fault = 'missingAccessKey' | 'missingSecretKey' | 'missingToken' | 'oddToken' | 'oddCharacters'

export function sessionOf(kind: Session['kind'], given: (field: Field) => string): Session {
  if (kind === 'token') return { kind, token: given('token') }
  const securityToken = given('securityToken')
  return {
    kind,
    accessKey: given('accessKey'),
    secretKey: given('secretKey'),
    ...(securityToken ? { securityToken } : {}),
  }
}

/** What can be told without asking anybody; a header could not even carry anything but visible ASCII. */
export function faultsOf(session: Session): Partial<Record<Field, Fault>> {
  if (session.kind === 'token') {
    const { token } = session
    if (token === '') return { token: 'missingToken' }
    if (!token.startsWith('hca_')) return { token: 'oddToken' }
    return isVisibleAscii(token) ? {} : { token: 'oddCharacters' }
  }
  const { accessKey, secretKey, securityToken = '' } = session
  const access =
    accessKey === '' ? 'missingAccessKey' : isVisibleAscii(accessKey) ? undefined : 'oddCharacters'
  const secret =
    secretKey === '' ? 'missingSecretKey' : isVisibleAscii(secretKey) ? undefined : 'oddCharacters'
  return {
    ...(access ? { accessKey: access } : {}),
    ...(secret ? { secretKey: secret } : {}),
    ...(isVisibleAscii(securityToken) ? {} : { securityToken: 'oddCharacters' as const }),
  }
}

const isVisibleAscii = (text: string) => /^[\x21-\x7e]*$/.test(text)
