import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js'
import { DerivedAKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/DerivedAKSKSigner.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { derivedInfo, signDerived } from '../src/wire/derived.ts'
import {
  EMPTY_PAYLOAD_HASH,
  encode,
  type Pair,
  readAuthorization,
  type Signable,
  sha256,
  sign,
  verify,
} from '../src/wire/signature.ts'
import {
  ACCESS_KEY,
  type Arrived,
  anyRequest,
  arrive,
  credentials,
  officially,
  REGION,
  SECRET_KEY,
  SERVICE,
  type Stated,
} from './helpers/official-signer.ts'

const signable = ({ headers, body, ...rest }: Arrived, names: Iterable<string>): Signable => ({
  ...rest,
  headers: [...names].map((name): Pair => [name, headers.get(name) ?? '']),
  payloadHash: headers.get('x-sdk-content-sha256') ?? (body === '' ? EMPTY_PAYLOAD_HASH : sha256(body)),
})

const signedByClient = ({ headers }: Arrived) => [...headers.keys()].filter((name) => name !== 'user-agent')
const dateOf = ({ headers }: Arrived) => headers.get('x-sdk-date') ?? ''

function ours(stated: Stated): string {
  const arrived = arrive(stated)
  return sign(signable(arrived, signedByClient(arrived)), ACCESS_KEY, SECRET_KEY, dateOf(arrived))
}

/** As a server does it: with nothing but what arrived, the header and the secret key. */
function accepts(arrived: Arrived, authorization: string): boolean {
  const read = readAuthorization(authorization)
  if (!read) return false
  return verify(signable(arrived, read.signedHeaders), SECRET_KEY, dateOf(arrived), read.signature)
}

const runs = { numRuns: 1_000 }

test('Huawei’s signer and ours write the same header', () => {
  const same = fc.property(anyRequest, (stated) => {
    expect(ours(stated)).toBe(officially(stated))
  })
  fc.assert(same, runs)
})

test('Huawei’s derived signer and ours write the same header', () => {
  const same = fc.property(anyRequest, (stated) => {
    const arrived = arrive(stated)
    const date = dateOf(arrived)
    const request = signable(arrived, signedByClient(arrived))
    const header = signDerived(request, ACCESS_KEY, SECRET_KEY, date, derivedInfo(date, REGION, SERVICE))
    expect(header).toBe(officially(stated, DerivedAKSKSigner))
  })
  fc.assert(same, runs)
})

describe('what Huawei’s signer signs', () => {
  /** Another character in place of one, or one where there was none. */
  function flip(value: string, at: number): string {
    const signs = [...value]
    const index = at % Math.max(signs.length, 1)
    signs[index] = signs[index] === 'x' ? 'y' : 'x'
    return signs.join('')
  }

  const flips: Record<string, (arrived: Arrived, at: number) => Arrived> = {
    path: (arrived, at) => {
      const path = flip(decodeURIComponent(arrived.path), at)
      return { ...arrived, path: path.split('/').map(encode).join('/') }
    },
    query: (arrived, at) => {
      const query = [...arrived.query]
      const index = at % Math.max(query.length, 1)
      const [name, value] = query[index] ?? ['', '']
      query[index] = at % 2 ? [flip(name, at), value] : [name, flip(value, at)]
      return { ...arrived, query }
    },
    header: (arrived, at) => {
      const names = signedByClient(arrived)
      const name = names[at % names.length] ?? ''
      return {
        ...arrived,
        headers: new Map(arrived.headers).set(name, flip(arrived.headers.get(name) ?? '', at)),
      }
    },
    body: (arrived, at) => ({ ...arrived, body: flip(arrived.body, at) }),
  }

  test('our verify accepts', () => {
    const accepted = fc.property(anyRequest, (stated) => accepts(arrive(stated), officially(stated)))
    fc.assert(accepted, runs)
  })

  test.each(Object.entries(flips))(
    'our verify refuses with one character of the %s changed',
    (part, change) => {
      // With UNSIGNED-PAYLOAD in place of its hash a body is not signed at all.
      const signed =
        part === 'body' ? anyRequest.filter(({ headers }) => !hasUnsignedBody(headers)) : anyRequest
      const refused = fc.property(signed, fc.nat(), (stated, at) => {
        return !accepts(change(arrive(stated), at), officially(stated))
      })
      fc.assert(refused, runs)
    },
  )

  const hasUnsignedBody = (headers: Stated['headers']) => 'X-Sdk-Content-Sha256' in headers
})

describe('the departures we exclude are still there', () => {
  const plain: Stated = {
    method: 'GET',
    host: 'ecs.cn-north-4.myhuaweicloud.com',
    path: '/v1',
    query: {},
    headers: { 'X-Sdk-Date': '20260101T000000Z' },
    body: undefined,
  }
  const withHeader = (name: string, value: string) => ({ headers: { ...plain.headers, [name]: value } })

  test('a plain request has none of them', () => {
    expect(ours(plain)).toBe(officially(plain))
  })

  test('4: arrays of the query are sorted in place', () => {
    const id = ['b', 'a']
    AKSKSigner.sign(
      { method: 'GET', endpoint: 'https://h/', queryParams: { id }, headers: plain.headers },
      credentials,
    )
    expect(id).toEqual(['a', 'b'])
  })

  test.each<[departure: string, stated: Partial<Stated>, arrived: Partial<Arrived>]>([
    ['3: a string body is stringified again for its hash', { body: '{}' }, { body: '{}' }],
    ['3: a falsy body is hashed as none', { body: 0 }, { body: '0' }],
    ['5: null is signed as text and sent as nothing', { query: { a: null } }, { query: [['a', '']] }],
    ['6: header values are not trimmed', withHeader('x-b', ' b '), {}],
    ['6: header lines go by locale, their names by code', withHeader('x_sdk', '1'), {}],
    ['7: a space in a path is encoded twice', { path: '/a b' }, {}],
    ['7: an encoded space in a path is encoded twice', { path: '/a%20b' }, {}],
    ['7: so is a single quote', { path: "/a'b" }, {}],
    ['10: a date in another format is rewritten', withHeader('X-Sdk-Date', '2026-01-01T00:00:00Z'), {}],
  ])('%s', (_, stated, arrived) => {
    const request = { ...plain, ...stated }
    expect(accepts({ ...arrive(request), ...arrived }, officially(request))).toBe(false)
  })
})
