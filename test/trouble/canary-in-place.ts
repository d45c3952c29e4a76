// Imported for what it does, and before the tables of rows, which write the keys into their requests as they are made.
import { KEYS, keyHeaders } from '../helpers/house.ts'
import {
  accessKeys,
  base64,
  bearers,
  cookies,
  foreignTokens,
  passwords,
  proxyLogins,
  secretKeys,
  securityTokens,
  signedSecrets,
  strays,
  textOf,
  userData,
} from './canary-list.ts'
import { CREATE, keys } from './input-row.ts'

const accessKey = textOf(accessKeys)
const secretKey = textOf(secretKeys)

/** In headers where nobody should put them, which all rows with keys carry beside. */
const besides = {
  Cookie: `session=${textOf(cookies)}; secretKey=${textOf(secretKeys, 1)}`,
  Referer: `http://127.0.0.1/?accessKey=${textOf(accessKeys, 1)}&secretKey=${textOf(secretKeys, 2)}#${textOf(strays)}`,
  'Proxy-Authorization': `Basic ${base64(`${textOf(proxyLogins)}:${textOf(passwords)}`)}`,
  'X-Auth-Token': textOf(foreignTokens),
  'X-Api-Key': textOf(signedSecrets),
  [`X-${textOf(strays, 1)}`]: textOf(bearers),
}

Object.assign(KEYS, { accessKey, secretKey })
Object.assign(keyHeaders, {
  'x-access-key': accessKey,
  'x-secret-key': secretKey,
  'x-security-token': textOf(securityTokens),
  ...besides,
})
keys.splice(
  0,
  keys.length,
  `X-Access-Key: ${accessKey}`,
  `X-Secret-Key: ${secretKey}`,
  `X-Security-Token: ${textOf(securityTokens)}`,
  ...Object.entries(besides).map(([name, value]) => `${name}: ${value}`),
)
Object.assign(CREATE, { adminPassword: textOf(passwords, 1), userData: base64(textOf(userData)) })
