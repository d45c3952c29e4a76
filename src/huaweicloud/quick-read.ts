import { encode, type Pair, sdkDate } from '../wire/signature.ts'
import { PART, SigningTemplate } from '../wire/signing-template.ts'
import { header, isPlainlyGood } from './answer-fault.ts'
import type { Health } from './breaker.ts'
import type { Caller, Identify } from './caller.ts'
import type { SigningClock } from './clock.ts'
import type { Connections } from './connections.ts'
import type { Endpoint } from './endpoints.ts'
import { Exchange, type ExchangeError, type Exchanging, type Incoming, type Outgoing } from './exchange.ts'
import type { KeyGuard } from './key-guard.ts'
import { fillPath, type Operation } from './operation.ts'
import type { Projects } from './projects.ts'
import type { RetryBudget } from './retry-budget.ts'
import { type Language, PLAIN_JSON } from './signed-message.ts'
import type { Answer } from './transport.ts'
import type { Wellbeing, WellbeingOf } from './wellbeing.ts'

/** A read, apart from the one part of its path that may differ from one time to the next. */
export interface QuickQuestion {
  operation: Operation
  caller: Caller
  region: string
  projectId?: string
  language?: Language
  /** Values for the braces of the operation's path; that of `part` is said when it is asked. */
  params: Readonly<Record<string, string>>
  part?: string
  query: readonly Pair[]
}

/** Told once, of one or the other. */
export interface QuickTold {
  /** Whether it does something with a good answer. */
  takes(body: Answer['body']): boolean
  good(answer: Answer): void
  /** What came instead, for {@link Ask.made}: a call that begins with it goes on from there. */
  other(first: Promise<Incoming>): void
}

export interface QuickRead {
  /**
   * Asks at once, where nothing has to be found out or waited for before: the keys were accepted, the project is known,
   * a place is free, nothing is wrong over there. Undefined where that is not so; then nothing was done.
   */
  ask(part: string | undefined, told: QuickTold): Exchange | undefined
}

export interface QuickSettings {
  endpointOf(operation: Operation, ask: { caller: Caller; region: string }): Endpoint
  identify: Identify
  guard: Pick<KeyGuard, 'knows'>
  projects: Pick<Projects, 'remembered'>
  wellbeingOf: WellbeingOf
  connections: Pick<Connections, 'to'>
  clock: Pick<SigningClock, 'now'>
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
      ask(part, told) {
        const projectId = operation.projectless ? undefined : (question.projectId ?? remembered())
        if (projectId === undefined && !operation.projectless) return undefined
        if (!settings.guard.knows(identity) || wellbeing.breaker.isOpen) return undefined
        const release = bulkhead.enterNow(identity)
        if (!release) return undefined
        if (!made || made.projectId !== projectId) made = makeOnce(question, endpoint, projectId)
        const exchange = new Exchange(new Asked(told, operation, endpoint.host, wellbeing, release))
        exchange.begin(quick, made.message(date(origin), part))
        return exchange
      },
    }
  }
}

/** One asking: what is told of it to those who keep count. */
class Asked implements Exchanging {
  readonly #told: QuickTold
  readonly #operation: Operation
  readonly #host: string
  readonly #budget: RetryBudget
  readonly #tell: (health: Health) => void
  readonly settled: () => void

  constructor(
    told: QuickTold,
    operation: Operation,
    host: string,
    { breaker, budget }: Wellbeing,
    release: () => void,
  ) {
    this.#told = told
    this.#operation = operation
    this.#host = host
    this.#budget = budget
    this.#tell = breaker.enter()
    this.settled = release
    budget.begin()
  }

  came(incoming: Incoming): void {
    const isGood = isPlainlyGood(incoming, this.#operation)
    this.#end(isGood)
    if (!isGood || !this.#told.takes(incoming.body)) {
      this.#told.other(Promise.resolve(incoming))
      return
    }
    const requestId = header(incoming, 'x-request-id')
    const { status, body } = incoming
    this.#told.good({ status, host: this.#host, body, ...(requestId ? { requestId } : {}) })
  }

  failed(error: ExchangeError): void {
    this.#end(false)
    this.#told.other(Promise.reject(error))
  }

  /** Of what went wrong the breaker learns from the call that goes on from it. */
  #end(isGood: boolean): void {
    this.#tell(isGood ? 'well' : 'unknown')
    this.#budget.end(isGood)
  }
}

interface Made {
  projectId: string | undefined
  message(date: string, part?: string): Outgoing
}

function makeOnce(question: QuickQuestion, endpoint: Endpoint, projectId: string | undefined): Made {
  const { operation, caller, params, part, query, language } = question
  const path = fillPath(operation.path, {
    ...params,
    ...(part ? { [part]: PART } : {}),
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
  const at = part ? target.indexOf(PART) : target.length
  const before = target.slice(0, at)
  const after = target.slice(at + (part ? PART.length : 0))
  const always = [...fixed, ...Object.entries(PLAIN_JSON)].flat()
  return {
    projectId,
    message: (date, value = '') => ({
      origin: endpoint.origin,
      method: 'GET',
      target: before + value + after,
      headers: ['x-sdk-date', date, 'authorization', template.sign(date, value), ...always],
    }),
  }
}

/** The date of each origin, written once a second. */
function dateOf(clock: Pick<SigningClock, 'now'>): (origin: string) => string {
  let second = Number.NaN
  let written = ''
  return (origin) => {
    const now = Math.floor(clock.now(origin) / 1_000)
    if (now !== second) {
      second = now
      written = sdkDate(now * 1_000)
    }
    return written
  }
}
