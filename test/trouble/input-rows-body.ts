import { expect } from 'vitest'
import { sandboxKeys } from '../helpers/examples.ts'
import { startHouse } from '../helpers/house.ts'
import {
  CREATE,
  create,
  createWith,
  each,
  type InputRow,
  JSON_LINE,
  keys,
  named,
  raw,
  START,
  START_PATH,
  start,
  startWith,
} from './input-row.ts'

const typed = (type: string | undefined, ...more: string[]) =>
  raw({
    method: 'PUT',
    target: START_PATH,
    headers: [...keys, ...(type === undefined ? [] : [`Content-Type: ${type}`]), ...more],
    body: JSON.stringify(START),
  })
const WRONG_TYPE = { status: 415, reason: 'UNSUPPORTED_CONTENT_TYPE', event: true } as const
const MALFORMED = { status: 400, word: 'INVALID_ARGUMENT', reason: 'MALFORMED_JSON' } as const
const malformed = (
  id: string,
  bodies: readonly (string | Buffer)[],
  message: RegExp,
  event?: true,
): InputRow[] =>
  each(bodies, (body) => ({
    id,
    what: `the body ${named(typeof body === 'string' ? body : body.toString('hex'))}`,
    send: start(body),
    expect: {
      ...MALFORMED,
      ...(event ? { event } : {}),
      more: ({ json, text }) => {
        expect(json.error.message).toMatch(message)
        expect(text).not.toContain('PLANTED')
      },
    },
  }))
