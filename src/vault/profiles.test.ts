import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { credentialsFile, readSections } from './credentials-file.ts'
import type { Found, Keys } from './keys.ts'
import { profileKeys } from './profiles.ts'

const SECRET = 'canary-secret-0001'
const keys = (accessKey: string): Keys => ({ accessKey, secretKey: SECRET })
const none = (place: string): Found => ({ missing: `${place} has none` })

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hca-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'credentials')
  writeFileSync(file, text)
  return file
}

describe('where a profile is looked for', () => {
  const asked: string[] = []
  const find = (has: { environment?: true; file?: true; metadata?: true }) => {
    asked.length = 0
    return profileKeys({
      environment: has.environment ? keys('ENV') : {},
      file: (section) => {
        asked.push(`[${section}]`)
        return has.file ? { keys: keys('FILE') } : none('file')
      },
      metadata: async () => {
        asked.push('metadata')
        return has.metadata ? { keys: keys('META') } : none('metadata')
      },
    })
  }
  const all = { environment: true, file: true, metadata: true } as const

  test.each([
    ['environment', all, 'ENV', []],
    ['metadata', all, 'META', ['metadata']],
    ['ci', all, 'FILE', ['[ci]']],
    ['basic', all, 'FILE', ['[basic]']],
    ['default', all, 'ENV', []],
    ['default', { file: true, metadata: true } as const, 'FILE', ['[basic]']],
    ['default', { metadata: true } as const, 'META', ['[basic]', 'metadata']],
    ['toString', all, 'FILE', ['[toString]']],
  ])('%s of %j', async (profile, has, accessKey, places) => {
    expect(await find(has)(profile)).toEqual({ keys: keys(accessKey) })
    expect(asked).toEqual(places)
  })

  test('nowhere: every place is named, no value is', async () => {
    expect(await find({})('default')).toEqual({
      missing:
        'environment: no HUAWEICLOUD_SDK_AK and no HUAWEICLOUD_SDK_SK; file has none; metadata has none',
    })
    expect(await find({ file: true })('environment')).toHaveProperty('missing')
  })

  test('half of a pair is none, and what would break a header is none', async () => {
    const ask = (environment: object) =>
      profileKeys({ environment, file: () => none('file'), metadata: () => none('metadata') })('environment')
    expect(await ask({ accessKey: 'A' })).toEqual({ missing: 'environment: no HUAWEICLOUD_SDK_SK' })
    const broken = await ask({ accessKey: 'A', secretKey: `${SECRET}\r\nx-evil: 1` })
    expect(broken).toEqual({ missing: expect.stringContaining('secretKey') })
    expect(JSON.stringify(broken)).not.toContain(SECRET)
  })
})

describe('the credentials file', () => {
  test('has a profile in each section, in the official spelling', () => {
    const file = fileWith(
      `\uFEFF# keys\r\n[basic]\r\nak = A1\r\nsk=S1\r\n\r\n; others\n[ ci ]\n AK : A2\n sk =  S=2#;x \nproject_id = p2\nsecurity_token = t2\niam_endpoint = https://x\n[empty]\n`,
    )
    const read = credentialsFile(file)
    expect(read('basic')).toEqual({ keys: { accessKey: 'A1', secretKey: 'S1' } })
    expect(read('ci')).toEqual({
      keys: { accessKey: 'A2', secretKey: 'S=2#;x', projectId: 'p2', securityToken: 't2' },
    })
    expect(read('empty')).toEqual({ missing: `${file} [empty]: no ak and no sk` })
    expect(read('other')).toEqual({ missing: `${file}: no section [other]` })
  })

  test('is read again when it has changed, even to the same length, and when it comes back', () => {
    const file = fileWith('[a]\nak=A1\nsk=S1\n')
    const read = credentialsFile(file)
    expect(read('a')).toMatchObject({ keys: { accessKey: 'A1' } })
    writeFileSync(file, '[a]\nak=A2\nsk=S1\n')
    expect(read('a')).toMatchObject({ keys: { accessKey: 'A2' } })
    rmSync(file)
    expect(read('a')).toEqual({ missing: `${file}: no such file` })
    writeFileSync(file, '[a]\nak=A3\nsk=S1\n')
    expect(read('a')).toMatchObject({ keys: { accessKey: 'A3' } })
  })

  test('that cannot be one is none', () => {
    expect(credentialsFile(undefined)('a')).toHaveProperty('missing')
    expect(credentialsFile(tmpdir())('a')).toEqual({ missing: `${tmpdir()}: cannot be read (EISDIR)` })
    const long = fileWith(`[a]\nak=A\nsk=S\n${'#'.repeat(300_000)}`)
    expect(credentialsFile(long)('a')).toHaveProperty('missing')
  })

  test('lines that are neither section nor value are passed over', () => {
    const sections = readSections('ak=before\n[a]\nnonsense\n=x\n[b\nsk=1\nsk=2\n[a]\nak=3\n')
    expect([...sections.keys()]).toEqual(['a'])
    expect([...(sections.get('a') ?? [])]).toEqual([
      ['sk', '2'],
      ['ak', '3'],
    ])
  })
})
