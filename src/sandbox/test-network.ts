import type { Pair } from '../wire/signature.ts'
import { type Heard, projectIn, type TestCloud } from './test-client.ts'

/** A region's VPC host as the tests talk to it; paths from the version on, `{p}` for the project. */
export function networkIn(cloud: TestCloud, region = 'cn-east-2') {
  const host = `vpc.${region}.myhuaweicloud.com`
  const project = projectIn(region)
  const at = (path: string) => path.replace('{p}', project)
  const send = (method: string) => (path: string, body?: object) =>
    cloud.call({ host, method, path: at(path), ...(body ? { body } : {}) })
  const get = (path: string, ...query: Pair[]) => cloud.call({ host, path: at(path), query })
  const post = send('POST')
  return {
    project,
    get,
    post,
    put: send('PUT'),
    delete: send('DELETE'),
    vpc: async (name: string, cidr = '10.1.0.0/16') =>
      (await post('/v1/{p}/vpcs', { vpc: { name, cidr } })).body.vpc,
    subnet: async (vpc_id: string, block = '10.1.2') => {
      const subnet = { name: 's', cidr: `${block}.0/24`, gateway_ip: `${block}.1`, vpc_id }
      return (await post('/v1/{p}/subnets', { subnet })).body.subnet
    },
    firstSubnet: async () => (await get('/v1/{p}/subnets')).body.subnets[0],
    eip: async (changes: object = {}) => {
      const bandwidth = { share_type: 'PER', name: 'bw', size: 5, charge_mode: 'traffic' }
      const body = { publicip: { type: '5_bgp' }, bandwidth, ...changes }
      return (await post('/v1/{p}/publicips', body)).body.publicip
    },
    port: async (changes: object = {}) => {
      const [subnet] = (await get('/v1/{p}/subnets')).body.subnets
      return (await post('/v1/{p}/ports', { port: { network_id: subnet.id, ...changes } })).body.port
    },
  }
}

export type NetworkHost = ReturnType<typeof networkIn>

/** How it was refused, in whichever of the three shapes. */
export function refusalOf({ status, body }: Heard): [number, string] {
  return [status, body?.NeutronError?.type ?? body?.error?.code ?? body?.error_code ?? body?.code]
}
