import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startHouse } from './helpers/house.ts'
import { root, start } from './helpers/program.ts'

/** The tour's curl lines, each with the shell variable it uses. */
function tour(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, block = ''] = /## A tour\n\n```sh\n([\s\S]*?)```/.exec(readme) ?? []
  const [keys = ''] = /^H=.*$/m.exec(block) ?? []
  return block
    .split(/^(?=curl |#|H=)/m)
    .filter((part) => part.startsWith('curl '))
    .map((line) => `${keys}\n${line.trim().replace(/^curl /, 'curl -sS --fail-with-body ')}`)
}

test('the tour can be done by copy and paste', async () => {
  const { url } = await startHouse()
  const learnt: Record<string, string> = {}
  const lines = tour()
  expect(lines.length).toBeGreaterThan(5)
  for (const line of lines) {
    const asTyped = line
      .replaceAll('http://127.0.0.1:8002', url)
      .replaceAll(
        /VPC_ID|SUBNET_ID|SERVER_ID/g,
        (name) => learnt[name] ?? expect.fail(`${name} was not shown yet`),
      )
    const { code, stdout, stderr } = await start('bash', ['-c', asTyped]).ended
    expect({ code, stderr, line: code ? `${line} ${stdout}` : '' }).toEqual({ code: 0, stderr: '', line: '' })
    const { value } = JSON.parse(stdout).data
    learnt.VPC_ID ??= value.vpcs?.[0].id
    learnt.SUBNET_ID ??= value.subnets?.[0].id
    learnt.SERVER_ID ??= value.serverIds?.[0]
    if (line.includes('name=first'))
      expect(value.servers).toMatchObject([{ id: learnt.SERVER_ID, name: 'first' }])
  }
})
