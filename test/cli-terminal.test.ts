import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { commandAt, sandboxEnv } from './helpers/command-line.ts'
import { startHouse, type TestHouse } from './helpers/house.ts'
import { bareEnvironment, launcher, root, start } from './helpers/program.ts'

const ID = 'ins-r8hr2upy'

/** CI has it. */
const hasTmux = process.env.CI !== undefined || spawnSync('tmux', ['-V']).status === 0
const inTerminal = test.skipIf(!hasTmux)

/** A real terminal with a shell in it, in a server of its own, which ends with the test. */
function terminal(url: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hca-tmux-'))
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-S', join(folder, 'socket'), '-f', '/dev/null', ...args], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...bareEnvironment,
        ...sandboxEnv,
        HCA_GATEWAY: url,
        TERM: 'xterm-256color',
        LC_ALL: 'C.UTF-8',
        PS1: '$ ',
      },
    })
  tmux('new-session', '-d', '-x', '150', '-y', '40', 'bash --norc')
  onTestFinished(() => {
    tmux('kill-server')
    rmSync(folder, { recursive: true })
  })
  const screen = () => tmux('capture-pane', '-p', '-J')
  return {
    types: (text: string) => tmux('send-keys', '-l', text),
    presses: (key: string) => tmux('send-keys', key),
    runs: (line: string) =>
      tmux('send-keys', `'${process.execPath}' '${launcher}' ${line}; echo "code $?"`, 'Enter'),
    /** Resolves with what is on the screen once it matches. */
    async shows(pattern: RegExp) {
      for (const until = performance.now() + 15_000; ; await pause(50)) {
        if (pattern.test(screen())) return screen()
        if (performance.now() > until) throw new Error(`never showed ${pattern}:\n${screen()}`)
      }
    },
  }
}

inTerminal('in a terminal a wait shows one line of progress, and none of it is left', async () => {
  const { url } = await startHouse({ HCA_SANDBOX_PACE: 'clock:4000' })
  const { runs, shows } = terminal(url)
  runs(`instances reboot ${ID} --yes --wait`)
  const during = await shows(/job \S+: (?:INIT|RUNNING).*, [1-9] s/)
  expect(during.match(/job \S+: /g)).toHaveLength(1)
  const after = await shows(/code 0/)
  expect(after).not.toMatch(/job \S+: /)
  expect(after).toMatch(/ID +OK\n\S+ +true\n/)
})

inTerminal('in a terminal a write that cannot be taken back asks first', async () => {
  const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
  const { runs, types, presses, shows } = terminal(url)
  runs(`instances terminate ${ID}`)
  await shows(/Delete this instance .*ins-r8hr2upy \[y\/N\]/)
  presses('Enter')
  expect(await shows(/code 3/)).toContain('Nothing was done.')
  runs(`instances terminate ${ID} --wait`)
  await shows(/Delete this instance[\s\S]*Delete this instance .*\[y\/N\]/)
  types('y')
  presses('Enter')
  await shows(/true[\s\S]*code 0/)
})

inTerminal('Ctrl-C in a wait tells the job and how to go on, and the job goes on', async () => {
  const { url } = await startHouse({ HCA_SANDBOX_PACE: 'clock:1500' })
  const { runs, presses, shows } = terminal(url)
  runs(`instances reboot ${ID} --yes --wait`)
  await shows(/job \S+: (?:INIT|RUNNING)/)
  presses('C-c')
  const said = await shows(/code 130/)
  const [, line = ''] = /(jobs wait \S+ --region cn-east-2)/.exec(said) ?? []
  const { code, stdout } = await commandAt(url)(line.split(' '))
  expect([code, JSON.parse(stdout).job.status]).toEqual([0, 'SUCCESS'])
})

/** Resolves when somebody has asked how a job is. */
const askedFor = (house: TestHouse): Promise<unknown> =>
  expect
    .poll(() => JSON.stringify(house.sandbox?.ask('GET', 'events?limit=1000').body), { timeout: 15_000 })
    .toContain('ShowJob')

test('a signal ends a wait in the same way where nobody looks on', async () => {
  const house = await startHouse({ HCA_SANDBOX_PACE: 'clock:60000' })
  const { url } = house
  const begun = await commandAt(url)(['instances', 'reboot', ID, '--yes'])
  const { job_id } = JSON.parse(begun.stdout)
  const waiting = start(process.execPath, [launcher, 'jobs', 'wait', job_id], {
    ...sandboxEnv,
    HCA_GATEWAY: url,
  })
  await askedFor(house)
  waiting.end('SIGINT')
  waiting.end('SIGINT') // as a terminal and the launcher do
  const { code, stdout, stderr } = await waiting.ended
  // The second may come when Node no longer listens; to a shell that is the same.
  const ended = waiting.child.signalCode === 'SIGINT' ? 130 : code
  expect([ended, stdout]).toEqual([130, ''])
  expect(stderr).toContain(`jobs wait ${job_id} --region cn-east-2`)
})

test('a closed pipe ends it quietly', async () => {
  const { url } = await startHouse()
  const line = `set -o pipefail; '${process.execPath}' '${launcher}' regions -o ndjson | head -1`
  const { code, stdout, stderr } = await start('bash', ['-c', line], { HCA_GATEWAY: url }).ended
  expect({ code, lines: stdout.split('\n').length, stderr }).toEqual({ code: 0, lines: 2, stderr: '' })
})

test('a disk that is full ends it with 1 and one line', async () => {
  const { url } = await startHouse()
  const line = `'${process.execPath}' '${launcher}' regions > /dev/full`
  const { code, stderr } = await start('bash', ['-c', line], { HCA_GATEWAY: url }).ended
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'huawei-cloud-api: Nothing can be written to stdout (ENOSPC).\n',
  })
})
