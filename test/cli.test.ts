import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { launcher, root, run, start } from './helpers/program.ts'

const CANARY = 'canary-that-must-not-be-printed'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hca-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

async function busyPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as { port: number }).port
}

test('bad settings end it with 2, all named at once and no value repeated', async () => {
  const { code, stdout, stderr } = await run(['--port', CANARY, '--log-level', CANARY], {
    HCA_SANDBOX: CANARY,
    HCA_DEADLINE_REED: CANARY,
    HUAWEICLOUD_ENDPOINT_URL: `https://user:${CANARY}@example.com`,
    HUAWEICLOUD_SDK_REGION_ECS_CN_NORTH_4: CANARY,
  })
  expect(code).toBe(2)
  for (const name of [
    '--port',
    '--log-level',
    'HCA_SANDBOX',
    'HCA_DEADLINE_READ?',
    'HUAWEICLOUD_ENDPOINT_URL',
    '_ECS_CN_NORTH_4',
  ]) {
    expect(stderr).toContain(name)
  }
  expect(stdout + stderr).not.toContain(CANARY)
})

test.each([
  ['an unknown flag', ['--prot', '1']],
  ['an unknown command', ['sevre']],
  ['too many words', ['serve', 'now']],
])('%s ends it with 2 and one line', async (_, args) => {
  const { code, stderr } = await run(args)
  expect(code).toBe(2)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('a busy first port ends it with 1 and one line', async () => {
  const port = await busyPort()
  const { code, stderr } = await run(['--port', `${port},0`])
  expect(code).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain(`Port ${port}`)
})

test('a busy second port is a warning', async () => {
  const port = await busyPort()
  const program = start(process.execPath, [launcher, '--port', `0,${port}`])
  expect(await program.says(/listens on/)).not.toContain(` and http`)
  program.end()
  expect((await program.ended).stderr).toContain(`Port ${port}`)
})

test.each([
  ['bound beyond loopback without TLS', ['--host', '0.0.0.0', '--port', '0'], {}],
  ['verification switched off by the environment', ['--port', '0'], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
  ['an unreadable CA file', ['--port', '0'], { HCA_CA_FILE: '/no/such/file' }],
  [
    'an unreadable certificate',
    ['--port', '0', '--tls-cert', '/no/such/file', '--tls-key', '/no/such/file'],
    {},
  ],
])('%s ends it with 1 and one line', async (_, args, env) => {
  const { code, stderr } = await run(args, env as Record<string, string>)
  expect(code).toBe(1)
  expect(stderr.split('\n').filter((line) => line.startsWith('huawei-cloud-api: '))).toHaveLength(1)
})

test('a CA file without a certificate ends it with 1', async () => {
  const file = join(temporaryFolder(), 'ca.pem')
  writeFileSync(file, 'nothing')
  expect((await run(['--port', '0'], { HCA_CA_FILE: file })).code).toBe(1)
})

test('beyond loopback it serves when told that a proxy does TLS, and the sandbox is off', async () => {
  const program = start(process.execPath, [launcher, '--host', '0.0.0.0', '--port', '0', '--insecure'])
  expect(await program.says(/listens on/)).not.toContain('sandbox keys')
})

test('it prints where it listens, the sandbox keys and a curl line, and ends in peace', async () => {
  const program = start(process.execPath, [launcher, '--port', '0,0'])
  const said = await program.says(/try: .*\n/)
  expect(said).toMatch(/listens on http:\/\/127\.0\.0\.1:\d+ and http:\/\/127\.0\.0\.1:\d+\n/)
  expect(said).toContain('SANDBOXACCESSKEY0001 / SandboxSecretKeyForLocalUseOnly000000001')
  const line = /^try: (curl .*)$/m.exec(said)?.[1] ?? ''
  const curl = await start('bash', ['-c', line.replace('curl', 'curl -sS')]).ended
  expect(JSON.parse(curl.stdout).data.value.servers.length).toBeGreaterThan(0)
  program.end('SIGTERM')
  expect((await program.ended).code).toBe(0)
})

test.each([['--help'], ['--version']])('%s prints and ends with 0', async (flag) => {
  const { code, stdout, stderr } = await run([flag])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).not.toBe('')
})

/** The launcher as a Node of that version sees it. */
const asNode = (version: string, folder: string, ...args: string[]) =>
  start(process.execPath, [
    '-e',
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })
     require(process.argv[1])`,
    join(folder, 'bin/huawei-cloud-api.cjs'),
    ...args,
  ]).ended

test('an old Node without ours beside it gets one clear line and 1', async () => {
  const folder = temporaryFolder()
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true })
  const { code, stderr } = await asNode('20.1.0', folder)
  expect(code).toBe(1)
  expect(stderr).toBe('huawei-cloud-api needs Node 22.19 or newer; this is 20.1.0.\n')
})
