import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startHouse } from './helpers/house.ts'
import { launcher, root, start } from './helpers/program.ts'

/** The tour as it stands, but for the port, and with a curl that tells of failures. */
function tour(url: string): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, block = ''] = /## A tour\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme) ?? []
  const strict = [
    'set -euo pipefail',
    // Beside what the tour does with an answer, it is shown here, one in a line, after what was asked.
    'curl() { command curl -sS --fail-with-body "$@" | tr -d "\\n" | tee -a answers; echo >> answers; }',
  ]
  return [...strict, block.replaceAll('http://127.0.0.1:8002', url)].join('\n')
}

test('the tour can be done by copy and paste', { timeout: 60_000 }, async () => {
  const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
  const script = `cd "$(mktemp -d)"\n${tour(url)}\necho; echo ANSWERS; cat answers; rm answers; rmdir "$PWD"`
  const { code, stdout, stderr } = await start('bash', ['-c', script]).ended
  expect({ code, stderr, stdout: code ? stdout : '' }).toEqual({ code: 0, stderr: '', stdout: '' })
  const [, shown = ''] = stdout.split('ANSWERS\n')
  const answers = shown
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const [regions, types, images, vpc, subnet, created, one, everywhere, console, ended, ...rest] =
    answers.map(({ data }) => data?.value)
  expect(regions.regions.length).toBeGreaterThan(30)
  expect(Object.keys(types.flavors[0])).toEqual(['id', 'vcpus', 'ram'])
  expect(images.images).toHaveLength(5)
  expect(vpc.vpc.name).toBe('tour')
  expect(subnet.subnet.vpc_id).toBe(vpc.vpc.id)
  const [id] = created.serverIds
  expect(created.results).toEqual([{ id, ok: true }])
  expect(one.server).toMatchObject({ id, name: 'first', status: 'ACTIVE' })
  expect(everywhere.servers).toContainEqual({ id, name: 'first', status: 'ACTIVE', regionId: 'cn-east-2' })
  expect(console.remote_console.url).toMatch(/^https:/)
  expect(ended.results).toEqual([{ id, ok: true }])
  expect(rest.slice(0, 2)).toEqual([{}, {}])
  expect(answers.at(-1).absolute.maxTotalInstances).toBeGreaterThan(0)
})

test('the tour as commands can be done by copy and paste', { timeout: 60_000 }, async () => {
  const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, block = ''] = /## From a command line\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme) ?? []
  const script = [
    'set -euo pipefail',
    // Beside what the tour does with an answer, it is shown here.
    `npx() { shift; "${process.execPath}" "${launcher}" "$@" | tee -a answers; }`,
    block.replaceAll('http://127.0.0.1:8002', url),
  ]
  const inFolder = `cd "$(mktemp -d)"; { ${script.join('\n')}\n} >/dev/null; cat answers; rm answers; rmdir "$PWD"`
  const { code, stdout, stderr } = await start('bash', ['-c', inFolder]).ended
  expect({ code, stderr, stdout: code ? stdout : '' }).toEqual({ code: 0, stderr: '', stdout: '' })
  expect(stdout.match(/"Id": "/g)?.length).toBeGreaterThan(30)
  expect(stdout).toMatch(/"server": \{\s+"id": "([\w-]+)",\s+"name": "first"/)
  expect(stdout).toContain('"url": "https:')
  expect(stdout).toMatch(/"results": \[\s+\{\s+"id": "[\w-]+",\s+"ok": true\s+\}\s+\]/)
  expect(stdout).toContain('"maxTotalInstances"')
})
