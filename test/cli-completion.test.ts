import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { typed } from './helpers/command-line.ts'
import { start } from './helpers/program.ts'

const scriptFor = async (shell: string) => (await typed('http://127.0.0.1:1', ['completion', shell])).stdout

/** Where it is installed; CI has all of them. */
const has = (shell: string) => existsSync(`/usr/bin/${shell}`) || process.env.CI !== undefined

/** What each shell offers behind words, the last of them begun. */
const offers: Record<string, (script: string, words: readonly string[]) => Promise<string[]>> = {
  bash: async (script, words) => {
    const typed = ['huawei-cloud-api', ...words].map((word) => `'${word}'`).join(' ')
    const ask = `COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _huawei_cloud_api; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = await start('bash', ['-c', `set -u\n${script}\n${ask}`]).ended
    expect(stderr).toBe('')
    return stdout.split('\n').filter(Boolean)
  },
  zsh: async (script, words) => {
    // What completion would show is caught where it is handed over.
    const caught = [
      'compdef() { : }',
      '_describe() { for one in "${(@P)2}"; do print -r -- ${${one//\\\\:/_}%%:*}; done }',
      'compadd() { shift; print -l -- "$@" }',
      '_files() { : }',
    ].join('\n')
    const ask = `words=(huawei-cloud-api ${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length + 1}; _huawei_cloud_api`
    const { stdout, stderr } = await start('zsh', ['-f', '-c', `${caught}\n${script}\n${ask}`]).ended
    expect(stderr).toBe('')
    return stdout.split('\n').filter((one) => one.startsWith(words.at(-1) ?? '') && one !== '')
  },
  fish: async (script, words) => {
    const line = ['huawei-cloud-api', ...words].join(' ')
    const { stdout, stderr } = await start('fish', ['--no-config', '-c', `${script}\ncomplete -C '${line}'`])
      .ended
    expect(stderr).toBe('')
    return stdout.split('\n').flatMap((one) => one.split('\t')[0] || [])
  },
}

const lines: readonly (readonly [string[], string[]])[] = [
  [['inst'], ['instance-types', 'instances']],
  [
    ['instances', 'st'],
    ['start', 'stop'],
  ],
  [['instances', 'stop', 'an-id', '--ha'], ['--hard']],
  [['instances', '--sor'], ['--sort']],
  [
    ['instances', 'list', '--output', ''],
    ['json', 'ndjson', 'table', 'yaml'],
  ],
  [
    ['profile', ''],
    ['list', 'show', 'use'],
  ],
]

test.each(Object.keys(offers))('%s offers commands, flags and choices', async (shell) => {
  if (!has(shell)) return
  const script = await scriptFor(shell)
  for (const [words, expected] of lines) {
    expect((await offers[shell]?.(script, words))?.toSorted(), words.join(' ')).toEqual(expected)
  }
})

test.each(Object.keys(offers))('what %s reads is made of the rows, and it takes it', async (shell) => {
  if (!has(shell)) return
  const script = await scriptFor(shell)
  for (const word of ['terminate', 'idempotency-key', 'security-groups']) expect(script).toContain(word)
  const { code, stderr } = await start(shell, shell === 'fish' ? ['-c', script] : ['-n', '-c', script]).ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})
