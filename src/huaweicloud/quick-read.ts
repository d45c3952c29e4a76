import { encode, type Pair, sdkDate } from '../wire/signature.ts'
import { GAP, SigningTemplate } from '../wire/signing-template.ts'
import { header, isPlainlyGood } from './answer-fault.ts'
import type { Health } from './breaker.ts'
import { type Bulkhead, type InLine, Overloaded } from './bulkhead.ts'
import type { Caller, Identify } from './caller.ts'
import type { SigningClock } from './clock.ts'
import type { Connections } from './connections.ts'
import type { Endpoint } from './endpoints.ts'
import { Exchange, ExchangeError, type Exchanging, type Incoming, type Outgoing } from './exchange.ts'
import { UpstreamFailure } from './failure.ts'
import type { KeyGuard, Settle } from './key-guard.ts'
import { lastRemembered } from './last-remembered.ts'
import { fillPath, type Operation } from './operation.ts'
import type { Projects } from './projects.ts'
import { type Ahead, type Language, PLAIN_JSON } from './signed-message.ts'
import type { Answer } from './transport.ts'
import type { Wellbeing, WellbeingOf } from './wellbeing.ts'

export { GAP }

/**
 * A read, apart from what may differ from one time to the next: a value among `params`, or in `query`, is {@link GAP} then,
 * and nothing else holds that.
 */
export interface QuickQuestion {
  operation: Operation
  caller: Caller
  region: string
  projectId?: string
  language?: Language
  /** Values for the braces of the operation's path. */
  params: Readonly<Record<string, string>>
  query: readonly Pair[]
}

/** Told once, of one or the other. */
export interface QuickTold {
  /** Whether it does something with a good answer. */
  takes(body: Answer['body']): boolean
  good(answer: Answer): void
  /** There was no place for it. */
  refused(failure: UpstreamFailure): void
  /** What came instead, for {@link Ask.made}: a call that begins with it goes on from there. */
  other(first: Promise<Incoming>, ahead: Omit<Ahead, 'began'>): void
}

export interface QuickRead {
  /**
   * Asks where nothing has to be found out before: the keys were accepted, the project is known, nothing is wrong over
   * there. It waits for a place as everybody does. Undefined where that is not so; then nothing was done. What is said
   * for the gap needs no encoding.
   */
  ask(inGap: string | undefined, told: QuickTold): QuickAsked | undefined
}

export interface QuickSettings {
  endpointOf(operation: Operation, ask: { caller: Caller; region: string }): Endpoint
  identify: Identify
  guard: Pick<KeyGuard, 'pass'>
  projects: Pick<Projects, 'remembered'>
  wellbeingOf: WellbeingOf
  connections: Pick<Connections, 'to'>
  clock: Pick<SigningClock, 'now' | 'correction'>
}

/** Makes reads that are asked often: what is the same each time is found once. Fails where there is no endpoint. */
export function buildQuickReads(settings: QuickSettings) {
  const date = dateOf(settings.clock)
  return (question: QuickQuestion): QuickRead => {
    const { operation, caller, region } = question
    const endpoint = settings.endpointOf(operation, question)
    const { origin } = endpoint
    const identity = settings.identify(caller)
    const { bulkhead, quick } = settings.connections.to(origin)
    const wellbeing = settings.wellbeingOf({ endpoint, operation, region })
    const remembered = settings.projects.remembered(caller, region)
    let made: Made | undefined
    return {
      ask(inGap, told) {
        const projectId = operation.projectless ? undefined : (question.projectId ?? remembered())
        if (projectId === undefined && !operation.projectless) return undefined
        const settle = settings.guard.pass(identity, caller.accessKey)
        if (!settle || wellbeing.breaker.isOpen) return undefined
        if (!made || made.projectId !== projectId) made = makeOnce(question, endpoint, projectId)
        const { message } = made
        const asked = new Asked({
          told,
          operation,
          region,
          host: endpoint.host,
          wellbeing,
          settle,
          signedWith: settings.clock.correction(origin),
          // Signed at the last moment: what waited its turn still carries a fresh date.
          send: (exchange) => exchange.begin(quick, message(date(origin), inGap)),
        })
        asked.enter(bulkhead, identity)
        return asked
      },
    }
  }
}

