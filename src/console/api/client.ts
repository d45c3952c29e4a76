import { authHeaders, currentRefusal, currentSession, refuse, type Session } from '../session/store.ts'
import { currentLocale } from '../text/locale.ts'
import { recordCall } from './calls.ts'
import { ApiError, errorOf, isProblem, networkLost, problemError } from './error.ts'
import { calls, type Operations } from './schema.ts'

export type QueryValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

export interface Ask {
  query?: QueryValues | undefined
  body?: unknown
  headers?: Readonly<Record<string, string>> | undefined
  signal?: AbortSignal | undefined
  /** Keys that are not signed in yet: their refusal is told to the caller alone. */
  as?: Session | undefined
}

type Given<K extends keyof Operations> = Omit<Ask, 'query' | 'body'> &
  (keyof Operations[K]['path'] extends never ? { path?: never } : { path: Operations[K]['path'] }) &
  (object extends Operations[K]['query']
    ? { query?: Operations[K]['query'] }
    : { query: Operations[K]['query'] }) &
  (Operations[K] extends { body: infer B } ? { body: B } : { body?: never })

export type AnswerOf<K extends keyof Operations> = Operations[K]['answer']

/** One call of the API by the name that the documents give it; answers what stands in `data.value`. */
export async function call<K extends keyof Operations>(operation: K, given: Given<K>): Promise<AnswerOf<K>> {
  const { method, path } = calls[operation]
  const { path: places, ...ask } = given as Ask & { path?: Record<string, string> }
  return (await askValue(method, filled(path, places), ask)) as AnswerOf<K>
}

/** What stands in `data.value` of any path of the API. */
export const askValue = async (method: string, path: string, ask: Ask): Promise<unknown> =>
  unwrapped(await request(method, path, ask))

/** Any path of this server; answers its JSON as it stands. The sandbox's doors are asked like this. */
export async function request(method: string, path: string, ask: Ask = {}): Promise<unknown> {
  const answer = await send(method, path, ask)
  return answer.status === 204 ? undefined : read(answer)
}

/** Sends, and throws what is an error; the body is the caller's to read. */
export async function send(method: string, path: string, ask: Ask): Promise<Response> {
  const refused = currentRefusal()
  // Keys that are refused again and again get locked, so none are sent until somebody decides.
  if (refused && !ask.as) throw refused
  const whole = path + queryText(ask.query)
  const note = recordCall({ method, path: whole, body: ask.body, headers: ask.headers ?? {} })
  const began = performance.now()
  const hasBody = ask.body !== undefined
  const answer = await fetch(whole, {
    method,
    headers: {
      'Accept-Language': currentLocale() === 'zh' ? 'zh-cn' : 'en-us',
      ...authHeaders(ask.as ?? currentSession()),
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
      ...ask.headers,
    },
    body: hasBody ? JSON.stringify(ask.body) : null,
    signal: ask.signal ?? null,
    cache: 'no-store',
  }).catch((thrown: unknown) => {
    note({ status: 0, ms: performance.now() - began })
    ask.signal?.throwIfAborted()
    throw networkLost(thrown)
  })
  const requestId = answer.headers.get('x-request-id')
  note({ status: answer.status, ms: performance.now() - began, ...(requestId ? { requestId } : {}) })
  if (answer.ok) return answer
  const body = await answer.json().catch(() => undefined)
  const error = errorOf(answer.status, answer.headers, body)
  if (error.status === 401 && !ask.as && path.startsWith('/api/')) refuse(error)
  throw error
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text().catch((thrown: unknown) => {
    throw networkLost(thrown)
  })
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError({ status: 0, reason: 'ANSWER_UNREADABLE', message: '', retryable: true })
  }
}

function unwrapped(body: unknown): unknown {
  if (isProblem(body)) throw problemError(body)
  return (body as { data?: { value?: unknown } } | undefined)?.data?.value ?? {}
}

function filled(path: string, places: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(places[name] ?? ''))
}

/** `?a=1&b=2`, or nothing. `*` and commas stay readable, as the documents write them. */
export function queryText(query: QueryValues = {}): string {
  const pairs = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) pairs.append(name, String(one))
  }
  const text = pairs.toString().replaceAll('%2C', ',').replaceAll('%2A', '*')
  return text === '' ? '' : `?${text}`
}
