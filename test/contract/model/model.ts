import { expect } from 'vitest'
import { createServer, good, post, stopServer } from '../setting.ts'
import { type Call, type Heard, REGION, type Wire } from '../wire.ts'
import { impossibilities, type Seen } from './possible.ts'

/** How long every job takes in these stories. */
export const JOB_MS = 1_000

export type TaskKind = 'create' | 'start' | 'stop' | 'reboot' | 'delete' | 'resize' | 'changeOs' | 'migrate'

interface Known {
  vm: 'building' | 'active' | 'stopped'
  flavor: string
  task?: { kind: TaskKind; until: number; flavor?: string; fate?: Fate }
  /** Some job about its disks or NICs runs until then; whether that is in the way is not said anywhere. */
  maybeBusyUntil: number
}

/** What a deletion was told to do with what hangs on the server. */
export interface Fate {
  publicIp: boolean | undefined
  volumes: boolean
}

/** What we believe of the servers, and what has to be true of their remains. */
export class Model {
  readonly servers = new Map<string, Known>()
  readonly jobs: { id: string; service: string }[] = []
  #remains: { kind: 'volume' | 'publicIp'; id: string; there: boolean }[] = []

  constructor({ servers }: Seen) {
    for (const server of servers)
      this.servers.set(server.id, {
        vm: server['OS-EXT-STS:vm_state'],
        flavor: server.flavor.id,
        maybeBusyUntil: 0,
      })
  }

  born(id: string, flavor: string, now: number): void {
    const task = { kind: 'create', until: now + JOB_MS } as const
    this.servers.set(id, { vm: 'building', flavor, task, maybeBusyUntil: 0 })
  }

  begin(id: string, task: NonNullable<Known['task']>): void {
    const known = this.servers.get(id)
    if (known) known.task = task
  }

  /** Lets pass what is over by now; `before` is how things were while it was going on. */
  settle(now: number, before: Seen): void {
    for (const [id, known] of this.servers) {
      const { task } = known
      if (!task || now < task.until) continue
      delete known.task
      if (task.kind === 'delete') this.#bury(id, task.fate, before)
      else if (task.kind === 'stop') known.vm = 'stopped'
      else if (task.kind === 'resize') known.flavor = task.flavor ?? known.flavor
      else if (task.kind === 'migrate') continue
      // A changed OS starts by itself.
      else known.vm = 'active'
    }
  }

  #bury(id: string, fate: Fate | undefined, before: Seen): void {
    this.servers.delete(id)
    if (!fate) return
    const server = before.servers.find((each) => each.id === id)
    for (const volume of server?.['os-extended-volumes:volumes_attached'] ?? []) {
      const goes =
        volume.bootIndex === '0' || fate.volumes || /^(true|1)$/i.test(volume.delete_on_termination)
      this.#remains.push({ kind: 'volume', id: volume.id, there: !goes })
    }
    const ports = before.ports.filter(({ device_id }) => device_id === id).map((port) => port.id)
    for (const { id: publicIp, port_id } of before.publicIps)
      if (ports.includes(port_id) && fate.publicIp !== undefined)
        this.#remains.push({ kind: 'publicIp', id: publicIp, there: !fate.publicIp })
  }

  agreesWith(seen: Seen): void {
    const wrong = impossibilities(seen)
    for (const server of seen.servers) {
      const known = this.servers.get(server.id)
      const vm = server['OS-EXT-STS:vm_state']
      if (!known) wrong.push(`${server.id} should not be there`)
      else if (!['resize', 'changeOs'].includes(known.task?.kind ?? '') && vm !== known.vm)
        wrong.push(`${server.id} is ${vm} instead of ${known.vm}`)
      else if (!known.task && server['OS-EXT-STS:task_state'] !== null)
        wrong.push(`${server.id} is still at ${server['OS-EXT-STS:task_state']}`)
      else if (known.task?.kind !== 'resize' && server.flavor.id !== known.flavor)
        wrong.push(`${server.id} has flavor ${server.flavor.id} instead of ${known.flavor}`)
    }
    const there = new Set(seen.servers.map(({ id }) => id))
    for (const id of this.servers.keys()) if (!there.has(id)) wrong.push(`${id} should be there`)
    const left = new Set([...seen.volumes, ...seen.publicIps].map(({ id }) => id))
    for (const { kind, id, there } of this.#remains.splice(0))
      if (left.has(id) !== there) wrong.push(`the ${kind} ${id} should ${there ? '' : 'not '}have stayed`)
    expect(wrong).toEqual([])
  }
}

