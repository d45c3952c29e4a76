import { type Credentials, hider, type KeyPair, keyHeaders } from './credentials.ts'
import { type Outside, outside } from './outside.ts'
import { RetryBudget } from './retry.ts'

export interface CallOptions {
  /** Ends the call, and what it waits for, when aborted. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for the call, repetitions and pauses included; of a stream, the longest silence. 60,000. */
  readonly timeoutMs?: number | undefined
  /** How often a failed call is made again where that cannot do harm: reads twice and writes once, unless told. */
  readonly retries?: number | undefined
  /** Of Huawei Cloud's texts. */
  readonly language?: 'zh-cn' | 'en-us' | undefined
}

export interface ClientSettings extends CallOptions {
  /** Where the gateway is; `''` in a page that it serves. */
  readonly baseUrl?: string | undefined
  readonly fetch?: typeof fetch | undefined
  /** Time and chance, for tests. */
  readonly outside?: Partial<Outside> | undefined
}

export type ClientOptions = ClientSettings & Credentials

/** What all calls of a client share; nobody else gets to see it. */
export interface Setup {
  readonly baseUrl: string
  readonly defaults: CallOptions
  readonly headers: Readonly<Record<string, string>>
  readonly fetch: typeof fetch
  readonly outside: Outside
  readonly budget: RetryBudget
  readonly hide: (text: string) => string
}

export function setupOf(options: ClientOptions): Setup {
  const { baseUrl = 'http://127.0.0.1:8002', fetch: own, outside: changed, ...rest } = options
  const { signal, timeoutMs, retries, language, ...credentials } = rest
  const { secretKey, securityToken, token } = credentials as Partial<KeyPair & { token: string }>
  if (/^\w+:\/\/[^/]*@/.test(baseUrl))
    throw new TypeError('baseUrl holds a password; fetch takes none in URLs')
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    defaults: { signal, timeoutMs, retries, language },
    headers: keyHeaders(credentials),
    fetch: own ?? ((input, init) => globalThis.fetch(input, init)),
    outside: { ...outside, ...changed },
    budget: new RetryBudget(),
    hide: hider([secretKey, securityToken, token]),
  }
}
