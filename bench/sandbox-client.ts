import { Agent, request } from 'node:http'
import { SANDBOX_KEYS } from '../src/sandbox/keys.ts'
import { projectOfRegion } from '../src/sandbox/projects.ts'
import { readQuery } from '../src/sandbox/query.ts'
import { regionOf } from '../src/sandbox/regions.ts'
import { sdkDate, sha256, sign } from '../src/wire/signature.ts'

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** A region of the sandbox with a subnet that has room for all servers. */
export async function sandboxAt(url: string, regionId: string) {
  const region = regionOf(regionId)
  if (!region) throw new Error(`no region ${regionId}`)
  const project = projectOfRegion(region).id
  const ask = (service: string, path: string, body?: object) =>
    send(url, `${service}.${regionId}.myhuaweicloud.com`, `/v1/${project}/${path}`, body)
  const asked = async (service: string, path: string, body?: object) =>
    JSON.parse((await ask(service, path, body)).text)

  const { vpc } = await asked('vpc', 'vpcs', { vpc: { name: 'bench', cidr: '10.0.0.0/8' } })
  const { subnet } = await asked('vpc', 'subnets', {
    subnet: { name: 'bench', vpc_id: vpc.id, cidr: '10.0.0.0/16', gateway_ip: '10.0.0.1' },
  })
  const { images } = JSON.parse(
    (await send(url, `ims.${regionId}.myhuaweicloud.com`, '/v2/cloudimages?name=CentOS%207.9%2064bit')).text,
  )
  let newest = ''
  let made = 0
  return {
    /** How long it takes to make so many servers. */
    async create(count: number): Promise<number> {
      const { text, ms } = await ask('ecs', 'cloudservers', {
        server: {
          name: 'bench',
          imageRef: images[0].id,
          flavorRef: 's6.small.1',
          vpcid: vpc.id,
          nics: [{ subnet_id: subnet.id }],
          root_volume: { volumetype: 'SAS', size: 40 },
          count,
        },
      })
      const { serverIds } = JSON.parse(text)
      if (serverIds?.length !== count) throw new Error(`no ${count} servers: ${text.slice(0, 500)}`)
      newest = serverIds.at(-1)
      made += count
      return ms
    },
    /** How long one question takes; `{last_page}` is the number of the last page of 100. */
    async time(service: string, target: string): Promise<number> {
      const path = target
        .replace('{project_id}', project)
        .replace('{last_page}', String(made / 100))
        .replace('{newest}', newest)
      return (await send(url, `${service}.${regionId}.myhuaweicloud.com`, path)).ms
    },
  }
}

function send(
  url: string,
  host: string,
  target: string,
  body?: object,
): Promise<{ text: string; ms: number }> {
  const method = body ? 'POST' : 'GET'
  const payload = body ? JSON.stringify(body) : ''
  const [path = '', search = ''] = target.split('?')
  const date = sdkDate(Date.now())
  const headers: [string, string][] = [
    ['Host', host],
    ['X-Sdk-Date', date],
  ]
  const signable = { method, path, query: readQuery(search), headers, payloadHash: sha256(payload) }
  const authorization = sign(signable, SANDBOX_KEYS.accessKey, SANDBOX_KEYS.secretKey, date)
  const wire = { ...Object.fromEntries(headers), Authorization: authorization }
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const outgoing = request(
      url + target,
      { method, agent, headers: { ...wire, 'Content-Length': Buffer.byteLength(payload) } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const ms = performance.now() - began
          const text = Buffer.concat(chunks).toString()
          if (response.statusCode !== 200) reject(new Error(`${response.statusCode} ${target} ${text}`))
          resolve({ text, ms })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(payload)
  })
}
