import { Agent, request } from 'node:http'
import type { Outside } from '../../src/outside.ts'
import { buildSandbox, type Sandbox } from '../../src/sandbox/app.ts'
import type { Pace } from '../../src/sandbox/jobs.ts'
import { SANDBOX_KEYS } from '../../src/sandbox/keys.ts'
import { projects } from '../../src/sandbox/projects.ts'
import { encode, type Pair, sdkDate, sha256, sign } from '../../src/wire/signature.ts'

export const REGION = 'cn-east-2'
export const PROJECT = projects.find(({ name }) => name === REGION)?.id ?? ''
/** What no project has. */
export const UNKNOWN = '00000000-0000-4000-8000-000000000000'

export interface Call {
  service: string
  method?: string
  /** `{p}` is the project. */
  path: string
  query?: readonly Pair[]
  /** A text or bytes go as they are, all else as JSON. */
  body?: unknown
  headers?: Readonly<Record<string, string>>
  /** Instead of the keys that the sandbox knows. */
  keys?: { accessKey: string; secretKey: string } | 'none'
}

export interface Heard {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any
}

export interface Wire {
  sandbox: Sandbox
  /** What the sandbox itself held for a bug of its own. */
  bugs: unknown[]
  now(): number
  pass(ms: number): void
  ask(call: Call): Promise<Heard>
  close(): Promise<void>
}

/** A sandbox behind signed HTTP over kept connections; time passes only by hand, chance is a fixed row. */
export async function startWire(pace: Pace = { by: 'at-once' }): Promise<Wire> {
  let now = Date.parse('2026-01-01T00:00:00Z')
  let drawn = 0
  const draw = () => sha256(String(drawn++))
  const outside: Outside = {
    now: () => now,
    elapsed: () => now,
    random: () => Number.parseInt(draw().slice(0, 12), 16) / 2 ** 48,
    uuid: () => draw().replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5'),
    sleep: () => Promise.reject(new Error('the sandbox never waits')),
  }
  const bugs: unknown[] = []
  const sandbox = buildSandbox({ outside, pace, report: (thrown) => void bugs.push(thrown) })
  const { port } = await sandbox.listen()
  const agent = new Agent({ keepAlive: true })
  return {
    sandbox,
    bugs,
    now: () => now,
    pass: (ms) => {
      now += ms
    },
    ask: (call) => send(port, agent, call, now),
    async close() {
      agent.destroy()
      await sandbox.close()
    },
  }
}

function send(port: number, agent: Agent, call: Call, now: number): Promise<Heard> {
  const { service, method = 'GET', query = [], headers = {}, keys = SANDBOX_KEYS } = call
  const path = call.path.replace('{p}', PROJECT)
  const body = bytesOf(call.body)
  const date = sdkDate(now)
  const signed: Pair[] = [
    ['Host', service === 'iam' ? 'iam.myhuaweicloud.com' : `${service}.${REGION}.myhuaweicloud.com`],
    ['X-Sdk-Date', date],
    ...Object.entries(headers),
  ]
  const signable = { method, path, query, headers: signed, payloadHash: sha256(body) }
  const authorization =
    keys === 'none' ? [] : [['Authorization', sign(signable, keys.accessKey, keys.secretKey, date)]]
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        port,
        host: '127.0.0.1',
        agent,
        method,
        path: path + (search && `?${search}`),
        headers: {
          ...Object.fromEntries(signed),
          ...Object.fromEntries(authorization),
          'Content-Type': 'application/json',
          'Content-Length': body.length,
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          const { statusCode = 0, headers } = response
          resolve({ status: statusCode, headers, text, body: read(text) })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function bytesOf(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0)
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
