import { jsonOf, unreadable } from './error.ts'
import { type Asked, exchange } from './exchange.ts'
import { askedOf, type Name, type Params, rowOf } from './operation.ts'
import { patienceOf } from './patience.ts'
import { isProblem, refusal } from './refusal.ts'
import type { CallOptions, Setup } from './setup.ts'

export interface WaitOptions {
  /** Seconds that the answer may wait for the job to end (0 to 300); it then has `job` and `results`. */
  readonly waitSeconds?: number | undefined
}

export interface CreateOptions {
  /**
   * Your name for this create; left out, each create gets one of its own, which an error of it tells. Your own `signal`
   * ends a create with its reason alone: name what you may abort, or you cannot ask again without buying twice.
   */
  readonly idempotencyKey?: string | undefined
}

export const TIMEOUT_MS = 60_000

/** One call by its name; answers what stands in `data.value`. */
export async function call(
  setup: Setup,
  name: Name,
  params: Params = {},
  options: CallOptions & WaitOptions & CreateOptions = {},
): Promise<unknown> {
  const row = rowOf(name)
  const { waitSeconds } = options
  const asked = askedOf(row, params, row.key ? (options.idempotencyKey ?? newKey()) : undefined)
  const wait = waitSeconds ?? (typeof params.wait === 'number' ? params.wait : 0)
  const ms = (options.timeoutMs ?? setup.defaults.timeoutMs ?? TIMEOUT_MS) + wait * 1_000
  const patience = patienceOf(ms, [options.signal, setup.defaults.signal], setup.outside)
  const prefer = row.job && waitSeconds !== undefined ? { Prefer: `wait=${waitSeconds}` } : {}
  try {
    return await exchange(
      setup,
      { ...asked, headers: { ...asked.headers, ...prefer } },
      options,
      patience,
      (answer) => valueIn(answer, asked, setup),
    )
  } finally {
    patience.end()
  }
}

async function valueIn(answer: Response, asked: Asked, { hide, outside }: Setup): Promise<unknown> {
  const text = await answer.text()
  const body = jsonOf(text)
  if (isProblem(body)) throw refusal(answer, text, { ...asked, now: outside.now(), hide })
  const { value } = Object(Object(body).data)
  if (value === undefined) throw unreadable('The answer has no envelope.')
  return value
}

/** `crypto.randomUUID` is kept from pages that came without TLS. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
