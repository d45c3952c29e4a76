import { askWithin } from './inner-ask.ts'
import { type Project, projects } from './projects.ts'
import { Refusal } from './refusal.ts'
import { type Seed, SeedError, type SeedProject, type SeedServer } from './seed-file.ts'
import type { ServiceName } from './service.ts'
import type { KeptWorld } from './world.ts'

/**
 * Makes what the seed asks for by the very operations that callers use, so that nothing can be in the world
 * that could not come to be in it. All that is refused is told at once.
 */
export function furnish(world: KeptWorld, seed: Seed): void {
  const faults: string[] = []
  for (const [name, wanted] of Object.entries(seed.projects ?? {})) {
    const project = projects.find((each) => each.name === name)
    if (project) new Furnisher(world, project, faults).furnish(wanted)
  }
  if (faults.length > 0) throw new SeedError(faults)
}

class Furnisher {
  private readonly world: KeptWorld
  private readonly project: Project
  private readonly faults: string[]
  private readonly vpcs = new Map<string, string>()
  private readonly subnets = new Map<string, { id: string; vpcId: string }>()
  private readonly servers = new Map<string, string>()

  constructor(world: KeptWorld, project: Project, faults: string[]) {
    this.world = world
    this.project = project
    this.faults = faults
    const holdings = world.holdings(project)
    for (const { id, name } of holdings.vpcs.values()) this.vpcs.set(name, id)
    for (const { id, name, vpcId } of holdings.subnets.values()) this.subnets.set(name, { id, vpcId })
    for (const { id, name } of holdings.servers.values()) this.servers.set(name, id)
  }

  furnish({ vpcs = [], subnets = [], servers = [], images = [] }: SeedProject): void {
    this.each('vpcs', vpcs, ({ name, cidr, description = '' }) => {
      const { vpc } = this.ask('vpc', '/v1/{project_id}/vpcs', { vpc: { name, cidr, description } })
      this.vpcs.set(name, vpc.id)
    })
    this.each('subnets', subnets, ({ name, vpc, cidr, gateway, zone }) => {
      const vpc_id = this.known(this.vpcs, vpc, 'vpc')
      const gateway_ip = gateway ?? cidr.replace(/\.\d+\/\d+$/, '.1')
      const wanted = { name, vpc_id, cidr, gateway_ip, ...(zone ? { availability_zone: zone } : {}) }
      const { subnet } = this.ask('vpc', '/v1/{project_id}/subnets', { subnet: wanted })
      this.subnets.set(name, { id: subnet.id, vpcId: vpc_id })
    })
    this.each('servers', servers, (wanted) => this.buildServer(wanted))
    this.each('images', images, ({ name, server }) => {
      this.ask('ims', '/v2/cloudimages/action', {
        name,
        instance_id: this.known(this.servers, server, 'server'),
      })
    })
  }

  private buildServer(wanted: SeedServer): void {
    const { name, flavor, image, count = 1, zone, rootVolume, tags, metadata, description } = wanted
    const subnet = this.known(this.subnets, wanted.subnet ?? 'subnet-default', 'subnet')
    const { serverIds } = this.ask('ecs', '/v1.1/{project_id}/cloudservers', {
      server: {
        name,
        flavorRef: flavor,
        imageRef: this.imageId(image),
        vpcid: subnet.vpcId,
        nics: [{ subnet_id: subnet.id }],
        root_volume: {
          volumetype: rootVolume?.type ?? 'SSD',
          ...(rootVolume?.size === undefined ? {} : { size: rootVolume.size }),
        },
        count,
        ...(zone === undefined ? {} : { availability_zone: zone }),
        ...(metadata === undefined ? {} : { metadata }),
        ...(description === undefined ? {} : { description }),
        ...(tags ? { server_tags: Object.entries(tags).map(([key, value]) => ({ key, value })) } : {}),
      },
    })
    this.servers.set(name, serverIds[0])
    const servers = serverIds.map((id: string) => ({ id }))
    if (wanted.stopped) this.ask('ecs', '/v1/{project_id}/cloudservers/action', { 'os-stop': { servers } })
  }

  private imageId(wanted: string): string {
    const target = `/v2/cloudimages?name=${encodeURIComponent(wanted)}`
    const [image] = this.answer('ims', 'GET', target).images
    return image?.id ?? wanted
  }

  private known<T>(among: ReadonlyMap<string, T>, name: string, kind: string): T {
    const found = among.get(name)
    if (found === undefined) throw new Refusal(404, 'SANDBOX.SEED', `There is no ${kind} ${name}.`)
    return found
  }

  private ask(service: ServiceName, path: string, body: object) {
    return this.answer(service, 'POST', path, body)
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers come in every shape
  private answer(service: ServiceName, method: string, target: string, body?: object): any {
    return askWithin(this.world, this.project, service, method, target, body)
  }

  /** Ids depend on nothing but kind, name and project, whatever else the file holds. */
  private each<T extends { name: string }>(kind: string, wanted: readonly T[], make: (one: T) => void): void {
    for (const [index, one] of wanted.entries())
      try {
        this.world.aside(`${this.project.name} ${kind} ${one.name}`, () => make(one))
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown
        const place = `projects.${this.project.name}.${kind}[${index}]`
        this.faults.push(`seed: ${place} (${one.name}) is refused: ${thrown.code} ${thrown.message}`)
      }
  }
}
