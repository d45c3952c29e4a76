import { request } from 'node:http'
import { onTestFinished } from 'vitest'
import type { Outside } from '../outside.ts'
import { encode, type Pair, sdkDate, sha256, sign } from '../wire/signature.ts'
import { buildSandbox, type Sandbox, type SandboxOptions } from './app.ts'
import { stableUuid } from './ids.ts'
import type { Pace } from './jobs.ts'
import { SANDBOX_KEYS } from './keys.ts'
import { projectOfRegion } from './projects.ts'
import { regionOf } from './regions.ts'

export interface Call {
  method?: string
  /** Sent as Host; without one the sandbox is asked by its bare address. */
  host?: string
  path: string
  query?: readonly Pair[]
  /** An object is sent as JSON, a text as it is. */
  body?: object | string
  headers?: Readonly<Record<string, string>>
  accessKey?: string
  secretKey?: string
  signedAt?: number
  /** Changes the request after it was signed. */
  tamper?: (wire: Wire) => Partial<Wire>
}

interface Wire {
  target: string
  headers: [string, string][]
  body: string
}

export interface Heard {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any
}

export interface TestCloud {
  sandbox: Sandbox
  port: number
  /** Moves the clock by hand: nothing here waits. */
  pass(ms: number): void
  now(): number
  call(call: Call): Promise<Heard>
}

export const START = Date.parse('2026-01-01T00:00:00Z')

/** A sandbox on a free port with a clock moved by hand, gone when the test is over. */
export async function startCloud(
  pace: Pace = { by: 'at-once' },
  beginning: Pick<SandboxOptions, 'story' | 'journal'> = {},
): Promise<TestCloud> {
  let now = START
  let ids = 0
  const outside: Outside = {
    now: () => now,
    elapsed: () => now - START,
    random: () => ((ids++ * 7919) % 1000) / 1000,
    uuid: () => stableUuid(`test ${ids++}`),
    sleep: () => Promise.reject(new Error('the sandbox never waits')),
  }
  const sandbox = buildSandbox({ outside, pace, ...beginning })
  const { port } = await sandbox.listen()
  onTestFinished(() => sandbox.close())
  return {
    sandbox,
    port,
    pass: (ms) => {
      now += ms
    },
    now: () => now,
    call: (call) => send(port, call, now),
  }
}

export const projectIn = (id: string): string => {
  const region = regionOf(id)
  if (!region) throw new Error(`no region ${id}`)
  return projectOfRegion(region).id
}

export async function send(port: number, call: Call, now: number): Promise<Heard> {
  const honest = signed(port, call, now)
  const wire = { ...honest, ...call.tamper?.(honest) }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        port,
        host: '127.0.0.1',
        method: call.method ?? 'GET',
        path: wire.target,
        headers: wire.headers.flat(),
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          const isJson = /json/.test(response.headers['content-type'] ?? '') && text
          try {
            const body = isJson ? JSON.parse(text) : undefined
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body })
          } catch (error) {
            reject(error)
          }
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(wire.body)
  })
}

function signed(port: number, call: Call, now: number): Wire {
  const { accessKey, secretKey } = { ...SANDBOX_KEYS, ...call }
  const date = sdkDate(call.signedAt ?? now)
  const body = typeof call.body === 'string' ? call.body : call.body ? JSON.stringify(call.body) : ''
  const headers: [string, string][] = [
    ['Host', call.host ?? `127.0.0.1:${port}`],
    ['X-Sdk-Date', date],
    ...Object.entries({
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...call.headers,
    }),
  ]
  const signable = {
    method: call.method ?? 'GET',
    path: call.path,
    query: call.query ?? [],
    headers,
    payloadHash: sha256(body),
  }
  const authorization = sign(signable, accessKey, secretKey, date)
  const query = (call.query ?? []).map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  return {
    target: call.path + (query && `?${query}`),
    headers: [
      ...headers,
      ['Authorization', authorization],
      ...(body ? ([['Content-Length', String(Buffer.byteLength(body))]] as [string, string][]) : []),
    ],
    body,
  }
}
