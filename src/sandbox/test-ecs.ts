import type { Pair } from '../wire/signature.ts'
import { projectIn, type TestCloud } from './test-client.ts'

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
  return {
    project,
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
