import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createSandbox, SeedError } from './index.ts'
import type { Seed } from './seed-file.ts'
import { startCloud } from './test-client.ts'
import { control } from './test-control.ts'
import { ecsIn } from './test-ecs.ts'

const seed: Seed = {
  random: 'the same every time',
  start: '2026-03-01T12:00:00Z',
  frozen: true,
  pace: 'poll:2',
  projects: {
    'cn-north-4': {
      vpcs: [{ name: 'shop', cidr: '10.1.0.0/16' }],
      subnets: [{ name: 'shop-web', vpc: 'shop', cidr: '10.1.1.0/24' }],
      servers: [
        {
          name: 'web',
          flavor: 's6.large.2',
          image: 'CentOS 7.9 64bit',
          subnet: 'shop-web',
          count: 2,
          tags: { a: 'b' },
        },
        { name: 'old', flavor: 's6.large.2', image: 'CentOS 7.9 64bit', stopped: true },
      ],
      images: [{ name: 'golden', server: 'old' }],
    },
  },
}

const faultsOf = (wrong: unknown): Promise<readonly string[]> =>
  createSandbox({ seed: wrong as Seed }).then(
    async (sandbox) => {
      await sandbox.close()
      return []
    },
    (error) => {
      expect(error).toBeInstanceOf(SeedError)
      return error.faults
    },
  )

test('what the seed names is there, running or stopped, in the network it belongs to', async () => {
  const cloud = await startCloud({ by: 'at-once' }, { story: { seed } })
  const ecs = ecsIn(cloud, 'cn-north-4')
  const { servers } = (await ecs.list()).body
  const shown = servers.map((server: { name: string; status: string; tags: string[] }) => [
    server.name,
    server.status,
  ])
  expect(shown.toSorted()).toEqual([
    ['old', 'SHUTOFF'],
    ['web-0001', 'ACTIVE'],
    ['web-0002', 'ACTIVE'],
  ])
  expect(servers[0].created).toBe('2026-03-01T12:00:00Z')
  expect((await ecs.vpc('vpcs')).body.vpcs.map(({ name }: { name: string }) => name)).toContain('shop')
  expect((await control(cloud, 'GET', 'world')).body).toMatchObject({
    jobs: 0,
    runningJobs: 0,
    images: expect.any(Number),
  })
  expect((await control(cloud, 'GET', 'events?after=4')).body.events).toEqual([])
})

test('ids depend on kind, name and project alone, and come back with a reset', async () => {
  const cloud = await startCloud({ by: 'at-once' }, { story: { seed } })
  const ecs = ecsIn(cloud, 'cn-north-4')
  const first = (await ecs.list()).text
  await ecs.remove({ servers: (await ecs.list()).body.servers.map(({ id }: { id: string }) => ({ id })) })
  await control(cloud, 'POST', 'reset')
  expect((await ecs.list()).text).toBe(first)
  const other = await startCloud({ by: 'at-once' }, { story: { seed: { ...seed, random: 'other' } } })
  expect((await ecsIn(other, 'cn-north-4').list()).text).toBe(first)
})

test('start time and pace count', async () => {
  const sandbox = await createSandbox({ seed })
  expect(sandbox.clock.now()).toEqual(new Date('2026-03-01T12:00:00Z'))
  expect(sandbox.world().pace).toEqual({ by: 'poll', polls: 2 })
  await sandbox.close()
})

test('all faults of form are told at once', async () => {
  const faults = await faultsOf({
    randon: 'x',
    frozen: 'yes',
    projects: { 'cn-north-4': { vpcs: [{ name: '' }] } },
  })
  expect(faults.join('\n')).toMatch(/randon/)
  expect(faults.join('\n')).toMatch(/frozen/)
  expect(faults.join('\n')).toMatch(/projects\.cn-north-4\.vpcs\[0\]/)
  expect(await faultsOf({ pace: 'quick', start: 'soon', projects: { 'cn-nowhere-1': {} } })).toHaveLength(3)
})

test('all that does not fit together is told at once, in the words of the service', async () => {
  const faults = await faultsOf({
    projects: {
      'cn-north-4': {
        vpcs: [{ name: 'v', cidr: '8.8.8.0/24' }],
        subnets: [{ name: 's', vpc: 'nowhere', cidr: '10.0.0.0/24' }],
        servers: [{ name: 'a', flavor: 'no.such.flavor', image: 'CentOS 7.9 64bit' }],
        images: [{ name: 'i', server: 'b' }],
      },
    },
  })
  expect(faults).toHaveLength(4)
  expect(faults[0]).toContain('vpcs[0] (v) is refused: VPC.0101')
  expect(faults[1]).toContain('no vpc nowhere')
  expect(faults[2]).toContain('Ecs.0029')
  expect(faults[3]).toContain('no server b')
})

test('the seed file that the manual shows makes a world', async () => {
  const page = readFileSync(new URL('../../docs/sandbox-files.md', import.meta.url), 'utf8')
  const [, shown = ''] = /## The seed file[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? []
  expect(await faultsOf(JSON.parse(shown))).toEqual([])
})
