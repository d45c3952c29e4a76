import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'
import { networkIn, refusalOf } from './test-network.ts'

const OLD = '/v1/{p}/security-groups'
const RULES = '/v1/{p}/security-group-rules'
const NEW = '/v3/{p}/vpc/security-groups'
const NEW_RULES = '/v3/{p}/vpc/security-group-rules'

async function start() {
  const cloud = await startCloud()
  const net = networkIn(cloud)
  const { body } = await net.post(OLD, { security_group: { name: 'web' } })
  return { cloud, net, group: body.security_group }
}

test('a group is born with four rules, and gets more', async () => {
  const { net, group } = await start()
  expect(group.security_group_rules).toHaveLength(4)
  const wanted = { security_group_id: group.id, direction: 'ingress', protocol: 'tcp' }
  // The manual's own sample sends the ports as texts.
  const texts = { port_range_min: '80', port_range_max: '90', remote_ip_prefix: '1.2.3.0/24' }
  const made = await net.post(RULES, { security_group_rule: { ...wanted, ...texts } })
  expect(made.status).toBe(200)
  expect(made.body.security_group_rule).toMatchObject({
    ethertype: 'IPv4',
    port_range_min: 80,
    port_range_max: 90,
    remote_ip_prefix: '1.2.3.0/24',
  })
  expect(made.body.security_group_rule).not.toHaveProperty('remote_group_id')
  const { id } = made.body.security_group_rule
  const [inV3] = (await net.get(NEW_RULES, ['id', id])).body.security_group_rules
  expect(inV3).toMatchObject({ multiport: '80-90', priority: 100, action: 'allow', remote_group_id: null })
  const twin = await net.post(RULES, { security_group_rule: { ...wanted, ...texts } })
  expect(refusalOf(twin)).toEqual([409, 'VPC.0602'])
  const all = await net.get(RULES, ['security_group_id', group.id])
  expect(all.body.security_group_rules).toHaveLength(5)
  expect((await net.delete(`${RULES}/${id}`)).status).toBe(204)
  expect(refusalOf(await net.get(`${RULES}/${id}`))).toEqual([404, 'VPC.0612'])
})

const wrongRules: [string, object, [number, string]][] = [
  ['no direction', { direction: 'up' }, [400, 'VPC.0601']],
  ['an unknown protocol', { protocol: 'smoke' }, [400, 'VPC.0601']],
  ['ports of no protocol', { protocol: null, port_range_min: 1, port_range_max: 2 }, [400, 'VPC.0601']],
  ['ports the wrong way round', { port_range_min: 2, port_range_max: 1 }, [400, 'VPC.0601']],
  ['a port too great', { port_range_min: 1, port_range_max: 65_536 }, [400, 'VPC.0601']],
  ['a prefix that is none', { remote_ip_prefix: '1.2.3/24' }, [400, 'VPC.0601']],
  ['a group that is none', { remote_group_id: 'nobody' }, [404, 'VPC.0603']],
]

test.for(wrongRules)('no rule with %s', async ([, changes, refusal]) => {
  const { net, group } = await start()
  const wanted = { security_group_id: group.id, direction: 'ingress', protocol: 'tcp', ...changes }
  expect(refusalOf(await net.post(RULES, { security_group_rule: wanted }))).toEqual(refusal)
})

test('the default group stays, and so does one that a NIC is in', async () => {
  const { cloud, net, group } = await start()
  const ecs = ecsIn(cloud)
  const groups = (await net.get(OLD)).body.security_groups
  const byDefault = groups.find(({ name }: { name: string }) => name === 'default')
  expect(refusalOf(await net.delete(`${OLD}/${byDefault.id}`))).toEqual([409, 'VPC.0602'])
  expect(refusalOf(await net.post(OLD, { security_group: { name: 'default' } }))).toEqual([409, 'VPC.0602'])
  const wanted = await ecs.wanted({ security_groups: [{ id: group.id }] })
  const [id] = (await ecs.create({ server: wanted })).body.serverIds
  expect((await ecs.show(id)).body.server.security_groups).toEqual([{ name: 'web', id: group.id }])
  expect(refusalOf(await net.delete(`${OLD}/${group.id}`))).toEqual([409, 'VPC.0602'])
  await net.put(`${NEW}/${group.id}`, { security_group: { name: 'renamed' } })
  expect((await ecs.show(id)).body.server.security_groups[0].name).toBe('renamed')
  const [port] = (await net.get('/v1/{p}/ports', ['device_id', id])).body.ports
  await net.put(`/v1/{p}/ports/${port.id}`, { port: { security_groups: [byDefault.id] } })
  expect((await ecs.show(id)).body.server.security_groups).toEqual([{ name: 'default', id: byDefault.id }])
  expect((await net.delete(`${OLD}/${group.id}`)).status).toBe(204)
  expect(refusalOf(await net.get(`${OLD}/${group.id}`))).toEqual([404, 'VPC.0603'])
})

