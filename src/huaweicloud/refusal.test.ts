import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Refusal, readRefusal, refusalInSuccess } from './refusal.ts'

type Said = Omit<Refusal, 'body'>

const NOVA = { badRequest: 400, itemNotFound: 404, conflictingRequest: 409, forbidden: 403, overLimit: 413 }

/** Every shape of huawei-wire.md §6.1. */
const shapes: [origin: string, body: unknown, said: Said][] = [
  [
    'API gateway',
    { error_msg: 'Incorrect IAM authentication information', error_code: 'APIGW.0301', request_id: '5b6c' },
    { code: 'APIGW.0301', message: 'Incorrect IAM authentication information', requestId: '5b6c' },
  ],
  [
    'API gateway, older prefix',
    { error_msg: 'm', error_code: 'APIG.0308' },
    { code: 'APIG.0308', message: 'm' },
  ],
  ['ECS', { error: { message: 'm', code: 'Ecs.0005' } }, { code: 'Ecs.0005', message: 'm' }],
  [
    'ECS with details',
    { error: { message: 'm', code: 'Ecs.0005', details: [{ code: 'Ecs.0039', message: 'd' }] } },
    { code: 'Ecs.0005', message: 'm', detailCode: 'Ecs.0039' },
  ],
  [
    'ECS with details spelled the other way',
    { error: { message: 'm', code: 'Ecs.0005', details: [{ error_code: 'Ecs.0039' }] } },
    { code: 'Ecs.0005', message: 'm', detailCode: 'Ecs.0039' },
  ],
  [
    'ECS with no details in the list',
    { error: { message: 'm', code: 'c', details: [] } },
    { code: 'c', message: 'm' },
  ],
  [
    'ECS with odd details',
    { error: { message: 'm', code: 'c', details: [null, 'x', { code: 'd' }] } },
    { code: 'c', message: 'm', detailCode: 'd' },
  ],
  [
    'ECS with details that are no list',
    { error: { message: 'm', code: 'c', details: 'd' } },
    { code: 'c', message: 'm' },
  ],
  [
    'ECS batch',
    {
      error: { message: 'm', code: 'Ecs.0020' },
      internalError: [{ id: 's1', error_code: 'Ecs.0114', error_message: 'n' }],
    },
    { code: 'Ecs.0020', message: 'm' },
  ],
  ...Object.entries(NOVA).map(([name, code]): [string, unknown, Said] => [
    `Nova ${name}`,
    { [name]: { message: 'm', code } },
    { code: name, message: 'm' },
  ]),
  [
    'Nova computeFault',
    { computeFault: { message: 'm', code: 500 } },
    { code: 'computeFault', message: 'm' },
  ],
  [
    'Ecs.1000 with Nova inside its text',
    { error: { code: 'Ecs.1000', message: '{"itemNotFound": {"message": "x", "code": 404}}' } },
    { code: 'Ecs.1000', message: '{"itemNotFound": {"message": "x", "code": 404}}' },
  ],
  ['VPC v1', { code: 'VPC.0003', message: 'm' }, { code: 'VPC.0003', message: 'm' }],
  ['VPC v1 without a text', { code: 'VPC.0003', message: '' }, { code: 'VPC.0003', message: '' }],
  [
    'VPC v3',
    { request_id: 'r', error_code: 'VPC.0201', error_msg: 'm' },
    { code: 'VPC.0201', message: 'm', requestId: 'r' },
  ],
  [
    'Neutron',
    { NeutronError: { type: 'SecurityGroupNotFound', message: 'm', detail: 'd' } },
    { code: 'SecurityGroupNotFound', message: 'm d' },
  ],
  [
    'Neutron without detail',
    { NeutronError: { type: 'T', message: 'm', detail: '' } },
    { code: 'T', message: 'm' },
  ],
  [
    'IAM keystone',
    { error: { code: 401, message: 'requires authentication', title: 'Unauthorized' } },
    { code: 'Unauthorized', message: 'requires authentication' },
  ],
  ['IAM keystone without title', { error: { code: 404, message: 'm' } }, { code: '404', message: 'm' }],
  ['IAM newer', { error_code: 'IAM.0011', error_msg: 'm' }, { code: 'IAM.0011', message: 'm' }],
  [
    'IAM newer, encoded',
    { error_code: 'IAM.0003', error_msg: 'm', encoded_authorization_message: 'XhsBc' },
    { code: 'IAM.0003', message: 'm' },
  ],
  [
    'policy denial',
    { error: { code: 'Pdp.0001', message: "Policy doesn't allow x." }, encoded_authorization_message: 'e' },
    { code: 'Pdp.0001', message: "Policy doesn't allow x." },
  ],
  ['nested, gateway spelling', { error: { error_code: 'a', error_msg: 'b' } }, { code: 'a', message: 'b' }],
  ['a code without a text', { error_code: 'a' }, { code: 'a' }],
  ['a text without a code', { error_msg: 'b' }, { message: 'b' }],
  ['a number for a code', { error_code: 1109, error_msg: 'b' }, { code: '1109', message: 'b' }],
  [
    'nested before flat',
    { error: { code: 'a', message: 'b' }, code: 'c', message: 'd' },
    { code: 'a', message: 'b' },
  ],
  ['nothing known', { hint: 'x', deep: { er: 1 } }, {}],
  ['an empty error', { error: {} }, {}],
  [
    'an empty error beside a code',
    { error: {}, error_code: 'a', error_msg: 'b' },
    { code: 'a', message: 'b' },
  ],
  ['an error of null', { error: null, error_code: 'a' }, { code: 'a' }],
  ['an error in plain words', { error: 'nope' }, {}],
  ['fields of odd types', { error: { code: ['a'], message: { x: 1 } } }, {}],
  ['an empty object', {}, {}],
]

