import type { RawRequest, TestHouse } from '../helpers/house.ts'
import {
  accessKeys,
  base64,
  bearers,
  cookies,
  foreignTokens,
  passwords,
  pem,
  privateKeys,
  secretKeys,
  securityTokens,
  signedSecrets,
  strays,
  textOf,
} from './canary-list.ts'
import { CREATE, IMAGES, PLACE, START } from './canary-requests.ts'

const secret = textOf(secretKeys)
const other = textOf(secretKeys, 1)
const signed = textOf(signedSecrets)
const stray = textOf(strays)
const password = textOf(passwords)
const escaped = encodeURIComponent(signed)

export const goodKeys = [`X-Access-Key: ${textOf(accessKeys)}`, `X-Secret-Key: ${secret}`]
const JSON_LINE = 'Content-Type: application/json'

const get = (target: string, ...headers: string[]): RawRequest => ({
  target,
  headers: [...goodKeys, ...headers],
})
const put = (body: string | object, ...headers: string[]): RawRequest => ({
  method: 'PUT',
  target: '/api/instances/start',
  headers: [...goodKeys, JSON_LINE, ...headers],
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const create = (more: object): RawRequest => ({
  ...put({ ...CREATE, ...more }),
  method: 'POST',
  target: '/api/instances',
})
const rawCall = (method: string, target: string, body = '', ...headers: string[]): RawRequest => ({
  method,
  target: `/api/raw/ecs/${target}`,
  headers: [...goodKeys, JSON_LINE, ...headers],
  ...(body ? { body } : {}),
})

/** Secrets where nobody should put them. */
export const places: Readonly<Record<string, RawRequest>> = {
  ...Object.fromEntries(
    [
      'secretkey',
      'secret_key',
      'SecretKey',
      'secretKay',
      'sk',
      'SK',
      'aksk',
      'pwd',
      'passw',
      'x-secret-key',
      'token',
    ].map((name) => [`a query under ${name}`, get(`${IMAGES}&${name}=${escaped}`)]),
  ),
  ...Object.fromEntries(
    ['secretkey', 'secret_key', 'SecretKey', 'sk', 'adminpass', 'passwd', 'privateKey', 'key'].map((name) => [
      `a body under ${name}`,
      put({ ...START, [name]: signed }),
    ]),
  ),
  'a create under a name of another': create({
    adminPasswort: password,
    user_dataa: pem(textOf(privateKeys)),
  }),
  'a create in a number and a list': create({ adminPassword: [password], userData: { text: other } }),
  'another secret in the query': get(`${IMAGES}&accessKey=${textOf(accessKeys, 1)}&secretKey=${other}`),
  'another secret in the body': put({ ...START, accessKey: textOf(accessKeys, 1), secretKey: other }),
  'headers given twice': get(IMAGES, `X-Secret-Key: ${other}`, `X-Secret-Key: ${signed}`),
  'a query given twice': get(`${IMAGES}&secretKey=${secret}&secretKey=${other}`),
  'a secret without its access key': { target: IMAGES, headers: [`X-Secret-Key: ${other}`] },
  'a security token alone': { target: IMAGES, headers: [`X-Security-Token: ${textOf(securityTokens)}`] },
  'both swapped': {
    target: IMAGES,
    headers: [`X-Access-Key: ${other}`, `X-Secret-Key: ${textOf(accessKeys)}`],
  },
  'Basic without a colon': { target: IMAGES, headers: [`Authorization: Basic ${base64(other)}`] },
  'Basic that is no base64': { target: IMAGES, headers: [`Authorization: Basic ${other}!`] },
  'Bearer of ours': { target: IMAGES, headers: [`Authorization: Bearer ${textOf(bearers)}`] },
  'Bearer of another': { target: IMAGES, headers: [`Authorization: Bearer ${textOf(foreignTokens)}`] },
  'a scheme that is Huawei’s': get(IMAGES, `Authorization: SDK-HMAC-SHA256 Access=A, Signature=${other}`),
  'a scheme that nobody knows': { target: IMAGES, headers: [`Authorization: ${other} ${stray}`] },
  'a cookie': get(IMAGES, `Cookie: session=${textOf(cookies)}; secretKey=${other}`),
  Referer: get(IMAGES, `Referer: http://localhost/?secretKey=${other}#${stray}`),
  Origin: get(IMAGES, `Origin: http://${other}.example`),
  Host: { target: IMAGES, headers: [...goodKeys, `Host: ${other}.example`] },
  'User-Agent': get(IMAGES, `User-Agent: ${other}`),
  Accept: get(IMAGES, `Accept: ${other}/*`),
  'Content-Type': put('{}', `Content-Type: ${other}/x`),
  'X-Request-Id': get(IMAGES, `X-Request-Id: ${other}`),
  'X-Request-Timeout': get(IMAGES, `X-Request-Timeout: ${other}`),
  'X-Forwarded-For': get(IMAGES, `X-Forwarded-For: ${other}`),
  'the path of nothing': get(`/api/${other}`),
  'the path of nearly something': get(`/api/images/${other}/${stray}`),
  'the path of a server': get(`/api/instances/${other}?${new URLSearchParams(PLACE)}`),
  'the path of a server, with signs': get(`/api/instances/${escaped}?${new URLSearchParams(PLACE)}`),
  'the path of a job': get(`/api/jobs/${other}?${new URLSearchParams(PLACE)}`),
  'a fragment': get(`${IMAGES}#${other}`),
  'a login in an absolute URL': get(`http://${other}:${stray}@localhost${IMAGES}`),
  'an escape that is broken': get(`${IMAGES}&secretKey=${other}%zz`),
  'the region': get(`/api/images?regionId=${other}`),
  'the project': get(`/api/images?regionId=cn-south-1&projectId=${escaped}`),
  'a method': { method: other, target: IMAGES, headers: goodKeys },
  'JSON that breaks off': put(`{"accessKey":"A","secretKey":"${other}`),
  'JSON with a comma too many': put(`{"secretKey":"${other}","adminPassword":"${stray}",}`),
  'JSON with no quotes': put(`{secretKey:${other}}`),
  'JSON given twice': put(`{"secretKey":"${other}","secretKey":"${stray}"}`),
  'JSON that is a text': put(JSON.stringify(other)),
  'a form': put(`secretKey=${other}`, 'Content-Type: application/x-www-form-urlencoded'),
  'a raw path': rawCall('GET', `v1/${other}?${new URLSearchParams(PLACE)}`),
  'a raw service': { target: `/api/raw/${other}/v1/x?regionId=cn-south-1`, headers: goodKeys },
  'a raw query': rawCall('GET', `v1/x?regionId=cn-south-1&secretKey=${other}`),
  'a raw header': rawCall('GET', 'v1/x?regionId=cn-south-1', '', `X-Auth-Token: ${textOf(foreignTokens)}`),
  'a raw body': rawCall(
    'POST',
    `v1/{project_id}/x?${new URLSearchParams(PLACE)}`,
    `{"adminPass":"${password}"}`,
  ),
  'a raw body that is no JSON': rawCall(
    'POST',
    `v1/{project_id}/x?${new URLSearchParams(PLACE)}`,
    `key ${other}`,
  ),
}

/** Names are told to whoever wrote them, so that they find them; they are kept nowhere. */
export const names: Readonly<Record<string, RawRequest>> = {
  'the name of a header': get(IMAGES, `X-${other}: 1`),
  'the name of a parameter': get(`${IMAGES}&${other}=1`),
  'the name of a parameter of a write': { ...put(START), target: `/api/instances/start?${other}=1` },
  'the name of a field': put({ ...START, [other]: 1 }),
}

/** Bytes that are no request, and that no part of this server has seen as one. */
export const garbage: Readonly<Record<string, (house: TestHouse) => string>> = {
  'a first line': () => `${other}\r\n\r\n`,
  'a version': ({ url }) => `GET / HTTP/${other}\r\nHost: ${new URL(url).host}\r\n\r\n`,
  'a header without a colon': ({ url }) => `GET / HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${other}\r\n\r\n`,
  'a header with a control sign': ({ url }) =>
    `GET / HTTP/1.1\r\nHost: ${new URL(url).host}\r\nX-Secret-Key: ${other}\u0001\r\n\r\n`,
  'a length': ({ url }) => `PUT / HTTP/1.1\r\nHost: ${new URL(url).host}\r\nContent-Length: ${other}\r\n\r\n`,
  'a chunk': ({ url }) =>
    `PUT /api/instances/start HTTP/1.1\r\nHost: ${new URL(url).host}\r\n${JSON_LINE}\r\nTransfer-Encoding: chunked\r\n\r\n${other}\r\n`,
  'headers too large': ({ url }) =>
    `GET / HTTP/1.1\r\nHost: ${new URL(url).host}\r\nX-Secret-Key: ${other.repeat(2_000)}\r\n\r\n`,
}