test('rules that let a group in go with it', async () => {
  const { net, group } = await start()
  const other = (await net.post(OLD, { security_group: { name: 'db' } })).body.security_group
  const wanted = { security_group_id: other.id, direction: 'ingress', remote_group_id: group.id }
  await net.post(RULES, { security_group_rule: wanted })
  await net.delete(`${OLD}/${group.id}`)
  expect((await net.get(`${OLD}/${other.id}`)).body.security_group.security_group_rules).toHaveLength(4)
})

test('there is room for so many groups', async () => {
  const { net } = await start()
  for (let number = 2; number < 100; number++) await net.post(OLD, { security_group: { name: `g${number}` } })
  expect(refusalOf(await net.post(OLD, { security_group: { name: 'more' } }))).toEqual([409, 'VPC.0604'])
  expect(refusalOf(await net.post(OLD, { security_group: {} }))).toEqual([400, 'VPC.0601'])
})

test('the third version lists groups without rules and shows them with', async () => {
  const { net } = await start()
  const made = await net.post(NEW, { security_group: { name: 'new', description: 'd' } })
  expect([made.status, made.body.security_group.security_group_rules.length]).toEqual([201, 4])
  const { id } = made.body.security_group
  const listed = (await net.get(NEW, ['name', 'new'], ['name', 'web'])).body
  expect(listed.security_groups).toHaveLength(2)
  expect(listed.security_groups[0]).not.toHaveProperty('security_group_rules')
  expect(listed.page_info.current_count).toBe(2)
  expect(listed.request_id).toMatch(/^[0-9a-f]{32}$/)
  expect((await net.get(`${NEW}/${id}`)).body.security_group.security_group_rules).toHaveLength(4)
  expect((await net.post(NEW, { dry_run: true, security_group: { name: 'x' } })).status).toBe(202)
  expect((await net.delete(`${NEW}/${id}`)).status).toBe(204)
  expect(refusalOf(await net.get(`${NEW}/${id}`))).toEqual([404, 'VPC.0603'])
})

test('rules of the third version have several ports, an action and a priority', async () => {
  const { net, group } = await start()
  const rule = {
    security_group_id: group.id,
    direction: 'ingress',
    protocol: 'tcp',
    multiport: '22,80,1000-2000',
    action: 'deny',
    priority: '7',
  }
  const made = await net.post(NEW_RULES, { security_group_rule: rule })
  expect(made.status).toBe(201)
  expect(made.body.security_group_rule).toMatchObject({ ...rule, priority: 7, enabled: true })
  const { id } = made.body.security_group_rule
  expect((await net.get(NEW_RULES, ['priority', '7'])).body.security_group_rules).toHaveLength(1)
  for (const wrong of [{ multiport: '80-22' }, { priority: '101' }, { action: 'perhaps' }])
    expect(refusalOf(await net.post(NEW_RULES, { security_group_rule: { ...rule, ...wrong } }))).toEqual([
      400,
      'VPC.0601',
    ])
  expect((await net.get(`${NEW_RULES}/${id}`)).body.security_group_rule.id).toBe(id)
  expect((await net.delete(`${NEW_RULES}/${id}`)).status).toBe(204)
})

test('rules made together are made all or none', async () => {
  const { net, group } = await start()
  const at = `${NEW}/${group.id}/security-group-rules/batch-create`
  const rule = (multiport: string) => ({ direction: 'ingress', protocol: 'tcp', multiport })
  const count = async () =>
    (await net.get(`${NEW}/${group.id}`)).body.security_group.security_group_rules.length
  const twice = await net.post(at, { security_group_rules: [rule('1'), rule('1')] })
  expect([refusalOf(twice), await count()]).toEqual([[409, 'VPC.0602'], 4])
  const made = await net.post(at, { security_group_rules: [rule('1'), rule('2')] })
  expect([made.status, made.body.security_group_rules.length]).toEqual([201, 2])
  const rest = { ignore_duplicate: true, security_group_rules: [rule('2'), rule('3')] }
  expect((await net.post(at, rest)).body.security_group_rules).toHaveLength(1)
  expect(await count()).toBe(7)
})

test('there is room for so many rules', async () => {
  const { net, group } = await start()
  const at = `${NEW}/${group.id}/security-group-rules/batch-create`
  const batch = (from: number, count = 50) => ({
    security_group_rules: Array.from({ length: count }, (_, index) => ({
      direction: 'ingress',
      protocol: 'udp',
      multiport: String(from + index),
    })),
  })
  for (let from = 1; from < 4_950; from += 50) expect((await net.post(at, batch(from))).status).toBe(201)
  expect(refusalOf(await net.post(at, batch(10_000)))).toEqual([409, 'VPC.0602'])
  const used = async () =>
    (await net.get('/v1/{p}/quotas', ['type', 'securityGroupRule'])).body.quotas.resources[0].used
  expect(await used()).toBe(4_958)
})