const bad = (id: string, fields: readonly string[], changed: object): InputRow => ({
  id,
  what: `a create with ${named(JSON.stringify(changed))}`,
  send: createWith(changed),
  expect: { status: 400, reason: 'INVALID_ARGUMENT', fields },
})
const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`
const withStart = (more: string) => `${JSON.stringify(START).slice(0, -1)},${more}}`
/** Nothing takes that long that is refused by its shape. */
const quickly = (row: InputRow, ms: number): InputRow => ({
  ...row,
  what: `${row.what}, in ${ms} ms once warm`,
  async send(house) {
    for (let n = 0; n < 4; n += 1) await row.send(house)
    return row.send(house)
  },
  expect: {
    ...row.expect,
    more: async (_, { logged, log }) => {
      await logged(row.expect.event ? 6 : 5)
      const took = log.filter(({ msg }) => msg !== 'refused').map(({ ms: each }) => Number(each))
      // On a machine that does nothing else; the others are given more.
      expect(Math.min(...took)).toBeLessThanOrEqual(ms * 5)
    },
  },
})
const bySandbox = (changed: object): Pick<InputRow, 'start' | 'send'> => ({
  start: () => startHouse({ HCA_SANDBOX_PACE: 'at-once' }),
  send: raw({
    method: 'POST',
    target: '/api/instances',
    headers: [...Object.entries(sandboxKeys).map(([name, value]) => `${name}: ${value}`), JSON_LINE],
    body: JSON.stringify({ ...CREATE, ...changed }),
  }),
})

/** Bodies: their type, their form, what stands in them. */
export const bodyRows: InputRow[] = [
  ...each(
    ['text/plain', 'text/plain;charset=UTF-8'],
    (type): InputRow => ({
      id: 'I-79',
      what: `JSON as ${type}`,
      send: typed(type),
      expect: WRONG_TYPE,
    }),
  ),
  ...each(
    [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'text/xml',
      undefined,
    ],
    (type): InputRow => ({
      id: 'I-80',
      what: `a body as ${type ?? 'nothing'}`,
      send: typed(type),
      expect: WRONG_TYPE,
    }),
  ),
  ...each(
    [
      'application/json garbage',
      'application/jsonx',
      'application/json\t;charset=x',
      'application/json;',
      'application/json, text/plain',
      'text/plain; application/json',
      'application/json; x=y',
      'application/ json',
    ],
    (type): InputRow => ({
      id: 'I-81',
      what: `the type ${JSON.stringify(type)}`,
      send: typed(type),
      expect: WRONG_TYPE,
    }),
  ),
  ...each(
    ['utf-16', 'latin1', 'utf-8; charset=utf-16', 'UTF-7'],
    (charset): InputRow => ({
      id: 'I-82',
      what: `charset=${charset}`,
      send: typed(`application/json; charset=${charset}`),
      expect: WRONG_TYPE,
    }),
  ),
  ...each(
    ['gzip', 'br', 'identity, gzip', 'x'],
    (encoding): InputRow => ({
      id: 'I-83',
      what: `Content-Encoding: ${encoding}: UNSUPPORTED_CONTENT_TYPE`,
      send: typed('application/json', `Content-Encoding: ${encoding}`),
      expect: WRONG_TYPE,
    }),
  ),
  { id: 'I-84', what: 'an empty body', send: start(''), expect: MALFORMED },
  { id: 'I-84', what: 'a body of length 0', send: start('', 'Content-Length: 0'), expect: MALFORMED },
  { id: 'I-84', what: 'a body of white space', send: start('  \r\n'), expect: MALFORMED },
  ...malformed(
    'I-85',
    [
      '{PLANTED:1}',
      '{"a":1,}',
      '{"a":1}//PLANTED',
      '{"a":NaN}',
      "{'PLANTED':1}",
      '{"a":"\n"}',
      '{} {}',
      '{"a":01}',
      '{"a":.5}',
    ],
    /at character \d+|not valid/,
  ),
  ...malformed(
    'I-86',
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1')],
    /UTF-8/,
  ),
  ...malformed(
    'I-86',
    ['{"a":"\\ud800"}', '{"a":"\\udc00\\ud800"}', '{"\\ud83d":1}', '{"a":["\\ud800x"]}'],
    /surrogate/,
  ),
  {
    id: 'I-86',
    what: 'a whole pair of surrogates is a character like any other',
    send: createWith({ description: '\ud83d\ude00' }),
    expect: { status: 200, sent: 1 },
  },
  {
    id: 'I-87',
    what: 'a byte order mark is stripped',
    send: start(`\ufeff${JSON.stringify(START)}`),
    expect: { status: 200, sent: 1 },
  },
  ...malformed(
    'I-88',
    [
      '{"__proto__":{"a":1}}',
      '{"__pr\\u006fto__":{"a":1}}',
      '{"a":{"constructor":{"prototype":{"a":1}}}}',
      '{"\\u005f_proto__":1}',
    ],
    /not valid/,
    true,
  ),
  ...malformed(
    'I-89',
    [
      '{"regionId":"cn-south-1","regionId":"cn-north-4"}',
      withStart('"regionId":"cn-south-1"'),
      withStart('"region\\u0049d":"cn-south-1"'),
      '{"servers":[{"id":"ins-1","id":"PLANTED"}]}',
      '{"a":{"b":[{"c":1},{"c":2,"c":3}]}}',
      '{"":1,"":2}',
    ],
    /key twice in one object, at character \d+/,
  ),
  {
    id: 'I-89',
    what: 'the same key in two objects is no fault',
    send: startWith({ servers: [{ id: 'ins-1' }, { id: 'ins-2' }] }),
    expect: { status: 200, sent: 1 },
  },
  ...malformed(
    'I-90',
    [
      '{"a":12345678901234567890}',
      '{"a":1e309}',
      '{"a":-1e309}',
      '{"a":-0}',
      '{"a":[-0.0]}',
      '{"a":1e-400}',
      '{"a":9007199254740993}',
    ],
    /kept exactly/,
  ),
  ...each(
    [nested(33), nested(5_000), nested(100_000), '['.repeat(10_000)],
    (body): InputRow =>
      quickly(
        {
          id: 'I-91',
          what: `nesting in ${body.length} characters`,
          send: start(body),
          expect: { ...MALFORMED, event: true },
        },
        20,
      ),
  ),
  {
    id: 'I-91',
    what: 'nesting of 32 is no fault of JSON',
    send: start(nested(32)),
    expect: { status: 400, reason: 'INVALID_ARGUMENT' },
  },
  quickly(
    {
      id: 'I-92',
      what: '30,000 keys',
      send: start(`{${Array.from({ length: 30_000 }, (_, n) => `"${n.toString(36)}":1`).join(',')}}`),
      expect: { ...MALFORMED, event: true },
    },
    50,
  ),
  quickly(
    {
      id: 'I-92',
      what: '2,000 keys that look alike',
      send: start(`{${Array.from({ length: 2_000 }, (_, n) => `"${n * 65_536}":1`).join(',')}}`),
      expect: { status: 400 },
    },
    50,
  ),
  {
    id: 'I-92',
    what: '100,000 keys do not fit: BODY_TOO_LARGE',
    send: start(`{${Array.from({ length: 100_000 }, (_, n) => `"${n}":1`).join(',')}}`),
    expect: { status: 413, reason: 'BODY_TOO_LARGE', closes: true },
  },
  {
    id: 'I-93',
    what: 'a body announced one byte too long',
    send: start('', `Content-Length: ${256 * 1024 + 1}`),
    expect: { status: 413, reason: 'BODY_TOO_LARGE', closes: true },
  },
  {
    id: 'I-93',
    what: 'a body announced as 10 GB',
    send: start('', 'Content-Length: 10000000000'),
    expect: { status: 413, reason: 'BODY_TOO_LARGE', closes: true },
  },
  {
    id: 'I-93',
    what: 'chunks one byte too long',
    send: start(`40001\r\n${' '.repeat(0x40001)}\r\n0\r\n\r\n`, 'Transfer-Encoding: chunked'),
    expect: { status: 413, reason: 'BODY_TOO_LARGE' },
  },
  bad('I-94', ['imageID'], { imageID: 'x' }),
  bad('I-94', ['nics[0].subnet'], { nics: [{ subnetId: 'a', subnet: 'b' }] }),
  {
    id: 'I-94',
    what: 'an unknown property of an action',
    send: startWith({ force: true }),
    expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['force'] },
  },
  bad('I-95', ['count'], { count: '1' }),
  bad('I-95', ['name'], { name: 1 }),
  bad('I-95', ['count'], { count: true }),
  bad('I-95', ['autoRename'], { autoRename: 'true' }),
  ...each(
    ['[]', 'null', '1', '"x"', 'true', '[{}]'],
    (body): InputRow => ({
      id: 'I-96',
      what: `the body ${body}`,
      send: start(body),
      expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['regionId', 'body'] },
    }),
  ),
  {
    id: 'I-98',
    what: 'user data that is no base64',
    send: createWith({ userData: '#!PLANTED' }),
    expect: {
      status: 400,
      reason: 'INVALID_ARGUMENT',
      fields: ['userData'],
      more: ({ text }) => expect(text).not.toContain('PLANTED'),
    },
  },
  {
    id: 'I-98',
    what: "user data over 32 KiB is Huawei's to judge, and not repeated",
    ...bySandbox({ userData: Buffer.alloc(40_000, 'PLANTED').toString('base64') }),
    expect: {
      status: 400,
      more: ({ text }) => expect(text).not.toMatch(/PLANTED|UExBTlRF/),
    },
  },
  {
    id: 'I-98',
    what: "a password against the rules is Huawei's to judge, and not repeated",
    ...bySandbox({ adminPassword: 'PLANTEDPLANTED' }),
    expect: { status: 400, more: ({ text }) => expect(text).not.toContain('PLANTED') },
  },
  bad('I-99', ['count'], { count: 1.5 }),
  ...each(
    [{ count: 0 }, { count: -1 }, { count: 501 }, { rootVolume: { volumeType: 'SSD', size: 1e9 } }],
    (changed): InputRow => ({
      id: 'I-99',
      what: `${JSON.stringify(changed)} is Huawei's to judge`,
      ...bySandbox(changed),
      expect: { status: 400 },
    }),
  ),
  {
    id: 'I-120',
    what: 'a name that is markup, and one of 64 kB, pass as the JSON they are',
    send(house) {
      house.double?.answer('GET /v1', { body: JSON.stringify({ count: 1, servers: SERVERS }) })
      return raw({ target: '/api/instances?regionId=cn-south-1', headers: keys })(house)
    },
    expect: {
      status: 200,
      sent: 1,
      more: ({ headers, json }) => {
        expect(json.data.value.servers).toEqual(SERVERS)
        expect(headers.get('content-type')).toMatch(/^application\/json/)
        expect(headers.get('x-content-type-options')).toBe('nosniff')
      },
    },
  },
  {
    id: 'I-119',
    what: '1,000 ids are sent at once',
    send: startWith({ servers: Array.from({ length: 1_000 }, (_, n) => ({ id: `ins-${n}` })) }),
    expect: { status: 200, sent: 1 },
  },
  {
    id: 'I-119',
    what: '1,001 ids',
    send: startWith({ servers: Array.from({ length: 1_001 }, (_, n) => ({ id: `ins-${n}` })) }),
    expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['servers'] },
  },
  {
    id: 'I-119',
    what: 'ids that repeat are sent once',
    send: startWith({ servers: ['ins-1', 'ins-2', 'ins-1'] }),
    expect: {
      status: 200,
      sent: 1,
      more: (_, { double }) =>
        expect(JSON.parse(double?.requests.at(-1)?.body ?? '')).toEqual({
          'os-start': { servers: [{ id: 'ins-1' }, { id: 'ins-2' }] },
        }),
    },
  },
  {
    id: 'I-119',
    what: 'one bad id among good ones: nothing is sent',
    send: startWith({ servers: ['ins-1', 'a/b', 'ins-2'] }),
    expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['servers[1].id'] },
  },
  {
    id: 'I-84',
    what: 'no body at all of a create',
    send: create(''),
    expect: MALFORMED,
  },
]

const SERVERS = [
  '<img src=x onerror=alert(1)>',
  '\u202egnp.exe',
  '</script><script>',
  'n'.repeat(65_536),
].map((name, n) => ({ id: `ins-${n}`, name }))
