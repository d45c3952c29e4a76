import { sandboxKeys } from '../helpers/examples.ts'

const keys = Object.entries(sandboxKeys).map(([name, value]) => `${name}: ${value}`)
const HOST = 'Host: {host}'
const JSON_TYPE = 'Content-Type: application/json'

const lines = (first: string, ...more: string[]) => `${[first, HOST, ...more].join('\r\n')}\r\n\r\n`
const get = (target: string, ...more: string[]) => lines(`GET ${target} HTTP/1.1`, ...keys, ...more)

const sent = (method: string, target: string, body: string, ...more: string[]) =>
  lines(
    `${method} ${target} HTTP/1.1`,
    ...keys,
    JSON_TYPE,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...more,
  ) + body

const chunked = (target: string, chunks: string, ...more: string[]) =>
  lines(`PUT ${target} HTTP/1.1`, ...keys, JSON_TYPE, 'Transfer-Encoding: chunked', ...more) + chunks

const START = '{"regionId":"cn-south-1","servers":[{"id":"ins-r8hr2upy"}]}'
const RAW = '/api/raw/ecs/v1/{project_id}/cloudservers/detail?regionId=cn-east-2&limit=1'

/**
 * Requests as bytes, sound and odd, that mutations begin with; `{host}` is where the gateway listens. What broke
 * something once is added here too, beside its test.
 */
export const corpus: Readonly<Record<string, string>> = {
  list: get('/api/instances?regionId=cn-east-2&limit=1'),
  lines: get('/api/images?regionId=cn-south-1&all=true&fields=id,name', 'Accept: application/x-ndjson'),
  regions: get('/api/regions?regionType=ecs', 'Accept-Encoding: gzip', 'Accept-Language: zh-CN,zh;q=0.9'),
  'every region': get('/api/instances?regionId=*&sort=-created,name'),
  'keys in the URL': lines(
    'GET /api/images?accessKey=={key}&secretKey=SandboxSecretKeyForLocalUseOnly000000001&region=cn-south-1 HTTP/1.1',
  ),
  'basic, and a token beside it': lines(
    'GET /api/vpcs?regionId=cn-east-2 HTTP/1.1',
    `Authorization: Basic ${Buffer.from(Object.values(sandboxKeys).join(':')).toString('base64')}`,
    'X-Security-Token: x',
  ),
  item: get('/api/instances/ins-r8hr2upy?regionId=cn-east-2', 'X-Request-Timeout: 5'),
  head: lines('HEAD /openapi.json HTTP/1.1', 'If-None-Match: "a", W/"b"'),
  page: lines('GET / HTTP/1.0', 'Accept: text/html'),
  'from a browser': get(
    '/docs',
    'Sec-Fetch-Site: cross-site',
    'Sec-Fetch-Mode: navigate',
    'Sec-Fetch-Dest: document',
    'Origin: http://{host}',
  ),
  preflight: lines(
    'OPTIONS /api/instances HTTP/1.1',
    'Origin: https://evil.example',
    'Access-Control-Request-Method: POST',
  ),
  start: sent('PUT', '/api/instances/start', START, 'Prefer: wait=1'),
  'start in the old spelling': sent(
    'PUT',
    '/api/instances/start',
    '{"region":"cn-south-1","instance_ids":["ins-5d8a23rs"],"secretId":"SANDBOXACCESSKEY0001","secretKey":"x"}',
  ),
  create: sent(
    'POST',
    '/api/instances',
    '{"regionId":"cn-east-2","name":"f","imageId":"88faab67-9e31-48d9-8027-f8a025da94de","instanceType":"ac6.12xlarge.2","vpcId":"v","nics":[{"subnetId":"s"}],"rootVolume":{"volumeType":"SSD"},"count":1e0,"dryRun":true}',
    'Idempotency-Key: a1',
  ),
  'a hostile body': sent('POST', '/api/vpcs', '{"__proto__":{"a":[[[[[[[]]]]]]]},"\\u005f_proto__":1e999}'),
  chunks: chunked(
    '/api/instances/stop',
    `10;a=b\r\n${START.slice(0, 16)}\r\n${(START.length - 16).toString(16)}\r\n${START.slice(16)}\r\n0\r\nX-T: 1\r\n\r\n`,
    'Trailer: X-T',
  ),
  'expected first': sent('PUT', '/api/instances/reboot', START, 'Expect: 100-continue'),
  'length and chunks': chunked('/api/instances/stop', '0\r\n\r\n', 'Content-Length: 5'),
  'two lengths': sent('PUT', '/api/instances/stop', '{}', 'Content-Length: 3'),
  'raw read': get(RAW),
  'raw write': sent('POST', '/api/raw/vpc/v1/{project_id}/vpcs?regionId=cn-east-2', '{"vpc":{}}'),
  'raw somewhere': get('/api/raw/ecs/..%2f..%2fv3/auth/tokens?regionId=cn-east-2&regionId=x'),
  events: get('/api/jobs/none/events?regionId=cn-east-2', 'Accept: text/event-stream', 'Last-Event-ID: a'),
  'three at once': get('/livez') + get('/api/quotas?regionId=cn-east-2') + get('/metrics'),
  'a body where none is taken': sent('DELETE', '/api/vpcs/x?regionId=cn-east-2', '{}') + get('/livez'),
  'no host': 'GET /livez HTTP/1.1\r\n\r\n',
  'two hosts': get('/livez', 'Host: evil.example'),
  'absolute target': lines('GET http://{host}/api/regions HTTP/1.1'),
  'another authority': lines('GET http://evil.example/api/regions HTTP/1.1'),
  tunnel: lines('CONNECT example.com:443 HTTP/1.1'),
  'a socket of another kind': get('/api/regions', 'Connection: Upgrade', 'Upgrade: websocket'),
  'another method': lines('QUERY /api/instances HTTP/1.1'),
  traced: lines('TRACE /livez HTTP/1.1', 'Max-Forwards: 0'),
  star: lines('OPTIONS * HTTP/1.1'),
  'a target that the router takes for a pattern': lines('OPTIONS *( HTTP/1.1'),
  'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  TLS: '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
  'HTTP/0.9': 'GET /livez\r\n',
  'the first word of HTTP/2, without a version': 'PRI *\r\n\r\n',
  'more behind the last request': 'POST /livez\r\n\r\n\0\n',
  'bare line ends': 'GET /livez HTTP/1.1\nHost: {host}\n\n',
  'folded line': get('/livez', 'X-A: 1\r\n 2'),
  'broken escapes': get('/api/images/%zz%ff%c0%ae?regionId=%00&a=%'),
  'many headers': get('/livez', ...Array.from({ length: 90 }, (_, index) => `X-${index}: ${index}`)),
  'a long path': get(`/api/${'a/'.repeat(1_000)}`),
  sandbox: get('/_sandbox/world'),
}
