import type { Names, Outside } from '../outside.ts'
import type { Pair } from '../wire/signature.ts'
import type { Ask, RawAsk } from './ask.ts'
import { type Caller, type Identify, identifier } from './caller.ts'
import { signingClock } from './clock.ts'
import { buildConnections, type ConnectionSettings, DEFAULT_LIMITS } from './connections.ts'
import { failed } from './delivery.ts'
import {
  buildEndpoints,
  type Endpoints,
  GLOBAL,
  isPublicHost,
  isSandboxKey,
  type Overrides,
} from './endpoints.ts'
import type { Incoming } from './exchange.ts'
import { type Circumstances, NotAskable, UpstreamFailure } from './failure.ts'
import { listProjects } from './iam.ts'
import { buildJobWatch, type JobWatch } from './job-watch.ts'
import { jobOperation } from './jobs.ts'
import { buildKeyGuard, type KeyGuard, Resting, UNPROVEN, untilAborted, type Verdict } from './key-guard.ts'
import { NOBODY, type Observer } from './observer.ts'
import { fillPath, type Operation } from './operation.ts'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import { projectQuestions } from './project-questions.ts'
import { type AskedRegions, buildProjects } from './projects.ts'
import {
  buildQuickReads,
  GAP,
  type QuickAsked,
  type QuickQuestion,
  type QuickRead,
  type QuickTold,
} from './quick-read.ts'
import { buildRawTransport, type RawAnswer } from './raw-transport.ts'
import { buildRepeater, type Sending } from './repeat.ts'
import { HEADER_VALUE, type Language, type Sendable } from './signed-message.ts'
import { type Answer, buildTransport } from './transport.ts'
import { verdictOf, verdictOnRaw } from './verdict.ts'
import { keepWellbeing } from './wellbeing.ts'
import { DeadlineExceeded, whyFailed } from './why-failed.ts'

export type { Ask, Incoming, Language, Pair, QuickAsked, QuickRead, QuickTold, RawAnswer, RawAsk }
export { GAP, GLOBAL, HEADER_VALUE }

export interface CloudOptions {
  outside: Outside & Names
  connections?: ConnectionSettings
  policy?: Policy
  overrides?: Overrides
  /** Where the embedded sandbox listens; without it sandbox keys are turned away. */
  sandboxOrigin?: string
  /** How long one look at a job may take. */
  jobLookMs?: number
  /** Shared with other processes, and the names under which it knows callers. */
  keys?: { guard: KeyGuard; identify: Identify }
}

/** The front door: everything the gateway knows of Huawei Cloud passes here. */
export interface Cloud {
  readonly endpoints: Endpoints
  /** Fails with {@link UpstreamFailure} or {@link NotAskable}. */
  call(operation: Operation, ask: Ask): Promise<Answer>
  /** Brings whatever is answered, a refusal too. Fails like `call` when nothing is. */
  raw(operation: Operation, ask: RawAsk): Promise<RawAnswer>
  /** A read that is asked often. Fails with {@link NotAskable}. */
  quick(question: QuickQuestion): QuickRead
  readonly jobs: JobWatch
  /** Which of the regions the account has opened, with their projects' ids; proves the keys on the way. */
  opened(caller: Caller, regions: AskedRegions, signal: AbortSignal): Promise<Map<string, string>>
  /** Stands for a pair's having been accepted: the same object until it is rejected or forgotten, undefined before. */
  acceptance(caller: Caller): object | undefined
  /** Calls under way and waiting for a place. */
  load(): { inFlight: number; waiting: number }
  /** Who is told from now on. */
  observe(observer: Observer): void
  close(): Promise<void>
}

/** What both ways of asking have in common, its body ready to be sent. */
type Content = Omit<Ask, 'body'> & Pick<Sendable, 'headers' | 'unsigned' | 'body'>

/** How one way of asking sends, and what its answers say of the keys. */
interface Manner<Got> extends Sending<Got> {
  verdictOn(got: Got): Verdict
}

