import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startHouse } from './helpers/house.ts'
import { root, start } from './helpers/program.ts'

const NAMES = 'regions flavors images vpc subnet instanceId server remote_console results'

/** The tour as it stands, but for where client and gateway are; what it got is shown at the end. */
function tour(url: string): string {
  const readme = readFileSync(join(root, 'packages/client/README.md'), 'utf8')
  const [, block = ''] = /## A tour\n[\s\S]*?```js\n([\s\S]*?)```/.exec(readme) ?? []
  expect(block.trim().split('\n').length).toBeLessThanOrEqual(25)
  return [
    block
      .replace("'huawei-cloud-api-client'", JSON.stringify(join(root, 'packages/client/src/index.ts')))
      .replace('createClient({', `createClient({ baseUrl: '${url}',`),
    `console.log('GOT' + JSON.stringify({ ${NAMES.replaceAll(' ', ', ')}, limits: await limits.json() }))`,
  ].join('\n')
}

test('the tour of the README runs as it stands', { timeout: 60_000 }, async () => {
  const { url } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
  const folder = mkdtempSync(join(tmpdir(), 'hca-client-tour-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'tour.mjs'), tour(url))
  const { code, stdout, stderr } = await start(process.execPath, [join(folder, 'tour.mjs')]).ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const [told = '', shown = ''] = stdout.split('GOT')
  const got = JSON.parse(shown)
  expect(told).toContain('1 of 1\n')
  expect(told).toContain(`cn-east-2 ${got.instanceId} first\n`)
  expect(got.regions.length).toBeGreaterThan(30)
  expect(Object.keys(got.flavors[0])).toEqual(['id', 'vcpus', 'ram'])
  expect(got.images).toHaveLength(5)
  expect(got.subnet.vpc_id).toBe(got.vpc.id)
  expect(got.server).toMatchObject({ id: got.instanceId, name: 'first', status: 'ACTIVE' })
  expect(got.remote_console.url).toMatch(/^https:/)
  expect(got.results).toEqual([{ id: got.instanceId, ok: true }])
  expect(got.limits.absolute.maxTotalInstances).toBeGreaterThan(0)
})
