import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { commandAt, sandboxEnv, typed } from './helpers/command-line.ts'
import { KEYS, ONCE, startBoth, startHouse } from './helpers/house.ts'
import { run } from './helpers/program.ts'
import { keyring } from './helpers/tokens.ts'

const ID = 'ins-r8hr2upy'
const CANARY = 'Canary-that-must-not-be-printed-0001'

/** A home with a credentials file. */
function homeWith(credentials: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'hca-home-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'credentials')
  writeFileSync(file, credentials)
  return { HUAWEICLOUD_SDK_CREDENTIALS_FILE: file, XDG_CONFIG_HOME: join(folder, 'config') }
}

const section = (name: string, key: string, secret: string) => `[${name}]\nak = ${key}\nsk = ${secret}\n`
const sandbox = section('play', sandboxEnv.HUAWEICLOUD_SDK_AK, sandboxEnv.HUAWEICLOUD_SDK_SK)

test('a profile is chosen once, and shown without its secret', async () => {
  const { url } = await startHouse()
  const home = {
    ...homeWith(sandbox + section('other', 'SANDBOXNOBODYSKEY', CANARY)),
    HCA_REGION: 'cn-east-2',
  }
  const say = (...args: string[]) => run(args, { ...home, HCA_GATEWAY: url })
  expect((await say('instances')).code).toBe(2)
  expect((await say('profile', 'use', 'nope')).code).toBe(4)
  expect(await say('profile', 'use', 'play')).toMatchObject({ code: 0, stdout: '' })
  expect((await say('instances')).code).toBe(0)
  const list = await say('profile', 'list', '-o', 'ndjson')
  expect(list.stdout).toContain('{"name":"play","used":true}')
  const shown = await say('profile', 'show', 'other', '-o', 'json')
  expect(JSON.parse(shown.stdout)).toEqual({ profile: 'other', accessKey: 'SAND…EY', temporary: false })
  expect((await say('instances', '--profile', 'other')).code).toBe(3)
  expect(list.stdout + shown.stdout).not.toContain(CANARY)
})

test('secrets stand in no output, whatever goes wrong', async () => {
  const { url } = await startBoth(ONCE)
  const { url: dead } = await startHouse({ HCA_PORT: '0' })
  for (const line of [
    'instances',
    'instances show x',
    'raw POST ecs /v1/x',
    'instances stop x --yes',
    'profile show',
  ]) {
    for (const gateway of [url, `${dead}/nowhere`, 'http://127.0.0.1:1']) {
      const args = [...line.split(' '), '--region', 'cn-east-2', '--gateway', gateway]
      const { stdout, stderr } = await typed(
        url,
        args.filter((_, at) => line !== 'profile show' || at < 2),
        {
          keys: { accessKey: KEYS.accessKey, secretKey: CANARY, securityToken: CANARY },
        },
      )
      expect(stdout + stderr).not.toContain(CANARY)
    }
  }
})

test('keys stand on the line only where that is forced', async () => {
  const { url } = await startHouse()
  const { HUAWEICLOUD_SDK_AK: ak, HUAWEICLOUD_SDK_SK: sk } = sandboxEnv
  const line = ['instances', '--region', 'cn-east-2', '--gateway', url]
  expect((await run([...line, '--insecure-keys-on-command-line', `${ak}:${sk}`])).code).toBe(0)
  expect((await run([...line, '--insecure-keys-on-command-line', ak])).code).toBe(2)
  expect((await run([...line, '--secret-key', sk])).code).toBe(2)
})

test('texts and help are Chinese where the locale is, and English elsewhere', async () => {
  const bad = ['instances', '--regoin', 'x']
  expect((await run(bad, { LC_ALL: 'zh_CN.UTF-8' })).stderr).toContain('是否想输入 --region？')
  expect((await run(bad, { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' })).stderr).toContain('did you mean --region?')
  expect((await run(['instances', '--help', '--lang', 'zh'], { LC_ALL: 'C' })).stdout).toContain(
    '删除云服务器',
  )
  expect((await run(['instances', 'stop', '--help'], { LC_ALL: 'C' })).stdout).toContain('--hard')
})

test('a state file keeps the sandbox between commands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hca-state-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const env = { ...sandboxEnv, HCA_SANDBOX_STATE: join(folder, 'world'), HCA_SANDBOX_PACE: 'at-once' }
  const stopped = await run(['instances', 'stop', ID, '--yes', '--wait'], env)
  expect([stopped.code, stopped.stderr]).toEqual([0, ''])
  const shown = await run(['instances', 'show', ID, '--query', 'server.status', '-o', 'table'], env)
  expect(shown.stdout).toBe('SHUTOFF\n')
})

test('several instances of which some fail are partly done, and it is told of which', async () => {
  const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
  const stop = commandAt(url)(['instances', 'stop', 'ins-5d8a23rs', '--yes', '--wait'])
  expect((await stop).code).toBe(0)
  const line = ['instances', 'reboot', ID, 'ins-5d8a23rs', '--yes', '--wait', '-o', 'ndjson']
  const { code, stdout, stderr } = await commandAt(url)(line)
  expect([code, stdout.trimEnd().split('\n').length]).toEqual([6, 2])
  expect(stderr).toMatch(/1 of 2 failed\.\nins-5d8a23rs /)
})

test('a token of the gateway stands for keys, and its scope holds', async () => {
  const ring = keyring()
  const { url } = await startBoth(ring.env)
  const { token } = await ring.mint({ scopes: ['read'] })
  const env = { HCA_GATEWAY: url, HCA_TOKEN: token, HCA_REGION: 'cn-east-2' }
  const { code, stdout, stderr } = await run(['instances', 'stop', ID, '--yes'], env)
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr).toContain('SCOPE_TOO_SMALL')
  expect(stderr).not.toContain(token)
})

test.each([
  ['--region cn-east-2 vpcs list -o json', 'vpcs list --region cn-east-2 -o json'],
  ['--yes instances stop a --dry-run', 'instances stop a --yes --dry-run'],
  ['--profile instances vpcs', 'vpcs --profile instances'],
  ['help instances stop', 'instances stop --help'],
  ['help', '--help'],
])('%s is what %s is', async (line, usual) => {
  const { url } = await startHouse()
  const ended = await typed(url, line.split(' '))
  expect(ended.code).toBe(0)
  expect(ended).toEqual(await typed(url, usual.split(' ')))
})
