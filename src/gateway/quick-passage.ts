import type { Socket } from 'node:net'
import type { Incoming, QuickAsked, QuickTold } from '../huaweicloud/cloud.ts'
import type { UpstreamFailure } from '../huaweicloud/failure.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import type { Ahead, MadeAttempt } from '../huaweicloud/signed-message.ts'
import type { Answer } from '../huaweicloud/transport.ts'
import { NOWHERE, type UnderWay } from '../huaweicloud/under-way.ts'
import { CallerLeft } from '../huaweicloud/why-failed.ts'
import type { Outside } from '../outside.ts'
import { streamEnveloped } from './envelope.ts'
import { dropMade, handOver } from './handed-over.ts'
import { ALWAYS, inTurn } from './headers.ts'
import { requestLine } from './log.ts'
import type { Metrics } from './metrics-kept.ts'
import type { Handler } from './pressure-gate.ts'
import { ours } from './problem.ts'
import type { Seen, Unseen } from './quick-connection.ts'
import type { QuickPlan } from './quick-plan.ts'
import { refusalOf } from './quick-refusal.ts'
import { isShort, sendText, type Told } from './quick-text.ts'
import type { Allowance } from './rate-buckets.ts'
import { fieldsOf } from './rate-limits.ts'
import type { RequestAccount } from './request-account.ts'
import { isOpenId } from './secrets.ts'

export interface PassageSettings {
  outside: Outside
  metrics: Pick<Metrics, 'began' | 'ended' | 'wentQuick'>
  tell: RequestAccount['tell']
  /** Whose answer has not come. */
  underWay: UnderWay<Passage>
  readMs: number
  /** A short answer in one piece. */
  textOf(told: Told, body: Buffer): string
  /** Where it goes on when it is not as quick. */
  usual: Handler
}

/** One request on the quick way, which Node has read or has not. */
export class Passage implements QuickTold {
  readonly until: number
  /** Where it stands among those under way. */
  place = NOWHERE
  #seen: Seen | undefined
  #unseen: Unseen | undefined
  readonly #socket: Socket
  readonly #plan: QuickPlan
  readonly #rates: Allowance
  readonly #settings: PassageSettings
  readonly #id: string
  readonly #startedAt: number
  #asked: QuickAsked | undefined
  #upstreamMs = 0
  #upstreamId: string | undefined
  #reason: string | undefined
  readonly #left = () => this.#closed()

  constructor(asked: Seen | Unseen, plan: QuickPlan, rates: Allowance, settings: PassageSettings) {
    if ('see' in asked) this.#unseen = asked
    else this.#seen = asked
    this.#socket = 'see' in asked ? asked.socket : asked.request.socket
    this.#plan = plan
    this.#rates = rates
    this.#settings = settings
    this.#id = settings.outside.uuid()
    this.#startedAt = settings.outside.elapsed()
    this.until = this.#startedAt + settings.readMs
  }

  begin(inGap: string | undefined): void {
    const { underWay, metrics } = this.#settings
    // Before it is asked, since what comes may come at once.
    underWay.add(this)
    metrics.began(this.#socket)
    this.#unseen?.begin({ left: this.#left, see: () => this.see() })
    if (this.#seen) this.#watch(this.#seen)
    try {
      this.#asked = this.#plan.read.ask(inGap, this)
    } catch {
      // Whatever it was, the usual way comes upon it too, and answers it.
    }
    if (this.#asked) metrics.wentQuick(this.#unseen ? 'unread' : 'read')
    else if (this.place !== NOWHERE) this.#goOnUsually()
  }

  stop(error: Error): void {
    this.#asked?.stop(error)
  }

  /** What is to be compressed is left to the usual way. */
  takes(body: Answer['body']): boolean {
    return this.#plan.wish?.codingFor(Buffer.isBuffer(body) ? body.length : body.readableLength) === undefined
  }

  /** From now on it is one that Node has read. */
  see(): Seen | undefined {
    const seen = this.#unseen?.see()
    this.#unseen = undefined
    if (seen) {
      this.#seen = seen
      this.#watch(seen)
    }
    return this.#seen
  }

  good({ body, requestId }: Answer): void {
    this.#arrived()
    const { accessKey, headers, secrets } = this.#plan
    if (requestId && isOpenId(requestId, [accessKey, ...secrets])) this.#upstreamId = requestId
    if (this.#unseen && Buffer.isBuffer(body) && isShort(body)) {
      const told = { id: this.#id, upstreamId: this.#upstreamId, rates: this.#rates, plan: this.#plan }
      this.#unseen.answer(this.#settings.textOf(told, body))
      this.#over(200)
      return
    }
    const response = this.see()?.response
    if (!response) {
      if (!Buffer.isBuffer(body)) body.destroy()
      this.#callerLeft()
      return
    }
    const upstreamId = this.#upstreamId ? ['x-upstream-request-id', this.#upstreamId] : []
    const all = this.#head([...upstreamId, ...headers])
    if (Buffer.isBuffer(body)) sendText(response, all, body)
    else
      streamEnveloped(response, body, {
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
    const response = this.see()?.response
    if (!response) {
      this.#callerLeft()
      return
    }
    response.writeHead(code, this.#head(headers))
    response.end(body)
  }

  #head(more: readonly string[]): string[] {
    return ['x-request-id', this.#id, ...ALWAYS, ...inTurn(fieldsOf(this.#rates)), ...more]
  }

  other(first: Promise<Incoming>, ahead: Omit<Ahead, 'began'>): void {
    this.#goOnUsually(madeOnce(this.#plan.operation, first, { ...ahead, began: this.#startedAt }))
  }

  #goOnUsually(made?: MadeAttempt): void {
    this.#arrived()
    const seen = this.see()
    if (!seen) {
      made?.ahead?.tell('unknown')
      if (made) dropMade({ made })
      this.#callerLeft()
      return
    }
    const { request, response } = seen
    this.#settings.metrics.ended(this.#socket)
    response.off('close', this.#left)
    handOver(request, {
      requestId: this.#id,
      startedAt: this.#startedAt,
      until: this.until,
      upstreamMs: this.#upstreamMs,
      rates: fieldsOf(this.#rates),
      ...(made ? { made } : {}),
    })
    this.#settings.usual(request, response)
  }

  #watch({ response }: Seen): void {
    response.on('error', ignored) // a caller that has gone is no bug of ours
    response.on('close', this.#left)
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
    this.#over(this.#seen?.response.statusCode ?? 200)
  }

  /** Before Node had read what he asked, so that there is nobody to answer. */
  #callerLeft(): void {
    const { reason, code } = ours('CLIENT_LEFT')
    this.#reason = reason
    this.#over(code)
  }

  #over(status: number): void {
    const { metrics, tell, outside } = this.#settings
    metrics.ended(this.#socket)
    const line = requestLine({
      method: 'GET',
      route: this.#plan.route,
      status,
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
