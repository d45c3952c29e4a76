import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { looksLikeKey, PASSED_NAME, readQuery, searchOf } from './query.ts'

test('whatever was encoded is read back, in order, repeats kept', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (pairs) => {
      const search = pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
      expect(readQuery(search)).toEqual(pairs)
    }),
  )
})

test('forms encode spaces as plus', () => {
  expect(readQuery('a+b=c+d%2B')).toEqual([['a b', 'c d+']])
})

test.each([
  ['', []],
  ['&&', []],
  ['a', [['a', '']]],
  ['a=', [['a', '']]],
  ['=a', [['', 'a']]],
  ['a=b=c', [['a', 'b=c']]],
  [
    'a=?&b=/',
    [
      ['a', '?'],
      ['b', '/'],
    ],
  ],
])('%j', (search, pairs) => expect(readQuery(search)).toEqual(pairs))

test.each(['%', '%z', '%zz', '%ff', '%c0%ae', 'a=%e4%b8', '%u0041=1'])('%s is broken', (search) => {
  expect(() => readQuery(search)).toThrow(expect.objectContaining({ reason: 'MALFORMED_URL' }))
})

test.each([
  [undefined, ''],
  ['/a', ''],
  ['/a?', ''],
  ['/a?b', 'b'],
  ['/a?b?c', 'b?c'],
  ['http://h/a?b=?', 'b=?'],
])('the search of %s is %j', (url, search) => expect(searchOf(url)).toBe(search))

describe('names', () => {
  // From Huawei's manuals of the lists we have.
  const huaweis = `limit offset marker name status flavor ip ip_eq tags not-tags enterprise_project_id
    reservation_id server_id in_recycle_bin expect-fields availability_zone id key sort_key sort_dir
    __imagetype __isregistered __os_bit __os_type __platform __support_kvm __whole_image __account_code
    protected visibility owner container_format disk_format min_ram min_disk tag member_status created_at
    updated_at flavor_id architecture virtual_env_type __system__cmkid vpc_id parent_id domain_id enabled
    is_domain page per_page task_id disk_type asc key_name keypair zone charging_mode spid_type launched_at`

  test.each(huaweis.split(/\s+/))('%s passes', (name) => {
    expect(looksLikeKey(name)).toBe(false)
    expect(name).toMatch(PASSED_NAME)
  })

  test.each(
    'secret secretkey SecretKey secret_key acessKey accessKeyy accesskeyid AK sk x-ak my_sk sK aksk pwd passwd password token x-auth-token securityToken credential X-Sdk-Signature secretid secreTId'.split(
      ' ',
    ),
  )('%s looks like a key', (name) => expect(looksLikeKey(name)).toBe(true))
})
