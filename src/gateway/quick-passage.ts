import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Incoming, QuickAsked, QuickTold } from '../huaweicloud/cloud.ts'
import type { UpstreamFailure } from '../huaweicloud/failure.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import type { Ahead, MadeAttempt } from '../huaweicloud/signed-message.ts'
import type { Answer } from '../huaweicloud/transport.ts'
import { NOWHERE, type UnderWay } from '../huaweicloud/under-way.ts'
import { CallerLeft } from '../huaweicloud/why-failed.ts'
import type { Outside } from '../outside.ts'
import { streamEnveloped } from './envelope.ts'
import { handOver } from './handed-over.ts'
import { ALWAYS, inTurn } from './headers.ts'
import { requestLine } from './log.ts'
import type { Metrics } from './metrics-kept.ts'
import type { Handler } from './pressure-gate.ts'
import type { QuickPlan } from './quick-plan.ts'
import { refusalOf } from './quick-refusal.ts'
import { sendText } from './quick-text.ts'
import type { RequestAccount } from './request-account.ts'
import { isOpenId } from './secrets.ts'

export interface PassageSettings {
  outside: Outside
  metrics: Pick<Metrics, 'began' | 'ended' | 'wentQuick'>
  tell: RequestAccount['tell']
  /** Whose answer has not come. */
  underWay: UnderWay<Passage>
  readMs: number
}

/** One request on the quick way. */
export class Passage implements QuickTold {
  readonly until: number
  /** Where it stands among those under way. */
  place = NOWHERE
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #plan: QuickPlan
  readonly #rates: Readonly<Record<string, string>>
  readonly #usual: Handler
  readonly #settings: PassageSettings
  readonly #id: string
  readonly #startedAt: number
  #asked: QuickAsked | undefined
  #upstreamMs = 0
  #upstreamId: string | undefined
  #reason: string | undefined
  readonly #left = () => this.#closed()

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    plan: QuickPlan,
    rates: Readonly<Record<string, string>>,
    usual: Handler,
    settings: PassageSettings,
  ) {
    this.#request = request
    this.#response = response
    this.#plan = plan
    this.#rates = rates
    this.#usual = usual
    this.#settings = settings
    this.#id = settings.outside.uuid()
    this.#startedAt = settings.outside.elapsed()
    this.until = this.#startedAt + settings.readMs
  }

  begin(inGap: string | undefined): void {
    const { underWay, metrics } = this.#settings
    // Before it is asked, since what comes may come at once.
    underWay.add(this)
    metrics.began(this.#request.socket)
    this.#response.on('error', ignored) // a caller that has gone is no bug of ours
    this.#response.on('close', this.#left)
    try {
      this.#asked = this.#plan.read.ask(inGap, this)
    } catch {
      // Whatever it was, the usual way comes upon it too, and answers it.
    }
    if (this.#asked) metrics.wentQuick()
    else if (this.place !== NOWHERE) this.#goOnUsually()
  }

  stop(error: Error): void {
    this.#asked?.stop(error)
  }

  /** What is to be compressed is left to the usual way. */
  takes(body: Answer['body']): boolean {
    return this.#plan.wish?.codingFor(Buffer.isBuffer(body) ? body.length : body.readableLength) === undefined
  }

  good({ body, requestId }: Answer): void {
    this.#arrived()
    const { accessKey, headers, secrets } = this.#plan
    if (requestId && isOpenId(requestId, [accessKey, ...secrets])) this.#upstreamId = requestId
    const upstreamId = this.#upstreamId ? ['x-upstream-request-id', this.#upstreamId] : []
    const all = this.#head([...upstreamId, ...headers])
    if (Buffer.isBuffer(body)) sendText(this.#response, all, body)
    else
      streamEnveloped(this.#response, body, {
        headers: all,
        onBroken: (why) => {
          this.#reason ??= why
        },
      })
  }

  /** Told here, because to refuse must cost less than to work. */
  refused(failure: UpstreamFailure): void {
    this.#arrived()
    const { code, reason, headers, body } = refusalOf(this.#plan, failure)
    this.#reason = reason
    this.#response.writeHead(code, this.#head(headers))
    this.#response.end(body)
  }

  #head(more: readonly string[]): string[] {
    return ['x-request-id', this.#id, ...ALWAYS, ...inTurn(this.#rates), ...more]
  }

  other(first: Promise<Incoming>, ahead: Omit<Ahead, 'began'>): void {
    this.#goOnUsually(madeOnce(this.#plan.operation, first, { ...ahead, began: this.#startedAt }))
  }

  #goOnUsually(made?: MadeAttempt): void {
    this.#arrived()
    this.#response.off('close', this.#left)
    this.#settings.metrics.ended(this.#request.socket)
    handOver(this.#request, {
      requestId: this.#id,
      startedAt: this.#startedAt,
      until: this.until,
      upstreamMs: this.#upstreamMs,
      rates: this.#rates,
      ...(made ? { made } : {}),
    })
    this.#usual(this.#request, this.#response)
  }

  #arrived(): void {
    this.#settings.underWay.remove(this)
    this.#upstreamMs = this.#settings.outside.elapsed() - this.#startedAt
  }

  #closed(): void {
    // Nothing was answered: whoever goes on tells of it.
    if (this.place !== NOWHERE) {
      this.stop(new CallerLeft())
      return
    }
    const { metrics, tell, outside } = this.#settings
    metrics.ended(this.#request.socket)
    const line = requestLine({
      method: 'GET',
      route: this.#plan.route,
      status: this.#response.statusCode,
      requestId: this.#id,
      ms: outside.elapsed() - this.#startedAt,
      reason: this.#reason,
      caller: this.#plan.caller,
      upstreamRequestId: this.#upstreamId,
      upstreamMs: this.#upstreamMs,
    })
    tell(line)
  }
}

/** Of which the usual way hears once. */
function madeOnce(operation: Operation, first: Promise<Incoming>, ahead: Ahead): MadeAttempt {
  first.catch(() => {}) // should it not come so far
  let left: Promise<Incoming> | undefined = first
  return {
    operation,
    get ahead() {
      return left && ahead
    },
    take() {
      const taken = left
      left = undefined
      return taken
    },
  }
}

const ignored = () => {}
