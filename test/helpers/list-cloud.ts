import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import { keyHeaders, ONCE, startBefore, type TestHouse } from './house.ts'

export interface Asked {
  /** Of the project in the path: `p-cn-north-4` belongs to cn-north-4. */
  region: string
  path: string
  query: URLSearchParams
}

/** A text is answered whole, what is undefined never; a function does as it likes. */
export type Reply = string | undefined | ((response: ServerResponse) => void)

export interface ListCloud extends TestHouse {
  /** What was asked for, IAM aside. */
  readonly asked: Asked[]
  /** The paths of what IAM was asked. */
  readonly iam: string[]
}

export interface IamReply {
  opened?: readonly string[]
  /** By path; for the others the opened regions' projects are told. */
  refuses?: Readonly<Record<string, number>>
}

const JSON_TYPE = { 'content-type': 'application/json' }

export const refusal =
  (status: number, code: string, message = 'no'): Reply =>
  (response) => {
    response.writeHead(status, JSON_TYPE).end(JSON.stringify({ error: { code, message } }))
  }

/** Huawei Cloud as far as lists go, answering as the test wants, with the house in front of it. */
export async function startLists(
  reply: (asked: Asked, count: number) => Reply,
  { opened = ['cn-north-4', 'cn-south-1', 'cn-east-2'], refuses = {} }: IamReply = {},
  env: Record<string, string> = {},
): Promise<ListCloud> {
  const asked: Asked[] = []
  const iam: string[] = []
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://cloud')
    if (path.startsWith('/v3/')) {
      iam.push(path)
      const status = refuses[path]
      if (status) {
        const error = { code: status, message: 'no', title: 'no' }
        return void response.writeHead(status, JSON_TYPE).end(JSON.stringify({ error }))
      }
      const named = opened.filter((region) => [null, region].includes(query.get('name')))
      return void response.writeHead(200, JSON_TYPE).end(JSON.stringify({ projects: named.map(projectOf) }))
    }
    const project = String(request.headers['x-project-id'])
    const one = { region: project.replace(/^p-/, ''), path, query }
    asked.push(one)
    const said = reply(one, asked.length)
    if (typeof said === 'string') response.writeHead(200, JSON_TYPE).end(said)
    else said?.(response)
  }
  const house = await startBefore(listener, { ...ONCE, ...env })
  return { ...house, asked, iam }
}

const projectOf = (region: string) => ({
  id: `p-${region}`,
  name: region,
  domain_id: 'account',
  parent_id: 'account',
})

/** Pages of so many servers, as the list of servers has them. */
export const serverPages =
  (count: number, size: number, name = 's') =>
  ({ query }: Pick<Asked, 'query'>): string => {
    const begin = (Math.max(1, Number(query.get('offset') ?? 1)) - 1) * size
    const servers = Array.from({ length: Math.max(0, Math.min(size, count - begin)) }, (_, n) => ({
      id: `${name}${begin + n}`,
    }))
    return JSON.stringify({ count, servers })
  }

/** A reader of bytes that stops reading, or leaves, when it likes. */
export async function readerOf(url: string, path: string, accept = 'application/json') {
  const { hostname, port, host } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  onTestFinished(() => void socket.destroy())
  const lines = Object.entries({ ...keyHeaders, Host: host, Accept: accept, Connection: 'close' })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  socket.write(`GET ${path} HTTP/1.1\r\n${head}\r\n`)
  return {
    socket,
    /** Reads until this has come. */
    async until(wanted: string): Promise<string> {
      while (!text.includes(wanted)) await once(socket, 'data')
      return text
    },
  }
}
