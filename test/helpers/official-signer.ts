// The signers are loaded file by file: the package's front door brings in its HTTP client and logger too.
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js'
import type { BaseCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BaseCredentials.js'
import type { DerivedAKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/DerivedAKSKSigner.js'
import fc from 'fast-check'
import { type Pair, sdkDate } from '../../src/wire/signature.ts'

export const ACCESS_KEY = 'AKIDEXAMPLE0000000001'
export const SECRET_KEY = 'SKsecretEXAMPLEkey00000000000000000000001'
export const REGION = 'cn-north-4'
export const SERVICE = 'ecs'
export const credentials = {
  getAk: () => ACCESS_KEY,
  getSk: () => SECRET_KEY,
  getRegionId: () => REGION,
  getDerivedAuthServiceName: () => SERVICE,
} as BaseCredentials

/** A request as a caller of the official SDK states it. */
export interface Stated {
  method: string
  host: string
  path: string
  query: Record<string, unknown>
  headers: Record<string, string>
  body: unknown
}

/** The same request as it arrives on the wire, parsed. */
export interface Arrived {
  method: string
  path: string
  query: Pair[]
  headers: Map<string, string>
  body: string
}

// Exclusions below are the departures of the official signer, by their numbers in the wire page, section 1.6.
// Not excluded: 1 (GET with a body), 2 (content-type signed), 9 (port in host). Above the signer: 8, 11, 12, 13.

const PLAIN = [...'abcXYZ019-._~']
const UNICODE = [...'éßЖ中文测试実机서버ا', '😀', '\u{20BB7}']
const text = (signs: readonly string[]) => fc.string({ unit: fc.constantFrom(...signs), maxLength: 12 })

const PROJECT = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'
const anyPath = fc
  .array(
    fc.oneof(
      fc.constantFrom('v1', 'v1.1', 'v2', PROJECT, 'cloudservers', 'b37fd80e-ac67-4d02-b9f1-9891c9c0fabf'),
      text(PLAIN),
      // 7: no space, quote, percent sign or whatever else Node's url.parse escapes: it would be encoded twice.
      text([...PLAIN, ...UNICODE, ...'+*=&!(),;:@$']),
    ),
    { maxLength: 6 },
  )
  // `.` and `..` never arrive: every HTTP client resolves them before it sends.
  .map((segments) => `/${segments.filter((segment) => !/^\.\.?$/.test(segment)).join('/')}`)

// 5: no null, undefined or nested object as a query value.
const queryText = fc.oneof(
  text([...PLAIN, ...UNICODE, ...' +*/=&~!\'()%?#"<>[]{}|\\^`:;,@$\n']),
  fc.string({ unit: 'binary' }),
)
const queryValue = fc.oneof(queryText, fc.constant(''), fc.integer(), fc.boolean())
const anyQuery = fc.dictionary(
  fc.oneof(fc.constantFrom('limit', 'offset', 'name', 'not-tags', '__imagetype', 'Zeta'), queryText),
  fc.oneof(queryValue, fc.array(queryValue, { maxLength: 4 })),
  { maxKeys: 6 },
)

// 6: no blanks around header values, and no names but letters, digits and hyphens.
const headerText = fc
  .string({ unit: fc.constantFrom(...PLAIN, ...' +*/=&!\'(),;:"é'), maxLength: 20 })
  .filter((value) => value === value.trim())
const headerName = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019-'), minLength: 1, maxLength: 10 })
  .map((name) => `X-T${name}`)
const anyHeaders = fc
  .tuple(
    fc.record(
      {
        'X-Project-Id': fc.constant(PROJECT),
        'X-Security-Token': text([...PLAIN, ...'+/=']).map((token) => `ggpjbi1ub3J0aC00${token}==`),
        'X-Client-Token': fc.uuid(),
        'X-Sdk-Content-Sha256': fc.constant('UNSIGNED-PAYLOAD'),
        'content-type': fc.constantFrom('application/json', 'application/octet-stream'),
      },
      { requiredKeys: [] },
    ),
    fc.uniqueArray(fc.tuple(headerName, headerText), {
      selector: ([name]) => name.toLowerCase(),
      maxLength: 4,
    }),
    // 10: X-Sdk-Date only in its own format.
    fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
  )
  .map(([known, extra, date]) => ({
    ...known,
    ...Object.fromEntries(extra),
    'X-Sdk-Date': sdkDate(date.getTime()),
  }))

export const anyRequest: fc.Arbitrary<Stated> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
  host: fc.constantFrom(
    'ecs.cn-north-4.myhuaweicloud.com',
    'iam.myhuaweicloud.com',
    '127.0.0.1:8080',
    'h.eu:8443',
  ),
  path: anyPath,
  query: anyQuery,
  headers: anyHeaders,
  // 3: no string as body (it would be stringified again), no falsy one but none at all.
  body: fc.oneof(
    fc.constant(undefined),
    fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'binary' })),
    fc.array(fc.jsonValue({ stringUnit: 'grapheme' })),
  ),
})

export function officially(
  stated: Stated,
  signer: typeof AKSKSigner | typeof DerivedAKSKSigner = AKSKSigner,
): string {
  const signed: { Authorization?: string } = signer.sign(
    {
      method: stated.method,
      endpoint: `https://${stated.host}${stated.path}`,
      queryParams: structuredClone(stated.query), // 4: arrays in it are sorted in place
      headers: stated.headers,
      data: stated.body,
    },
    credentials,
  )
  return signed.Authorization ?? ''
}

export function arrive(stated: Stated): Arrived {
  return {
    method: stated.method,
    path: new URL(`https://${stated.host}${stated.path}`).pathname,
    query: Object.entries(stated.query).flatMap(([name, value]) =>
      [value].flat().map((each): Pair => [name, String(each)]),
    ),
    headers: new Map([
      ['host', stated.host],
      ['user-agent', 'huaweicloud-usdk-nodejs/3.0'], // added after signing
      ...Object.entries(stated.headers).map(([name, value]): Pair => [name.toLowerCase(), value]),
    ]),
    body: stated.body === undefined ? '' : JSON.stringify(stated.body),
  }
}
