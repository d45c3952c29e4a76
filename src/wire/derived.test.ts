import { hkdfSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { derivedInfo, derivedKey, derivedStringToSign, signDerived } from './derived.ts'
import { canonicalRequest, EMPTY_PAYLOAD_HASH, type Signable, sha256 } from './signature.ts'

const ACCESS_KEY = 'AKIDEXAMPLE0000000001'
const SECRET_KEY = 'SKsecretEXAMPLEkey00000000000000000000001'
const DATE = '20260101T000000Z'
const PROJECT = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'
const INFO = '20260101/cn-north-4/ecs'

const flavors: Signable = {
  method: 'GET',
  path: `/v1/${PROJECT}/cloudservers/flavors`,
  query: [['availability_zone', 'cn-north-4a']],
  headers: [
    ['Host', 'ecs.cn-north-4.myhuaweicloud.com'],
    ['X-Project-Id', PROJECT],
    ['X-Sdk-Date', DATE],
  ],
  payloadHash: EMPTY_PAYLOAD_HASH,
}
const CANONICAL_HASH = '6268aeafebfac9712f4221ce461974056478e3f9917e585fbf22b586f5c61658'

describe('V6, what Huawei’s own derived signer makes of a flavor list', () => {
  test('info names day, region and service', () => {
    expect(derivedInfo(DATE, 'cn-north-4', 'ecs')).toBe(INFO)
  })

  test('the canonical request is the one of the plain algorithm', () => {
    expect(sha256(canonicalRequest(flavors))).toBe(CANONICAL_HASH)
  })

  test('the key is the hex text of HKDF, salt access key, secret key as input', () => {
    const okm = Buffer.from(hkdfSync('sha256', SECRET_KEY, ACCESS_KEY, INFO, 32))
    expect(derivedKey(ACCESS_KEY, SECRET_KEY, INFO)).toBe(okm.toString('hex'))
  })

  test('the string to sign has a line for the info', () => {
    expect(derivedStringToSign(canonicalRequest(flavors), DATE, INFO)).toBe(
      `V11-HMAC-SHA256\n20260101T000000Z\n20260101/cn-north-4/ecs\n${CANONICAL_HASH}`,
    )
  })

  test('the header', () => {
    expect(signDerived(flavors, ACCESS_KEY, SECRET_KEY, DATE, INFO)).toBe(
      'V11-HMAC-SHA256 Credential=AKIDEXAMPLE0000000001/20260101/cn-north-4/ecs, ' +
        'SignedHeaders=host;x-project-id;x-sdk-date, ' +
        'Signature=ebd2e9d4c9402b99230450ed061272b087a2eb0ba9b542931540ec204b46a073',
    )
  })
})

test.each([
  ['day', '20260102/cn-north-4/ecs'],
  ['region', '20260101/eu-west-101/ecs'],
  ['service', '20260101/cn-north-4/ims'],
])('a key is worth nothing on another %s', (_, info) => {
  expect(derivedKey(ACCESS_KEY, SECRET_KEY, info)).not.toBe(derivedKey(ACCESS_KEY, SECRET_KEY, INFO))
})
