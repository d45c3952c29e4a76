/** The requests of the bench, as bytes: twenty callers, who read and now and then write. */
const REGION = 'cn-north-4'
const CALLERS = 20

const keysOf = (caller: number) =>
  `X-Access-Key: BENCHACCESSKEY${String(caller).padStart(4, '0')}\r\nX-Secret-Key: BenchSecretKey${String(caller).padStart(26, '0')}\r\n`

export function request(
  port: number,
  line: string,
  { caller = 0, body, more = '' }: { caller?: number; body?: string | Buffer; more?: string } = {},
): Buffer {
  const content = body ? `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n` : ''
  const head = Buffer.from(
    `${line} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${keysOf(caller)}${content}${more}\r\n`,
    'latin1',
  )
  return body ? Buffer.concat([head, Buffer.from(body)]) : head
}

const START = JSON.stringify({ regionId: REGION, servers: [{ id: '616fb98f-46ca-475e-917e-2563e5a8cd19' }] })
const CREATE = JSON.stringify({
  regionId: REGION,
  name: 'bench',
  imageId: '88faab67-9e31-48d9-8027-f8a025da94de',
  instanceType: 's6.small.1',
  vpcId: '2a6f4aa6-d93e-45f5-a8cb-b030dbf8cd68',
  nics: [{ subnetId: 'ef039b60-6a14-42d1-963b-687b627fea08' }],
  rootVolume: { volumeType: 'SSD', size: 40 },
})

export const LIST = `GET /api/instances?regionId=${REGION}`
/** The upstream answers 5 MB to this name. */
export const BIG_LIST = `${LIST}&name=big`
/** Padded to just below the limit of a body; one field too many, so that it ends here. */
export const LARGE_JSON = JSON.stringify({ ...JSON.parse(CREATE), userDataa: 'a'.repeat(255 * 1024) })
export const LARGE_RAW = Buffer.alloc(12 * 1024 * 1024 - 1, 'a')
export const RAW = `POST /api/raw/ecs/v1/{project_id}/bench?regionId=${REGION}`
export const CREATE_LINE = 'POST /api/instances'
export const START_LINE = 'PUT /api/instances/start'

/** The bytes of request number `index`. A share of `writes` is spread evenly, over all callers; `reads` come in turn. */
export function requestsTo(
  port: number,
  writes: number,
  more = '',
  reads: readonly string[] = [LIST],
): (index: number) => Buffer {
  const callers = Array.from({ length: CALLERS }, (_, caller) => ({
    reads: reads.map((line) => request(port, line, { caller, more })),
    start: request(port, START_LINE, { caller, body: START, more }),
    create: request(port, CREATE_LINE, { caller, body: CREATE, more }),
  }))
  return (index) => {
    const before = Math.floor(index * writes)
    const caller = callers[(index + before) % CALLERS]
    if (!caller) throw new Error('no caller')
    if (Math.floor((index + 1) * writes) === before) return readOf(caller.reads, Math.floor(index / CALLERS))
    return before % 2 ? caller.create : caller.start
  }
}

function readOf(reads: readonly Buffer[], turn: number): Buffer {
  const bytes = reads[turn % reads.length]
  if (!bytes) throw new Error('nothing to read')
  return bytes
}
