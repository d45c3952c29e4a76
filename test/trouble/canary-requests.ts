import { CREATE_FIELDS } from '../helpers/create-fields.ts'
import type { RawRequest } from '../helpers/house.ts'
import {
  accessKeys,
  base64,
  type Canary,
  passwords,
  pem,
  privateKeys,
  secretKeys,
  securityTokens,
  signedSecrets,
  textOf,
  userData,
} from './canary-list.ts'

/** Good requests that reach Huawei Cloud, with secrets in every place and spelling that is one of ours. */
export interface Planted {
  readonly what: string
  readonly request: RawRequest
}

export const PLACE = { regionId: 'cn-south-1', projectId: 'p-1' }
export const IMAGES = `/api/images?${new URLSearchParams(PLACE)}`
const token = textOf(securityTokens)

/** Each with a pair of its own, so that what is remembered of one is nothing to another. */
let used = 0
const pair = () => {
  const n = used++
  const secrets: readonly Canary[] = [...secretKeys, ...signedSecrets]
  return {
    accessKey: textOf(accessKeys, n % accessKeys.length),
    secretKey: textOf(secrets, n % secrets.length),
  }
}
const headersOf = ({ accessKey, secretKey } = pair()) => [
  `X-Access-Key: ${accessKey}`,
  `X-Secret-Key: ${secretKey}`,
  `X-Security-Token: ${token}`,
]
const inUrl = (pairs: Record<string, string>) => new URLSearchParams(pairs).toString()
const write = (method: string, target: string, body: object, headers = headersOf()): RawRequest => ({
  method,
  target,
  headers: ['Content-Type: application/json', ...headers],
  body: JSON.stringify(body),
})
export const START = { ...PLACE, servers: ['ins-1'] }
export const CREATE = {
  ...PLACE,
  ...CREATE_FIELDS,
}
const create = (more: object) => write('POST', '/api/instances', { ...CREATE, ...more })
const server = (more: object) => write('POST', '/api/instances', { ...PLACE, server: { name: 'x', ...more } })
const queried = (n: number, spelling = 'accessKey', before = '') => {
  const { accessKey, secretKey } = pair()
  const keys = {
    [spelling]: accessKey,
    secretKey: before + secretKey,
    securityToken: textOf(securityTokens, n),
  }
  return inUrl(keys)
}

export const planted: readonly Planted[] = [
  { what: 'headers', request: { target: IMAGES, headers: headersOf() } },
  {
    what: 'HTTP Basic',
    request: {
      target: IMAGES,
      headers: [
        `Authorization: Basic ${base64(Object.values(pair()).join(':'))}`,
        `X-Security-Token: ${token}`,
      ],
    },
  },
  { what: 'a query', request: { target: `${IMAGES}&${queried(1)}` } },
  { what: 'a query with secretId', request: { target: `${IMAGES}&${queried(2, 'secretId')}` } },
  { what: 'a query with one = too many', request: { target: `${IMAGES}&${queried(3, 'accessKey', '=')}` } },
  { what: 'the query of a write', request: write('PUT', `/api/instances/start?${queried(4)}`, START, []) },
  { what: 'a body', request: write('PUT', '/api/instances/stop', { ...START, ...pair() }, []) },
  {
    what: 'a body with secretId',
    request: write(
      'PUT',
      '/api/instances/reboot',
      {
        ...PLACE,
        instance_ids: ['ins-1'],
        secretId: textOf(accessKeys),
        secretKey: textOf(signedSecrets),
        securityToken: token,
      },
      [],
    ),
  },
  {
    what: 'the headers of a list that is read',
    request: { target: `${IMAGES}&all=true&fields=id`, headers: headersOf() },
  },
  {
    what: 'the headers of a list over regions',
    request: { target: '/api/instances?regionId=*', headers: headersOf() },
  },
  {
    what: 'the headers of a list in lines',
    request: { target: IMAGES, headers: ['Accept: application/x-ndjson', ...headersOf()] },
  },
  {
    what: 'the headers of a job',
    request: { target: `/api/jobs/job-1?${new URLSearchParams(PLACE)}&wait=1`, headers: headersOf() },
  },
  {
    what: 'the headers of the events of a job',
    request: { target: `/api/jobs/job-1/events?${new URLSearchParams(PLACE)}`, headers: headersOf() },
  },
  { what: 'a password', request: create({ adminPassword: textOf(passwords, 1) }) },
  { what: 'plain user data', request: create({ userData: textOf(userData), userDataEncoding: 'text' }) },
  { what: 'user data in base64', request: create({ userData: base64(textOf(userData, 1)) }) },
  {
    what: 'user data with a private key',
    request: create({ userData: pem(textOf(privateKeys)), userDataEncoding: 'text' }),
  },
  {
    what: 'a password that is set',
    request: write('PUT', '/api/instances/ins-1/password', { ...PLACE, password: textOf(passwords, 2) }),
  },
  {
    what: 'a server in Huawei’s words',
    request: server({ adminPass: textOf(passwords, 3), user_data: base64(textOf(userData, 2)) }),
  },
  {
    what: 'its metadata, where Windows has its password',
    request: server({ metadata: { admin_pass: textOf(passwords, 4) } }),
  },
  {
    what: 'other spellings in a server',
    request: server({ admin_password: textOf(passwords, 5), AdminPassword: textOf(passwords, 6) }),
  },
  {
    what: 'files of a server',
    request: server({
      personality: [{ path: '/root/.ssh/id', contents: base64(pem(textOf(privateKeys, 1))) }],
    }),
  },
  { what: 'a list of passwords', request: server({ adminPass: [textOf(passwords, 7)] }) },
]
