/** Answers of Huawei Cloud as the sandbox gives them, repeated until they are as long as real ones. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SANDBOX_KEYS } from '../src/sandbox/keys.ts'
import { jobId, PROJECT, REGION } from './compare-paths.ts'
import { end, program, start } from './processes.ts'

/** `$1` is the id that was asked for. */
export const JOB = '{"status":"SUCCESS","entities":{},"job_id":"$1"}'

export const PROJECTS = JSON.stringify({
  projects: [{ id: PROJECT, name: REGION, domain_id: 'bench', parent_id: 'bench', enabled: true }],
  links: {},
})

const BYTES = { images: 12_000, types: 900_000, servers: 20_000_000 }

export interface Recorded {
  readonly job: number
  readonly images: number
  readonly types: number
  readonly servers: number
}

type Items = Record<string, unknown>[]

/** Writes `images.json`, `types.json` and `servers.json`; tells how long they have become. */
export async function recordInto(folder: string): Promise<Recorded> {
  const gateway = await start([program, 'serve', '--port', '0', '--log-level', 'silent'], {
    HCA_SANDBOX_PACE: 'at-once',
    HOME: folder,
  })
  try {
    const ask = asker(gateway.url)
    const images = await ask('GET', `images?regionId=${REGION}`)
    const types = await ask('GET', `instance-types?regionId=${REGION}`)
    await makeServer(ask)
    const { servers } = await ask('GET', `instances?regionId=${REGION}`)
    const texts = {
      images: JSON.stringify({ ...images, images: grown(images.images as Items, BYTES.images) }),
      types: JSON.stringify({ flavors: grown(types.flavors as Items, BYTES.types) }),
      servers: JSON.stringify({ servers: grown(servers as Items, BYTES.servers), count: 10_000 }),
    }
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, `${name}.json`), text)
    const long = (text: string) => Buffer.byteLength(text)
    return {
      job: long(JOB.replace('$1', jobId(0))),
      images: long(texts.images),
      types: long(texts.types),
      servers: long(texts.servers),
    }
  } finally {
    await end(gateway)
  }
}

type Ask = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>

const asker =
  (url: string): Ask =>
  async (method, path, body) => {
    const response = await fetch(`${url}/api/${path}`, {
      method,
      headers: {
        'x-access-key': SANDBOX_KEYS.accessKey,
        'x-secret-key': SANDBOX_KEYS.secretKey,
        'content-type': 'application/json',
        prefer: 'wait=10',
      },
      ...(body ? { body: JSON.stringify({ regionId: REGION, ...body }) } : {}),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 500)}`)
    return JSON.parse(text).data.value
  }

async function makeServer(ask: Ask): Promise<void> {
  const { vpc } = (await ask('POST', 'vpcs', { name: 'bench', cidr: '10.0.0.0/8' })) as {
    vpc: { id: string }
  }
  const network = { name: 'bench', vpcId: vpc.id, cidr: '10.0.0.0/16', gatewayIp: '10.0.0.1' }
  const { subnet } = (await ask('POST', 'subnets', network)) as { subnet: { id: string } }
  const found = await ask('GET', `images?regionId=${REGION}&name=CentOS%207.9%2064bit`)
  await ask('POST', 'instances', {
    name: 'bench',
    imageId: (found.images as Items)[0]?.id,
    instanceType: 's6.small.1',
    vpcId: vpc.id,
    nics: [{ subnetId: subnet.id }],
    rootVolume: { volumeType: 'SAS', size: 40 },
  })
}

/** The items over and over until they are so many bytes. */
function grown(items: Items, bytes: number): Items {
  const lengths = items.map((item) => JSON.stringify(item).length + 1)
  const all: Items = []
  for (let length = 0, next = 0; length < bytes; next = (next + 1) % items.length) {
    all.push(items[next] ?? {})
    length += lengths[next] ?? bytes
  }
  return all
}
