import { expect, test } from 'vitest'
import { outside } from '../outside.ts'
import { askWithin } from './inner-ask.ts'
import { projectOfRegion } from './projects.ts'
import { Refusal } from './refusal.ts'
import { regionOf } from './regions.ts'
import { services } from './routes.ts'
import { dumpState } from './state.ts'
import { buildWorld } from './world.ts'

const region = regionOf('cn-east-2')
if (!region) throw new Error('no region')
const project = projectOfRegion(region)

/** Only what a read has touched is done again after a crash; the rest of it would be forgotten. */
test.each(
  services.flatMap(({ name, rows }) =>
    rows
      .filter(({ method }) => method === 'GET')
      .map((row) => [`${name}.${row.name}`, name, row.path] as const),
  ),
)('%s changes nothing, or says so', (_, service, path) => {
  const world = buildWorld({ outside, pace: { by: 'at-once' }, random: 'reads', story: {} })
  const holdings = world.holdings(project)
  const known: Record<string, string | undefined> = {
    project_id: project.id,
    server_id: [...holdings.servers.keys()][0],
    vpc_id: [...holdings.vpcs.keys()][0],
    subnet_id: [...holdings.subnets.keys()][0],
    port_id: [...holdings.ports.keys()][0],
    security_group_id: [...holdings.securityGroups.keys()][0],
    volume_id: [...holdings.volumes.keys()][0],
    image_id: [...holdings.images.keys()][0],
  }
  const target = path.replace(/\{(\w+)\}/g, (_, name) => known[name] ?? 'unknown')
  const before = dumpState(world.state)
  world.during(outside.now(), () => {
    try {
      askWithin(world, project, service, 'GET', target)
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(Refusal)
    }
  })
  if (!world.trace.touched) expect(dumpState(world.state)).toBe(before)
})
