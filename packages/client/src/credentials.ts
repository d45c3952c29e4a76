export interface KeyPair {
  readonly accessKey: string
  readonly secretKey: string
  /** Of temporary keys. */
  readonly securityToken?: string | undefined
}

export interface GatewayToken {
  /** `hca_…`, a token of the gateway that stands for keys kept there. */
  readonly token: string
}

export type Credentials = KeyPair | GatewayToken | { readonly accessKey?: never; readonly token?: never }

const HEADERS = {
  accessKey: 'X-Access-Key',
  secretKey: 'X-Secret-Key',
  securityToken: 'X-Security-Token',
  token: 'Authorization',
} as const

type Name = keyof typeof HEADERS

/** The headers of the keys. What could not stand in a header is refused here, since `fetch` would quote it. */
export function keyHeaders(given: Partial<Record<Name, string | undefined>>): Record<string, string> {
  const { accessKey, secretKey, securityToken, token } = given
  const hasPair = accessKey !== undefined || secretKey !== undefined || securityToken !== undefined
  if (token !== undefined && hasPair) throw new TypeError('give a token or keys, not both')
  if (hasPair && (!accessKey || !secretKey)) throw new TypeError('accessKey and secretKey belong together')
  const said: Partial<Record<Name, string | undefined>> = { accessKey, secretKey, securityToken, token }
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => {
      if (value === undefined) return []
      if (!/^[\x21-\x7e]+$/.test(value))
        throw new TypeError(`${name} is empty or holds blanks or other letters`)
      return [[HEADERS[name as Name], name === 'token' ? `Bearer ${value}` : value]]
    }),
  )
}

/** Takes secrets out of a text of somebody else's, such as what a `fetch` has thrown. */
export function hider(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.filter((one) => one !== undefined && one.length > 3) as string[]
  return (text) =>
    known
      .reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
      .replaceAll(/\/\/[^/@\s]+@/g, '//***@')
}