/** The sandbox as the commands ask it. */
export class Real {
  readonly #wire: Wire
  seen: Seen
  #stale = false
  doing = ''

  /** How often each kind of command was not refused. */
  static readonly accepted = new Map<string, number>()

  private constructor(wire: Wire, seen: Seen) {
    this.#wire = wire
    this.seen = seen
  }

  static async begin(wire: Wire): Promise<Real> {
    const known = wire.sandbox.ask('POST', `snapshots/${FIRST_PAGE}/restore`).status === 204
    if (!known) await writeFirstPage(wire)
    return new Real(wire, await look(wire))
  }

  get now(): number {
    return this.#wire.now()
  }

  pass(ms: number): void {
    this.#wire.pass(ms)
    this.#stale = true
  }

  async look(): Promise<Seen> {
    if (this.#stale) this.seen = await look(this.#wire)
    this.#stale = false
    return this.seen
  }

  /** Refusing is fine, breaking down is not. In its first versions the VPC says 500 where 409 is meant. */
  async ask(call: Call): Promise<Heard> {
    this.#stale = true
    const heard = await this.#wire.ask(call)
    const refused = heard.status < 500 || (heard.status === 500 && /^VPC\./.test(heard.body?.code))
    expect(refused ? '' : heard.text).toBe('')
    if (heard.status < 300) Real.accepted.set(this.doing, (Real.accepted.get(this.doing) ?? 0) + 1)
    return heard
  }
}

const FIRST_PAGE = 'first-page'
const ZONE = `${REGION}a`

/** One of everything to begin with; what comes of it is kept and gone back to. */
async function writeFirstPage(wire: Wire): Promise<void> {
  const pace = wire.sandbox.world.pace
  wire.sandbox.ask('PUT', 'pace', { by: 'at-once' })
  const [subnet] = (await good(wire, { service: 'vpc', path: '/v1/{p}/subnets' })).body.subnets
  const where = { vpc: subnet.vpc_id, subnet: subnet.id }
  const bandwidth = { share_type: 'PER', name: 'bw', size: 1 }
  const eip = { iptype: '5_bgp', bandwidth: { size: 1, sharetype: 'PER' } }
  await createServer(wire, where, {
    nics: [{ subnet_id: where.subnet }, { subnet_id: where.subnet }],
    data_volumes: [{ volumetype: 'SSD', size: 10 }],
    publicip: { eip },
  })
  await stopServer(wire, await createServer(wire, where, {}))
  await good(wire, post('vpc', '/v1/{p}/publicips', { publicip: { type: '5_bgp' }, bandwidth }))
  await good(wire, post('vpc', '/v1/{p}/ports', { port: { network_id: where.subnet } }))
  const volume = { availability_zone: ZONE, size: 10, volume_type: 'SSD', count: 2, name: 'story' }
  await good(wire, post('evs', '/v2.1/{p}/cloudvolumes', { volume }))
  wire.sandbox.ask('PUT', 'pace', pace)
  expect(wire.sandbox.ask('POST', `snapshots/${FIRST_PAGE}`).status).toBeLessThan(300)
}

async function look(wire: Wire): Promise<Seen> {
  const [servers, limits, ports, publicIps, volumes] = await Promise.all([
    get(wire, 'ecs', '/v1/{p}/cloudservers/detail?limit=1000'),
    get(wire, 'ecs', '/v1/{p}/cloudservers/limits'),
    get(wire, 'vpc', '/v1/{p}/ports'),
    get(wire, 'vpc', '/v1/{p}/publicips'),
    get(wire, 'evs', '/v2/{p}/cloudvolumes/detail?limit=1000'),
  ])
  return {
    count: servers.count,
    servers: servers.servers,
    limits: limits.absolute,
    ports: ports.ports,
    publicIps: publicIps.publicips,
    volumes: volumes.volumes,
  }
}

async function get(wire: Wire, service: string, target: string) {
  const [path = '', search] = target.split('?')
  const query = search ? [search.split('=') as [string, string]] : []
  const { status, text, body } = await wire.ask({ service, path, query })
  expect(status, text).toBe(200)
  return body
}
