import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { hashOf, newToken, proves, readToken, written } from './token.ts'
import { openTokenStore, type TokenStore } from './token-store.ts'

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hca-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'a', 'b', 'tokens.db')
}

async function open(file: string, access: 'read' | 'change' | 'make' = 'make'): Promise<TokenStore> {
  const store = await openTokenStore(file, access)
  if (!store) return expect.fail('there is no file')
  onTestFinished(() => store.close())
  return store
}

const row = (id: string) => ({
  id,
  hash: new Uint8Array(hashOf('secret')),
  profile: 'p',
  scopes: ['read', 'iam'],
  created: 1,
})

test('what is kept comes back as it was', async () => {
  const file = newFile()
  const store = await open(file)
  const full = {
    ...row('b'),
    name: 'ci, main',
    regions: ['cn-north-4', 'la-south-2'],
    expires: 2,
    created: 0,
  }
  store.add(row('a'))
  store.add(full)
  expect(store.list()).toEqual([full, row('a')])
  expect(store.find('a')).toEqual(row('a'))
  expect(store.find("a' OR '1'='1")).toBeUndefined()
})

test('another that has it open sees what is added and revoked', async () => {
  const file = newFile()
  const writer = await open(file)
  writer.add(row('a'))
  const reader = await open(file, 'read')
  expect(reader.find('a')).toEqual(row('a'))
  expect(writer.revoke('a', 5)).toEqual({ ...row('a'), revoked: 5 })
  expect(reader.find('a')?.revoked).toBe(5)
  expect(writer.revoke('a', 9)?.revoked).toBe(5)
  expect(writer.revoke('b', 9)).toBeUndefined()
  expect(() => reader.add(row('c'))).toThrow()
})

test('only making makes a file, for its owner alone', async () => {
  const file = newFile()
  expect(await openTokenStore(file, 'read')).toBeUndefined()
  expect(await openTokenStore(file, 'change')).toBeUndefined()
  expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined()
  await open(file)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700)
})

test.each<[what: string, make: (file: string) => void, says: RegExp]>([
  ['a text', (file) => writeFileSync(file, 'x'), /no token file/],
  ["another program's database", (file) => void database(file, 'CREATE TABLE t (x)'), /no token file/],
  [
    'one of a later version',
    (file) => void database(file, `PRAGMA application_id = ${0x48434154}; PRAGMA user_version = 2`),
    /another version/,
  ],
])('%s is refused and left as it is', async (_, make, says) => {
  const file = join(newFile(), '..', '..', '..', 'other.db')
  make(file)
  const before = statSync(file)
  for (const access of ['read', 'change', 'make'] as const)
    await expect(openTokenStore(file, access)).rejects.toThrow(says)
  expect(statSync(file)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs })
})

function database(file: string, sql: string): void {
  const made = new DatabaseSync(file)
  made.exec(sql)
  made.close()
}

test('a token reads as it was written, and only its own secret proves it', () => {
  for (let count = 0; count < 200; count += 1) {
    const token = newToken()
    expect(readToken(written(token))).toEqual(token)
  }
  const { secret } = newToken()
  expect(proves(secret, hashOf(secret))).toBe(true)
  expect(proves(`${secret}x`, hashOf(secret))).toBe(false)
  expect(proves(secret, undefined)).toBe(false)
})
