import { HuaweiCloudApiError, TIMEOUT, UNREADABLE } from './error.ts'
import type { Patience } from './patience.ts'
import { refusal } from './refusal.ts'
import { pauseMs } from './retry.ts'
import type { CallOptions, Setup } from './setup.ts'

/** One request, ready to be sent. */
export interface Asked {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: RequestInit['body']
  /** A read, or a create under a key. */
  readonly mayRunTwice: boolean
  readonly idempotencyKey?: string | undefined
  /** Refusals are answers, too. */
  readonly takesAll?: true
}

/** What comes of reading a good answer; `read` may throw what reading throws. */
export type Read<T> = (answer: Response) => Promise<T> | T

/** Asks, and asks again where that cannot do harm and there is time. */
export async function exchange<T>(
  setup: Setup,
  asked: Asked,
  options: CallOptions,
  patience: Patience,
  read: Read<T>,
): Promise<T> {
  const { outside, budget, defaults } = setup
  const most = options.retries ?? defaults.retries ?? (asked.method === 'GET' ? 2 : 1)
  for (let repeated = 0; ; repeated += 1) {
    try {
      const result = await attempt(setup, asked, options, patience, read)
      budget.wentWell()
      return result
    } catch (thrown) {
      if (!(thrown instanceof HuaweiCloudApiError) || !thrown.retryable || repeated >= most) throw thrown
      const pause = pauseMs(thrown, repeated, outside.random())
      if (pause >= patience.left() || !budget.take()) throw thrown
      await outside.sleep(pause, patience.signal).catch((ended) => {
        throw asError(ended, setup, patience, asked)
      })
    }
  }
}

/** One attempt: whatever fails is told as one kind of error, but for an abort, which keeps its caller's reason. */
export async function attempt<T>(
  setup: Setup,
  asked: Asked,
  options: CallOptions,
  patience: Patience,
  read: Read<T>,
): Promise<T> {
  const { baseUrl, defaults, fetch, headers, hide, outside } = setup
  const { method, path, body = null, takesAll } = asked
  const language = options.language ?? defaults.language
  try {
    patience.signal.throwIfAborted()
    const answer = await fetch(baseUrl + path, {
      method,
      headers: { ...headers, ...(language ? { 'Accept-Language': language } : {}), ...asked.headers },
      body,
      signal: patience.signal,
      // Following would carry the keys elsewhere.
      redirect: 'manual',
    })
    if (answer.ok || takesAll) return await read(answer)
    throw refusal(answer, await answer.text(), { ...asked, now: outside.now(), hide })
  } catch (thrown) {
    throw asError(thrown, setup, patience, asked)
  }
}

/** What a broken line, a lying answer or an aborted signal threw. */
export function asError(
  thrown: unknown,
  { hide }: Pick<Setup, 'hide'>,
  { signal }: Patience,
  { mayRunTwice, idempotencyKey }: Pick<Asked, 'mayRunTwice' | 'idempotencyKey'>,
): unknown {
  const told = signal.aborted ? signal.reason : thrown
  const safe = { retryable: mayRunTwice, idempotencyKey }
  if (told instanceof HuaweiCloudApiError) {
    const { status, reason, message } = told
    return reason === TIMEOUT || reason === UNREADABLE
      ? new HuaweiCloudApiError({ ...safe, status, reason, message })
      : told
  }
  if (signal.aborted) return told
  const code = codeOf(thrown)
  const why = [thrown instanceof Error ? thrown.message : String(thrown), code].filter(Boolean).join(', ')
  return new HuaweiCloudApiError({
    status: 0,
    reason: 'NETWORK_ERROR',
    message: `The line failed: ${hide(why)}`,
    ...safe,
    ...(NOT_SENT.includes(code) ? { metadata: { sent: 'no' } } : {}),
    retryable: mayRunTwice || NOT_SENT.includes(code),
  })
}

/** How Node says that there was nobody to send anything to; browsers do not say. */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']

const codeOf = (thrown: unknown) => String(Object(Object(thrown).cause).code ?? '')
