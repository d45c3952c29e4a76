import { TIMEOUT_MS } from './call.ts'
import { unreadable } from './error.ts'
import { attempt } from './exchange.ts'
import { type Params, queryText, segment } from './operation.ts'
import { patienceOf } from './patience.ts'
import type { CallOptions, Setup } from './setup.ts'

export interface RawOptions extends Omit<CallOptions, 'retries'> {
  readonly regionId?: string | undefined
  readonly projectId?: string | undefined
  readonly query?: Params | undefined
  /** Sent as JSON, unless it is text or bytes. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Any operation of any service in Huawei Cloud's own words, made once; status and bytes as they came, read whole. */
export async function raw(
  setup: Setup,
  method: string,
  service: string,
  path: string,
  options: RawOptions = {},
): Promise<Response> {
  const { regionId, projectId, query = {}, body, headers } = options
  const isSent = body === undefined || typeof body === 'string' || body instanceof Uint8Array
  const asked = {
    method: method.toUpperCase(),
    path: `/api/raw/${placeOf(service, path)}${queryText({ ...query, regionId, projectId })}`,
    headers: { ...(isSent ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isSent ? (body as string) : JSON.stringify(body) }),
    mayRunTwice: false,
    takesAll: true as const,
  }
  const ms = options.timeoutMs ?? setup.defaults.timeoutMs ?? TIMEOUT_MS
  const patience = patienceOf(ms, [options.signal, setup.defaults.signal], setup.outside)
  try {
    return await attempt(setup, asked, options, patience, async (answer) => {
      // A browser keeps a redirect from the page.
      if (answer.status === 0) throw unreadable('The answer is a redirect.')
      const { status, statusText, headers: said } = answer
      const bytes = await answer.arrayBuffer()
      return new Response(bytes.byteLength === 0 ? null : bytes, { status, statusText, headers: said })
    })
  } finally {
    patience.end()
  }
}

/** Where an operation is; some paths of Huawei Cloud end with a slash. Fails with a `TypeError`. */
export function placeOf(service: string, path: string): string {
  const parts = path.replace(/^\//, '').split('/')
  const hasEnd = parts.length > 1 && parts.at(-1) === ''
  const filled = hasEnd ? parts.slice(0, -1) : parts
  const escaped = [segment('service', service), ...filled.map((part) => segment('path', part))]
  return [...escaped, ...(hasEnd ? [''] : [])].join('/')
}
