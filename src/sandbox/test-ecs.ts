import type { Pair } from '../wire/signature.ts'
import { projectOfRegion } from './projects.ts'
import { regionOf } from './regions.ts'
import { projectIn, type TestCloud } from './test-client.ts'

/** Made for these tests and used nowhere. */
export const SSH_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl test@example'

function splitQuery(text: string): { path: string; query: Pair[] } {
  const [path = '', query = ''] = text.split('?')
  const pairs = query.split('&').filter(Boolean)
  return {
    path,
    query: pairs.map(
      (pair): Pair => [
        pair.slice(0, pair.indexOf('=')),
        decodeURIComponent(pair.slice(pair.indexOf('=') + 1)),
      ],
    ),
  }
}

function projectNamed(id: string) {
  const region = regionOf(id)
  if (!region) throw new Error(`no region ${id}`)
  return projectOfRegion(region)
}

/** A region's ECS and VPC as the tests talk to them. */
export function ecsIn(cloud: TestCloud, region = 'cn-east-2') {
  const project = projectIn(region)
  const host = `ecs.${region}.myhuaweicloud.com`
  const base = `/v1/${project}/cloudservers`
  const get = (path: string, ...query: Pair[]) => cloud.call({ host, path, query })
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    cloud.call({ host, method: 'POST', path, body, headers })
  const vpc = (path: string) =>
    cloud.call({ host: `vpc.${region}.myhuaweicloud.com`, path: `/v1/${project}/${path}` })
  const at = (service: string, method: string, version: string, path: string, body?: object | string) =>
    cloud.call({
      host: `${service}.${region}.myhuaweicloud.com`,
      method,
      ...splitQuery(`/${version}/${project}/${path}`),
      ...(body === undefined ? {} : { body }),
    })
  return {
    project,
    /** For what cannot be brought about from outside in a test's time. */
    holdings: () => cloud.sandbox.world.holdings(projectNamed(region)),
    list: (...query: Pair[]) => get(`${base}/detail`, ...query),
    show: (id: string) => get(`${base}/${id}`),
    job: (id: string) => get(`/v1/${project}/jobs/${id}`),
    limits: async () => (await get(`${base}/limits`)).body.absolute,
    act: (body: object) => post(`${base}/action`, body),
    remove: (body: object) => post(`${base}/delete`, body),
    create: (body: object, headers?: Record<string, string>) =>
      post(`/v1.1/${project}/cloudservers`, body, headers),
    createPostPaid: (body: object) => post(base, body),
    vpc,
    /** Any other operation of ECS: a version, and what follows the project. */
    call: (method: string, version: string, path: string, body?: object | string) =>
      at('ecs', method, version, path, body),
    evs: (method: string, version: string, path: string, body?: object | string) =>
      at('evs', method, version, path, body),
    /** Paths of IMS stand without a project mostly. */
    ims: (method: string, path: string, body?: object | string, type?: string) =>
      cloud.call({
        host: `ims.${region}.myhuaweicloud.com`,
        method,
        ...splitQuery(path),
        headers: { 'X-Project-Id': project, ...(type ? { 'Content-Type': type } : {}) },
        ...(body === undefined ? {} : { body }),
      }),
    async keypair(name: string) {
      return (await at('ecs', 'POST', 'v2.1', 'os-keypairs', { keypair: { name, public_key: SSH_KEY } })).body
    },
    /** Of a server that is made and done. */
    async made(changes: object = {}): Promise<string> {
      return (await post(`/v1.1/${project}/cloudservers`, { server: await this.wanted(changes) })).body
        .serverIds[0]
    },
    /** The smallest body that makes a server, with what a test wants otherwise. */
    async wanted(changes: object = {}) {
      const [subnet] = (await vpc('subnets')).body.subnets
      return {
        name: 'test',
        imageRef: '88faab67-9e31-48d9-8027-f8a025da94de',
        flavorRef: 'ac6.12xlarge.2',
        vpcid: subnet.vpc_id as string,
        nics: [{ subnet_id: subnet.id as string }],
        root_volume: { volumetype: 'SATA', size: 60 },
        ...changes,
      }
    },
  }
}

export type Ecs = ReturnType<typeof ecsIn>
