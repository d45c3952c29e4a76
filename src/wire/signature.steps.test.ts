import { describe, expect, test } from 'vitest'
import {
  canonicalHeaders,
  canonicalPath,
  canonicalQuery,
  encode,
  type Pair,
  readAuthorization,
  sdkDate,
  signedHeaders,
} from './signature.ts'

describe('readAuthorization', () => {
  const hex = 'd7'.repeat(32)
  const good = `SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date, Signature=${hex}`

  test('takes blanks around the header and none after commas', () => {
    const parts = { accessKey: 'AK', signedHeaders: ['host', 'x-sdk-date'], signature: hex }
    expect(readAuthorization(` ${good} `)).toEqual(parts)
    expect(readAuthorization(good.replaceAll(', ', ','))).toEqual(parts)
  })

  test.each([
    '',
    'SDK-HMAC-SHA256',
    'Bearer abc',
    good.replace('SDK-HMAC-SHA256', 'V11-HMAC-SHA256'),
    good.replace('SDK-HMAC-SHA256', 'sdk-hmac-sha256'),
    good.replace('Access=AK', 'Access='),
    good.replace('Access=', 'Credential='),
    good.replace('host;x-sdk-date', ''),
    good.replace(', Signature', ' Signature'),
    good.slice(0, -1),
    `${good}0`,
    `${good}, Extra=1`,
    good.replace(hex, 'zz'.repeat(32)),
  ])('does not read %j', (header) => expect(readAuthorization(header)).toBeUndefined())
})

test('sdkDate is UTC in seconds, cut, not rounded', () => {
  expect(sdkDate(Date.UTC(2026, 0, 1))).toBe('20260101T000000Z')
  expect(sdkDate(Date.parse('2026-12-31T23:59:59.999+08:00'))).toBe('20261231T155959Z')
  expect(sdkDate(0)).toBe('19700101T000000Z')
})

test.each([
  ['AZaz09-_.~', 'AZaz09-_.~'],
  ["!'()*", '%21%27%28%29%2A'],
  [' +/=&%?#', '%20%2B%2F%3D%26%25%3F%23'],
  ['é测😀', '%C3%A9%E6%B5%8B%F0%9F%98%80'],
  ['\n\u0000', '%0A%00'],
])('encode(%j)', (text, encoded) => expect(encode(text)).toBe(encoded))

describe('canonicalPath', () => {
  test.each([
    ['', '/'],
    ['/', '/'],
    ['/v3/projects', '/v3/projects/'],
    ['/v3/projects/', '/v3/projects/'],
    ['/a//b', '/a//b/'],
    ['/%E6%B5%8B', '/%E6%B5%8B/'],
    ['/%e6%b5%8b', '/%E6%B5%8B/'],
    ['/测', '/%E6%B5%8B/'],
    ['/a%20b', '/a%20b/'],
    ['/a+b', '/a%2Bb/'],
    ['/a:b*c', '/a%3Ab%2Ac/'],
    ['/%7Euser/%2D', '/~user/-/'],
    ['/a%2Fb', '/a%2Fb/'],
    ['/100%25', '/100%25/'],
  ])('%j is signed as %j', (path, canonical) => expect(canonicalPath(path)).toBe(canonical))

  test.each(['/%', '/%zz', '/%ff'])('%j is no encoded text and throws', (path) => {
    expect(() => canonicalPath(path)).toThrow(URIError)
  })
})

describe('canonicalQuery', () => {
  const cases: [what: string, query: Pair[], canonical: string][] = [
    ['nothing', [], ''],
    ['a space and a plus', [['q', 'a b+c']], 'q=a%20b%2Bc'],
    ['a star', [['q*', '*']], 'q%2A=%2A'],
    ['an empty value keeps its =', [['marker', '']], 'marker='],
    ['unicode in name and value', [['名', '测试']], '%E5%90%8D=%E6%B5%8B%E8%AF%95'],
    ['repeated names by value as text', ['9', '10', '2'].map((v) => ['a', v]), 'a=10&a=2&a=9'],
    ['upper case before lower', ['b', 'a', 'B', '_', 'Z'].map((name) => [name, '']), 'B=&Z=&_=&a=&b='],
    [
      'by raw name, not by encoded name',
      ['测', '~', 'a-', 'a'].map((n) => [n, '1']),
      'a=1&a-=1&~=1&%E6%B5%8B=1',
    ],
  ]
  test.each(cases)('%s', (_, query, canonical) => {
    const given = structuredClone(query)
    expect(canonicalQuery(query)).toBe(canonical)
    expect(query, 'the caller’s list is left as it was').toEqual(given)
  })
})

test('a header given twice has two lines, by value, and is named once', () => {
  const twice: Pair[] = [
    ['X-Tag', 'b'],
    ['x-tag', 'a'],
    ['Host', 'h'],
  ]
  expect(canonicalHeaders(twice)).toBe('host:h\nx-tag:a\nx-tag:b\n')
  expect(signedHeaders(twice)).toBe('host;x-tag')
})