interface Asking {
  told: QuickTold
  operation: Operation
  region: string
  host: string
  wellbeing: Wellbeing
  settle: Settle
  signedWith: number
  send(exchange: Exchange): void
}

/** What was asked, from outside. */
export interface QuickAsked {
  /** Ends it, unless a long body has begun. */
  stop(error: Error): void
}

/** One asking: waits for its place, and tells those who keep count what came of it. */
class Asked implements Exchanging, InLine, QuickAsked {
  readonly #asking: Asking
  readonly #tell: (health: Health) => void
  #leave = () => false
  #exchange: Exchange | undefined
  #exit = () => {}

  constructor(asking: Asking) {
    const { breaker, budget } = asking.wellbeing
    this.#asking = asking
    this.#tell = breaker.enter()
    budget.begin()
  }

  enter(bulkhead: Bulkhead, identity: string): void {
    try {
      this.#leave = bulkhead.line(identity, this)
    } catch (why) {
      if (!(why instanceof Overloaded)) throw why
      this.refused(why)
    }
  }

  admitted(exit: () => void): void {
    this.#exit = exit
    this.#exchange = new Exchange(this)
    try {
      this.#asking.send(this.#exchange)
    } catch (error) {
      exit()
      this.#other(Promise.reject(error))
    }
  }

  refused({ by }: Overloaded): void {
    const { told, operation, region, host, wellbeing } = this.#asking
    this.#tell('unknown')
    wellbeing.budget.end(false)
    told.refused(new UpstreamFailure({ kind: 'overloaded', by }, { operation, region, host, sent: false }))
  }

  stop(error: Error): void {
    if (this.#exchange) this.#exchange.stop(error)
    else if (this.#leave()) this.failed(new ExchangeError(error, false, false))
  }

  settled(): void {
    this.#exit()
  }

  came(incoming: Incoming): void {
    const { told, operation, host, wellbeing, settle } = this.#asking
    const { status, body } = incoming
    if (!isPlainlyGood(incoming, operation) || !told.takes(body)) {
      this.#other(Promise.resolve(incoming))
      return
    }
    this.#tell('well')
    wellbeing.budget.end(true)
    settle('accepted')
    const requestId = header(incoming, 'x-request-id')
    told.good({ status, host, body, ...(requestId ? { requestId } : {}) })
  }

  failed(error: ExchangeError): void {
    this.#other(Promise.reject(error))
  }

  /** Of what went wrong everybody learns from the call that goes on from it. */
  #other(first: Promise<Incoming>): void {
    const { told, wellbeing, signedWith } = this.#asking
    wellbeing.budget.end(false)
    told.other(first, { signedWith, tell: this.#tell })
  }
}

interface Made {
  projectId: string | undefined
  message(date: string, inGap?: string): Outgoing
}

function makeOnce(question: QuickQuestion, endpoint: Endpoint, projectId: string | undefined): Made {
  const { operation, caller, params, query, language } = question
  const path = fillPath(operation.path, {
    ...params,
    ...(projectId ? { project_id: projectId } : {}),
  })
  const fixed: Pair[] = [['host', endpoint.host]]
  if (projectId) fixed.push(['x-project-id', projectId])
  if (caller.securityToken) fixed.push(['x-security-token', caller.securityToken])
  if (language) fixed.push(['x-language', language])
  const { accessKey, secretKey } = caller
  const template = new SigningTemplate({ method: 'GET', path, query, headers: fixed }, accessKey, secretKey)
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  const target = search ? `${path}?${search}` : path
  const [before = '', after = ''] = target.split(GAP)
  const always = [...fixed, ...Object.entries(PLAIN_JSON)].flat()
  return {
    projectId,
    message: (date, inGap = '') => ({
      origin: endpoint.origin,
      method: 'GET',
      target: before + inGap + after,
      headers: ['x-sdk-date', date, 'authorization', template.sign(date, inGap), ...always],
    }),
  }
}

/** The date of each origin, written once a second. */
function dateOf(clock: Pick<SigningClock, 'now'>): (origin: string) => string {
  const written = lastRemembered((second: number) => sdkDate(second * 1_000))
  return (origin) => written(Math.floor(clock.now(origin) / 1_000))
}
