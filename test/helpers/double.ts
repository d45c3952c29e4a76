// A second Huawei Cloud, written without our code: nothing here may import from src/. What our gateway and our
// sandbox could misunderstand together shows against this one, which checks signatures with Huawei's own signer.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js'
import type { ICredential } from '@huaweicloud/huaweicloud-sdk-core/auth/ICredential.js'
import type { IHttpRequest } from '@huaweicloud/huaweicloud-sdk-core/http/IHttpRequest.js'
import { answerOf, gatewayError, type Reply } from './double-answers.ts'

export { projectIdOf } from './double-answers.ts'

export interface RecordedRequest {
  method: string
  /** As on the wire, without query. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
  /** Whether Huawei's signer would have written the same `Authorization` header. */
  verified: boolean
}

/** What a test wants answered; JSON with status 200 unless it says otherwise. */
export type Override = Reply | 'hang-up'

export interface Double {
  url: string
  /** Everything that arrived, in order, refused requests too. */
  requests: RecordedRequest[]
  /** Answers every well signed request whose `METHOD /path` begins with `match`; the latest match counts. */
  answer(match: string, response: Override): void
  close(): Promise<void>
}

export interface Keys {
  accessKey: string
  secretKey: string
}

export async function startDouble(keys: Keys): Promise<Double> {
  const requests: RecordedRequest[] = []
  const overrides: [match: string, response: Override][] = []
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy())
  })

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming)
    const request = record(incoming, body, keys)
    requests.push(request)
    const requestId = randomBytes(16).toString('hex')
    const response = request.verified
      ? (override(request) ?? answerOf(request, requestId))
      : gatewayError(401, 'APIGW.0301', REFUSED, requestId)
    if (response === 'hang-up') {
      outgoing.destroy()
      return
    }
    const { status = 200, headers = {}, body: text = '' } = response
    outgoing.writeHead(status, { 'Content-Type': 'application/json', 'X-Request-Id': requestId, ...headers })
    outgoing.end(text)
  }

  const override = ({ method, path }: RecordedRequest): Override | undefined =>
    overrides.findLast(([match]) => `${method} ${path}`.startsWith(match))?.[1]

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (match, response) => void overrides.push([match, response]),
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

const REFUSED = 'Incorrect IAM authentication information: verify aksk signature fail'

function record(incoming: IncomingMessage, body: Buffer, keys: Keys): RecordedRequest {
  const { method = '', url = '', headers } = incoming
  const [path = '', ...rest] = url.split('?')
  const request = { method, path, query: new URLSearchParams(rest.join('?')), headers }
  return { ...request, body: body.toString(), verified: isSigned(request, body, keys) }
}

type Received = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'headers'>

/** Has Huawei's signer sign what arrived, over the headers the client names, and compares the header whole. */
function isSigned({ method, path, query, headers }: Received, body: Buffer, keys: Keys): boolean {
  const names = /SignedHeaders=([^,\s]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? []
  const signed = names.map((name) => [SPELLINGS[name] ?? name, headers[name]] as const)
  if (signed.some(([, value]) => value === undefined)) return false
  try {
    const expected: { Authorization?: string } = WireSigner.sign(
      {
        method,
        endpoint: `https://${headers.host}${decodeURIComponent(path)}`,
        queryParams: Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)])),
        headers: Object.fromEntries(signed),
        data: body,
      },
      { getAk: () => keys.accessKey, getSk: () => keys.secretKey } as ICredential,
    )
    return expected.Authorization === headers.authorization
  } catch {
    return false // a path that is not percent-encoded text
  }
}

/** The signer looks these two up by this spelling only. */
const SPELLINGS: Record<string, string> = {
  'x-sdk-date': 'X-Sdk-Date',
  'x-sdk-content-sha256': 'X-Sdk-Content-Sha256',
}

/** The official signer stringifies a body before it hashes it; here the bytes that arrived are hashed. */
class WireSigner extends AKSKSigner {
  static override buildPayloadHash({ headers, data }: IHttpRequest): string {
    return headers['X-Sdk-Content-Sha256'] ?? AKSKSigner.Hex(data)
  }
}
