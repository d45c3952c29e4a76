/** Something planted that must come out nowhere. */
export interface Canary {
  readonly name: string
  readonly text: string
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'
const ALL = UPPER + LOWER + DIGITS

/** The same numbers each time, so that what leaks once leaks again (mulberry32). */
function numbers(seed: number): () => number {
  let at = seed
  return () => {
    at = (at + 0x6d2b79f5) | 0
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const random = numbers(0xca9a51e5)
const letters = (length: number, alphabet = ALL): string =>
  Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
/** Signs that every encoding writes another way, far enough apart that pieces between them can be found. */
const withSigns = (length: number, signs: string): string =>
  letters(length).replace(/.{9}/g, (nine) => nine + signs[Math.floor(random() * signs.length)])

const several = (name: string, count: number, make: () => string): Canary[] =>
  Array.from({ length: count }, (_, n) => ({ name: `${name} ${n + 1}`, text: make() }))

export const accessKeys = several('access key', 6, () => letters(20, UPPER + DIGITS))
export const secretKeys = several('secret key', 12, () => letters(40))
export const signedSecrets = several('secret key with signs', 4, () => withSigns(36, '+/=%&"\\'))
export const securityTokens = several('security token', 5, () => withSigns(160, '+/=-_'))
export const bearers = several(
  'token of this server',
  3,
  () => `hca_${letters(10, '0123456789abcdef')}_${letters(43)}`,
)
export const foreignTokens = several('token of another server', 3, () => withSigns(60, '-_.'))
export const passwords = several('password', 8, () => withSigns(18, '!@$%^-_=+[{}]:,./?'))
export const userData = several('user data', 4, () =>
  ['', letters(30), ` "${letters(24)}" \\ é`, letters(30), ''].join('\n'),
)
export const privateKeys = several('private key', 2, () => [letters(64), letters(64), letters(40)].join('\n'))
export const cookies = several('cookie', 2, () => letters(32))
export const proxyLogins = several('login of a proxy', 2, () => letters(16))
export const strays = several('secret in a wrong place', 6, () => letters(40))

/** All that are planted from the start; signatures join them as they are made. */
export const canaries: readonly Canary[] = [
  ...accessKeys,
  ...secretKeys,
  ...signedSecrets,
  ...securityTokens,
  ...bearers,
  ...foreignTokens,
  ...passwords,
  ...userData,
  ...privateKeys,
  ...cookies,
  ...proxyLogins,
  ...strays,
]

export const textOf = (list: readonly Canary[], n = 0): string => {
  const found = list[n]
  if (!found) throw new TypeError('there is no such canary')
  return found.text
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A private key as files have it. */
export const pem = (body: string): string =>
  `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`
