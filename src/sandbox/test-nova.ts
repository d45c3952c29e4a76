import { projectIn, type TestCloud } from './test-client.ts'

/** A region's Nova as the tests talk to it. */
export function novaIn(cloud: TestCloud, region = 'cn-east-2') {
  const project = projectIn(region)
  const host = `ecs.${region}.myhuaweicloud.com`
  const at = (path: string) => `/v2.1/${project}${path}`
  const get = (path: string, ...query: [string, string][]) => cloud.call({ host, path: at(path), query })
  const send = (method: string, path: string, body?: object | string) =>
    cloud.call({ host, method, path: at(path), ...(body === undefined ? {} : { body }) })
  return {
    project,
    get,
    send,
    show: (id: string) => get(`/servers/${id}`),
    act: (id: string, body: object) => send('POST', `/servers/${id}/action`, body),
    remove: (id: string) => send('DELETE', `/servers/${id}`),
    create: (server: object, more: object = {}) => send('POST', '/servers', { server, ...more }),
    /** The smallest body that makes a server, with what a test wants otherwise. */
    async wanted(changes: object = {}) {
      const vpc = { host: `vpc.${region}.myhuaweicloud.com`, path: `/v1/${project}/subnets` }
      const [subnet] = (await cloud.call(vpc)).body.subnets
      return {
        name: 'test',
        imageRef: '88faab67-9e31-48d9-8027-f8a025da94de',
        flavorRef: 'ac6.12xlarge.2',
        networks: [{ uuid: subnet.id as string }],
        ...changes,
      }
    },
    /** One that is there already, and its id. */
    async made(changes: object = {}): Promise<string> {
      return (await this.create(await this.wanted(changes))).body.server.id
    },
  }
}
