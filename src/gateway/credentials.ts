import type { IncomingHttpHeaders } from 'node:http'
import { type Caller, masked } from '../huaweicloud/caller.ts'
import { GatewayError, type Violation } from './errors.ts'

/** What one place of a request says about keys; any part may be missing. */
export type GivenKeys = Partial<Record<'accessKey' | 'secretKey' | 'securityToken', string>>

export interface KeySources {
  headers: IncomingHttpHeaders
  query: GivenKeys
  body: GivenKeys
}

export interface FoundKeys {
  /** Undefined when something is missing or wrong. */
  caller?: Caller
  /** What is missing, by name. */
  missing: string[]
  violations: Violation[]
  conflict: boolean
  /** Everything in this request that must never be repeated, used or not. */
  secrets: string[]
  inUrl: boolean
  /** Whether there is anything at all. */
  given: boolean
}

/**
 * Keys arrive in four places and leave in none. In this order: headers, HTTP Basic, query, body. Access
 * and secret key come from one of them; the security token may stand in a header beside.
 */
export function findKeys({ headers, query, body }: KeySources): FoundKeys {
  const sources = [ofHeaders(headers), ofBasic(headers), query, body].filter(
    (keys) => Object.keys(keys).length > 0,
  )
  const chosen =
    sources.find((keys) => keys.accessKey && keys.secretKey) ??
    sources.find((keys) => keys.accessKey ?? keys.secretKey)
  const securityToken = chosen?.securityToken ?? sources.find((keys) => keys.securityToken)?.securityToken
  const violations = sources.flatMap(malformed)
  const conflict = (['accessKey', 'secretKey', 'securityToken'] as const).some(
    (name) => values(sources, name).size > 1,
  )
  const missing = (['accessKey', 'secretKey'] as const).filter((name) => !chosen?.[name])
  const { accessKey, secretKey } = chosen ?? {}
  return {
    ...(accessKey && secretKey && violations.length === 0 && !conflict
      ? { caller: { accessKey, secretKey, ...(securityToken ? { securityToken } : {}) } }
      : {}),
    missing,
    violations,
    conflict,
    secrets: [...values(sources, 'secretKey'), ...values(sources, 'securityToken')],
    inUrl: Object.keys(query).length > 0,
    given: sources.length > 0,
  }
}

/** How a caller appears in logs: whoever came with a token by its id. */
export const shown = ({ caller, tokenId }: { caller?: Caller; tokenId?: string }): string | undefined =>
  tokenId === undefined ? caller && masked(caller.accessKey) : `token:${tokenId}`

const values = (sources: GivenKeys[], name: keyof GivenKeys): Set<string> =>
  new Set(sources.map((keys) => keys[name]).filter((value) => value !== undefined))

function ofHeaders(headers: IncomingHttpHeaders): GivenKeys {
  return given({
    accessKey: single(headers['x-access-key']),
    secretKey: single(headers['x-secret-key']),
    securityToken: single(headers['x-security-token']),
  })
}

/** https://www.rfc-editor.org/rfc/rfc7617: user-id and password are our two keys. */
function ofBasic(headers: IncomingHttpHeaders): GivenKeys {
  const [, encoded] = /^basic +([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '') ?? []
  if (!encoded) return {}
  if (Object.keys(headers).some((name) => name.startsWith('sec-fetch-')))
    throw new GatewayError('BASIC_FROM_BROWSER')
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  return colon < 0
    ? given({ accessKey: text })
    : given({ accessKey: text.slice(0, colon), secretKey: text.slice(colon + 1) })
}

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

function given({ accessKey, secretKey, securityToken }: { [Name in keyof GivenKeys]: string | undefined }) {
  const keys: GivenKeys = {}
  if (accessKey) keys.accessKey = accessKey
  if (secretKey) keys.secretKey = secretKey
  if (securityToken) keys.securityToken = securityToken
  return keys
}

/** These go into headers and signatures: anything but visible ASCII would break one or the other. */
const FORMS = {
  accessKey: {
    form: /^[\w.-]{1,128}$/,
    says: 'must be 1 to 128 letters, digits, dots, dashes or underscores',
  },
  secretKey: { form: /^[\x21-\x7e]{1,256}$/, says: 'must be 1 to 256 visible ASCII characters' },
  securityToken: { form: /^[\x21-\x7e]{1,8192}$/, says: 'must be 1 to 8192 visible ASCII characters' },
} as const

function malformed(keys: GivenKeys): Violation[] {
  // As it stands, the secret would be shown as access keys are, in logs and by Huawei.
  if (keys.accessKey?.length === 40 && /^[A-Z0-9]{20}$/.test(keys.secretKey ?? ''))
    return [
      { field: 'accessKey', description: 'looks like the secret key, and secretKey like the access key' },
    ]
  return (['accessKey', 'secretKey', 'securityToken'] as const).flatMap((name) => {
    const value = keys[name]
    if (value === undefined) return []
    if (/^\{\{.*\}\}$/.test(value))
      return [{ field: name, description: 'is still a placeholder: put your own key here' }]
    return FORMS[name].form.test(value)
      ? []
      : [{ field: name, description: FORMS[name].says, hostile: true as const }]
  })
}