export function buildCloud({
  outside,
  connections: settings,
  overrides,
  sandboxOrigin,
  jobLookMs = 10_000,
  policy = DEFAULT_POLICY,
  keys: { guard, identify } = { guard: buildKeyGuard(outside), identify: identifier() },
}: CloudOptions): Cloud {
  const endpoints = buildEndpoints(overrides, sandboxOrigin)
  const connections = buildConnections({ isPublic: isPublicHost, ...settings }, outside)
  let observer = NOBODY
  const clock = signingClock(outside, (seconds) => observer.clockSet(seconds))
  const wellbeingOf = keepWellbeing(policy, outside, (...change) => observer.breaker(...change))
  const repeat = buildRepeater({
    policy,
    outside,
    wellbeingOf,
    clock,
    firstByteMs: settings?.limits?.firstByteMs ?? DEFAULT_LIMITS.firstByteMs,
  })
  const plain: Manner<Answer> = {
    send: buildTransport(connections, clock),
    lossIn: () => undefined,
    kept: (answer) => answer,
    verdictOn: () => 'accepted',
  }
  const raw: Manner<RawAnswer> = {
    send: buildRawTransport(connections, clock),
    lossIn: ({ refusal }, request) => refusal && failed(request, refusal),
    kept(answer) {
      if (Buffer.isBuffer(answer.body)) return answer
      answer.body.destroy()
      return undefined
    },
    verdictOn: verdictOnRaw,
  }

  const ask = (operation: Operation, { body, ...rest }: Ask): Promise<Answer> => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    return admitted(operation, { ...rest, ...content }, plain)
  }

  async function admitted<Got>(
    operation: Operation,
    { params, onRepeat, ...ask }: Content,
    manner: Manner<Got>,
  ): Promise<Got> {
    const { caller, region, projectId, signal } = ask
    const endpoint = endpointOf(operation, ask)
    const path = fillPath(operation.path, { ...params, ...(projectId ? { project_id: projectId } : {}) })
    const circumstances = { operation, region, host: endpoint.host, sent: false }
    const identity = identify(caller)
    const known = guard.pass(identity, caller.accessKey)
    const settle =
      known ??
      (await guard.admit(identity, signal, caller.accessKey).catch((why) => {
        throw why instanceof Resting
          ? new NotAskable('protecting-account', region, why.seconds)
          : new UpstreamFailure(
              why instanceof DeadlineExceeded ? { kind: 'overloaded', by: 'all' } : whyFailed(why, false),
              circumstances,
            )
      }))
    const isProven = known !== undefined || guard.pass(identity, caller.accessKey) !== undefined
    let verdict: Verdict = 'unknown'
    try {
      const got = await repeat(
        {
          ...ask,
          operation,
          endpoint,
          path,
          identity: isProven ? identity : UNPROVEN,
          onRepeat(reason) {
            observer.repeated(reason)
            onRepeat?.(reason)
          },
        },
        manner,
      )
      verdict = manner.verdictOn(got)
      return got
    } catch (error) {
      if (error instanceof UpstreamFailure) verdict = verdictOf(error.failure)
      throw error
    } finally {
      const told = settle(verdict)
      if (verdict === 'rejected') {
        await told
        projects.forget(caller, region)
      }
    }
  }

  function endpointOf({ service }: Operation, { region, caller }: Pick<Ask, 'region' | 'caller'>) {
    const endpoint = endpoints.find(service, region, caller.accessKey)
    if (endpoint) return endpoint
    const isOff = (region === GLOBAL || endpoints.knows(service, region)) && isSandboxKey(caller.accessKey)
    throw new NotAskable(isOff ? 'sandbox-off' : 'no-endpoint', region)
  }

  const projects = buildProjects(projectQuestions(ask, outside), identify, outside)

  /** Asks IAM for the project where the operation needs one and the caller named none. */
  async function placed<Given extends Omit<Ask, 'body'>>(operation: Operation, given: Given): Promise<Given> {
    const { host } = endpointOf(operation, given) // before IAM is asked in vain
    if (operation.projectless || given.projectId) return given
    const { caller, region, signal } = given
    const circumstances = { operation, region, host, sent: false }
    const known = projects.known(caller, region)
    if (known !== undefined) return { ...given, projectId: known }
    const projectId = await unlessStopped(signal, circumstances, () => projects.find(caller, region))
    return { ...given, projectId }
  }

  const call = async (operation: Operation, given: Ask) => ask(operation, await placed(operation, given))
  const jobs = buildJobWatch({
    call,
    projectOf: async ({ caller, region, services: [service = 'ecs'] }, signal) =>
      (await placed<Omit<Ask, 'body'>>(jobOperation(service), { caller, region, signal })).projectId ?? '',
    identify,
    outside,
    lookMs: jobLookMs,
  })
  return {
    endpoints,
    call,
    raw: async (operation, given) => admitted(operation, await placed(operation, given), raw),
    quick: buildQuickReads({ endpointOf, identify, guard, projects, wellbeingOf, connections, clock }),
    jobs,
    opened(caller, regions, signal) {
      const host = endpoints.find('iam', GLOBAL, caller.accessKey)?.host ?? ''
      const circumstances = { operation: listProjects, region: GLOBAL, host, sent: false }
      return unlessStopped(signal, circumstances, () => projects.opened(caller, regions))
    },
    acceptance: (caller) => guard.acceptance(identify(caller)),
    load: connections.load,
    observe(by) {
      observer = by
    },
    close() {
      jobs.close()
      return connections.close()
    },
  }
}

/** A look-up that goes on for others when this call is stopped. */
async function unlessStopped<Found>(
  signal: AbortSignal,
  circumstances: Circumstances,
  find: () => Promise<Found>,
): Promise<Found> {
  try {
    signal.throwIfAborted()
    return await untilAborted(find(), signal)
  } catch (why) {
    throw why === signal.reason ? new UpstreamFailure(whyFailed(why, false), circumstances) : why
  }
}