describe('readRefusal', () => {
  test.each(shapes)('%s', (_, body, said) => {
    expect(readRefusal(JSON.stringify(body))).toEqual({ ...said, body })
    expect(readRefusal(`\r\n${JSON.stringify(body, null, 2)}\n`)).toEqual({ ...said, body })
  })

  test.each([
    ['HTML', '<html><body><h1>502 Bad Gateway</h1></body></html>'],
    ['words', 'upstream connect error'],
    ['half of JSON', '{"error":{"code":"Ecs.0005","mess'],
    ['two of JSON', '{"error_code":"a"}{"error_code":"b"}'],
    ['null', 'null'],
  ])('%s keeps its text', (_, text) => expect(readRefusal(text)).toEqual({ body: text }))

  test.each([
    ['an array', [{ error_code: 'a', error_msg: 'b' }]],
    ['an empty array', []],
    ['a text', 'no'],
    ['a number', 0],
    ['a truth', false],
  ])('%s of JSON is kept as it is', (_, body) => expect(readRefusal(JSON.stringify(body))).toEqual({ body }))

  test.each(['', ' ', '\r\n\t'])('%j says nothing', (text) => expect(readRefusal(text)).toEqual({}))

  test('names from a prototype mean nothing, and pollute nothing', () => {
    const text = '{"__proto__":{"message":"m","polluted":1},"constructor":1}'
    expect(readRefusal(text)).toMatchObject({ code: '__proto__', message: 'm' })
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('never fails, and never loses what was said', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const { code, message, detailCode, requestId, body } = readRefusal(text)
        for (const part of [code, message, detailCode, requestId]) expect(typeof (part ?? '')).toBe('string')
        let parsed: unknown
        try {
          parsed = JSON.parse(text) ?? text
        } catch {
          parsed = text
        }
        expect(body).toEqual(text.trim() === '' ? undefined : parsed)
      }),
    )
  })
})

describe('refusalInSuccess', () => {
  test.each<[what: string, body: unknown, said: Said]>([
    [
      'flow control',
      { error: { code: 'Common.0024', message: 'exceeds flow over limit' } },
      { code: 'Common.0024', message: 'exceeds flow over limit' },
    ],
    [
      'the gateway’s way',
      { error_code: 'Common.0024', error_msg: 'm', request_id: 'r' },
      { code: 'Common.0024', message: 'm', requestId: 'r' },
    ],
    ['a code alone', { error_code: 'a' }, { code: 'a' }],
  ])('%s is a refusal', (_, body, said) =>
    expect(refusalInSuccess(JSON.stringify(body))).toEqual({ ...said, body }),
  )

  test.each([
    ['a job', { job_id: 'j' }],
    ['a job that tells of an error', { job_id: 'j', error_code: 'x', error_msg: 'm' }],
    ['no error', { error_code: null, error_msg: null }],
    ['an error without a code', { error: { message: 'm' } }],
    ['a thing that has a code and a message of its own', { code: 'x', message: 'm' }],
    ['a thing with a message within', { server: { message: 'm' } }],
    ['an empty object', {}],
    ['an array', [{ error_code: 'x' }]],
    ['nothing', ''],
  ])('%s is none', (_, body) => expect(refusalInSuccess(JSON.stringify(body))).toBeUndefined())

  test.each(['', '{', 'null', '<html>'])('%j is none', (text) =>
    expect(refusalInSuccess(text)).toBeUndefined(),
  )
})
