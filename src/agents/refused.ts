/** Why a tool did not do what it was asked; all texts are ours. */
export class ToolRefused extends Error {
  override readonly name = 'ToolRefused'
  readonly reason: string
  readonly next: string
  readonly faults: readonly object[]

  constructor(reason: string, message: string, next: string, faults: readonly object[] = []) {
    super(message)
    this.reason = reason
    this.next = next
    this.faults = faults
  }
}

/** The API refused, in its own words or in Huawei's; those are data. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused'
  readonly status: number
  readonly requestId: string
  readonly told: Readonly<Record<string, unknown>>

  constructor(status: number, requestId: string, told: Readonly<Record<string, unknown>>) {
    super('a call was refused')
    this.status = status
    this.requestId = requestId
    this.told = told
  }
}

/** What the error of an answer says, without its envelope. */
export function refusalIn(status: number, requestId: string, json: unknown): CallRefused {
  const { message, details = [] } = Object(Object(json).error)
  const of = (type: string) =>
    Object(details.find((one: object) => String(Reflect.get(one, '@type')).endsWith(type)))
  const { reason = 'INTERNAL', domain, metadata } = of('.rpc.ErrorInfo')
  const { fieldViolations } = of('.rpc.BadRequest')
  const { retryDelay } = of('.rpc.RetryInfo')
  return new CallRefused(status, requestId, {
    reason,
    domain,
    message,
    metadata,
    faults: fieldViolations,
    retryDelay,
  })
}

const NEXT: Readonly<Record<string, string>> = {
  SCOPE_TOO_SMALL: 'Whoever runs this server can give you a token with a wider scope or more regions.',
  UPSTREAM_OUTCOME_UNKNOWN: 'It may have been done. Look with list_instances before you try again.',
  UNKNOWN_REGION: 'list_regions has the ids.',
  RATE_LIMITED: 'Wait, then go on more slowly.',
}

/** What to do about it, by what we know of it and not by what its text says. */
export function nextFor(reason: unknown, status: number): string {
  const known = typeof reason === 'string' && Object.hasOwn(NEXT, reason) ? NEXT[reason] : undefined
  if (known) return known
  if (status === 400) return 'Mend the arguments and call again.'
  if (status === 401) return 'The keys are not accepted; ask the person who set up this server.'
  if (status === 403) return 'These keys may not do that; ask the person whose account it is.'
  if (status === 404) return 'Look with a list tool whether it is there, and in which region.'
  if (status === 409) return 'Look at its state with show_instance; it may be busy.'
  if (status === 429 || status === 503) return 'Wait a moment, then call again.'
  return 'Try again later; if it stays like this, tell the person the requestId.'
}
