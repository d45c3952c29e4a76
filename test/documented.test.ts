import { describe, expect, test } from 'vitest'
import { documented, holdToDocument } from './helpers/documented.ts'

describe('answers are held against the document', () => {
  const held = 'http://document.test'
  holdToDocument([held])
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
    status,
    headers: new Headers({
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': 'x',
      ...headers,
    }),
    text: JSON.stringify(body),
    json: body,
  })
  const regions = (value: unknown, more: object = {}) => ({
    data: { '@type': 'type.googleapis.com/google.protobuf.Struct', value },
    ...more,
  })
  const problem = (code: number, more: object = {}) => ({
    error: {
      code,
      status: 'INVALID_ARGUMENT',
      message: 'No.',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'INVALID_ARGUMENT',
          domain: 'huawei-cloud-api',
          metadata: {},
          ...more,
        },
      ],
    },
  })
  const good = regions({ regions: [{ Endpoint: 'https://x', Id: 'x' }] })

  test('good ones pass', () => {
    expect(() => documented('GET', `${held}/api/regions`, answer(200, good))).not.toThrow()
    expect(() => documented('GET', `${held}/api/regions`, answer(400, problem(400)))).not.toThrow()
    expect(() => documented('GET', `${held}/nowhere`, answer(404, problem(404)))).not.toThrow()
  })

  test.each([
    ['a field too much in the envelope', 'GET', '/api/regions', answer(200, { ...good, more: 1 })],
    ['a field of another type', 'GET', '/api/regions', answer(200, regions({ regions: 'none' }))],
    ['a field that is missing', 'GET', '/api/regions', answer(200, regions({ regions: [{ Id: 'x' }] }))],
    ['a status nobody told of', 'GET', '/api/regions', answer(207, good)],
    ['Huawei’s status where nobody is asked', 'GET', '/api/regions', answer(502, problem(502))],
    ['a header nobody told of', 'GET', '/api/regions', answer(200, good, { 'x-surprise': '1' })],
    ['a promised header that is missing', 'GET', '/api/vpcs', answer(429, problem(429))],
    ['a header of another form', 'GET', '/api/regions', answer(401, problem(401), { 'retry-after': 'soon' })],
    ['a type nobody told of', 'GET', '/api/regions', answer(200, good, { 'content-type': 'text/html' })],
    ['an error that tells another status', 'GET', '/api/regions', answer(400, problem(404))],
    ['an error with a field too much', 'GET', '/api/regions', answer(400, problem(400, { stack: '…' }))],
    ['an error of another form for no operation', 'GET', '/nowhere', answer(404, { message: 'Not Found' })],
    ['a success of nothing', 'GET', '/nowhere', answer(200, good)],
  ])('%s does not', (_, method, path, got) => {
    expect(() => documented(method, `${held}${path}`, got)).toThrow(/not as documented/)
  })
})
