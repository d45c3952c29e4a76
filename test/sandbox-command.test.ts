import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { launcher, run, start } from './helpers/program.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'hca-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

async function startSandbox(args: string[] = [], env: Record<string, string> = {}) {
  const program = start(process.execPath, [launcher, 'sandbox', '--port', '0', ...args], env)
  const said = await program.says(/try: curl '(.*?)'/)
  const [, url = ''] = /listens on (http:\S+)/.exec(said) ?? []
  return { program, said, url }
}

test('the sandbox alone says where it is and with which keys, and ends in peace', async () => {
  const { program, said, url } = await startSandbox()
  expect(said).toContain('SANDBOXACCESSKEY0001 / SandboxSecretKeyForLocalUseOnly000000001')
  expect((await fetch(`${url}/_sandbox/world`)).status).toBe(200)
  program.end()
  expect((await program.ended).code).toBe(0)
})

test('what it was told is there again after a kill, seed and pace included', async () => {
  const path = folder()
  const seed = join(path, 'seed.json')
  writeFileSync(
    seed,
    JSON.stringify({ projects: { 'cn-north-4': { vpcs: [{ name: 'mine', cidr: '10.0.0.0/8' }] } } }),
  )
  const args = ['--state', join(path, 'state.db'), '--seed', seed, '--pace', 'poll:7']
  const first = await startSandbox(args)
  await fetch(`${first.url}/_sandbox/clock`, {
    method: 'PUT',
    body: '{"set":"2040-01-01T00:00:00Z","frozen":true}',
  })
  const before = await (await fetch(`${first.url}/_sandbox/world`)).json()
  expect(before).toMatchObject({ pace: { by: 'poll', polls: 7 } })
  first.program.end('SIGKILL')
  await first.program.ended

  const second = await startSandbox(args.slice(0, 2))
  expect(await (await fetch(`${second.url}/_sandbox/world`)).json()).toEqual(before)
  expect(await (await fetch(`${second.url}/_sandbox/clock`)).json()).toMatchObject({
    now: '2040-01-01T00:00:00.000Z',
  })
})

test('the sandbox inside the gateway keeps its state too', async () => {
  const state = join(folder(), 'state.db')
  for (let count = 0; count < 2; count++) {
    const program = start(process.execPath, [launcher, '--port', '0'], {
      HCA_SANDBOX_STATE: state,
      HCA_SANDBOX_PACE: 'at-once',
    })
    await program.says(/listens on/)
    program.end()
    expect((await program.ended).code).toBe(0)
  }
  const { code, stderr } = await run(['--port', '0'], { HCA_SANDBOX_STATE: join(state, 'below') })
  expect(code).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('env prints lines that a shell takes as they are', async () => {
  const { code, stdout } = await run(['sandbox', 'env'])
  expect(code).toBe(0)
  const shown = execFileSync('sh', [
    '-c',
    `${stdout}\necho "$HUAWEICLOUD_SDK_AK $OS_AUTH_URL $OS_PASSWORD $HUAWEICLOUD_SDK_REGION_ECS_CN_NORTH_4"`,
  ]).toString()
  expect(shown).toBe('SANDBOXACCESSKEY0001 http://127.0.0.1:8003/v3 SandboxPassword1 http://127.0.0.1:8003\n')
  const elsewhere = await run(['sandbox', 'env', '--host', '0.0.0.0', '--port', '9000'])
  expect(elsewhere.stdout).toContain('HUAWEICLOUD_ENDPOINT_URL=http://127.0.0.1:9000\n')
})

test.each([
  ['a setting of the gateway', ['--tls-cert', 'x'], 2, 1],
  ['a pace that is none', ['--pace', 'quick'], 2, 1],
  ['too many words', ['env', 'now'], 2, 1],
  ['an unknown word', ['environment'], 2, 1],
  ['a seed file that is not there', ['--seed', '/no/such/file'], 1, 1],
])('%s ends it', async (_, args, expected, lines) => {
  const { code, stderr } = await run(['sandbox', '--port', '0', ...args])
  expect(code).toBe(expected)
  expect(stderr.trim().split('\n')).toHaveLength(lines)
})

test('a seed file is told all its faults, a line each', async () => {
  const seed = join(folder(), 'seed.json')
  for (const [text, lines] of [
    ['{', 1],
    ['[]', 1],
    ['7', 1],
    ['{"pace":"quick","start":"soon"}', 2],
  ] as const) {
    writeFileSync(seed, text)
    const { code, stderr } = await run(['sandbox', '--port', '0', '--seed', seed])
    expect(code).toBe(1)
    expect(stderr.trim().split('\n')).toHaveLength(lines)
  }
})
