import type { Outside } from '../outside.ts'
import type { Pair } from '../wire/signature.ts'
import { type Caller, identifier } from './caller.ts'
import { buildConnections, type ConnectionSettings } from './connections.ts'
import { buildEndpoints, type Endpoints, GLOBAL, isSandboxKey, type Overrides } from './endpoints.ts'
import { type Circumstances, type Failure, NotAskable, UpstreamFailure } from './failure.ts'
import { listAuthProjects, listProjects } from './iam.ts'
import { buildJobWatch, type JobWatch } from './job-watch.ts'
import { jobOperation } from './jobs.ts'
import { buildKeyGuard, Resting, untilAborted, type Verdict } from './key-guard.ts'
import { fillPath, type Operation } from './operation.ts'
import { type AskedRegions, buildProjects, type Project } from './projects.ts'
import { buildRawTransport, type RawAnswer } from './raw-transport.ts'
import { HEADER_VALUE, type Language, type Sendable } from './signed-message.ts'
import { type Answer, buildTransport } from './transport.ts'
import { causeOf } from './unauthenticated.ts'
import { readAnswer } from './whole-body.ts'
import { DeadlineExceeded, whyFailed } from './why-failed.ts'
import { within } from './within.ts'

export type { Language, Pair, RawAnswer }
export { GLOBAL, HEADER_VALUE }

export interface CloudOptions {
  outside: Outside
  connections?: ConnectionSettings
  overrides?: Overrides
  /** Where the embedded sandbox listens; without it sandbox keys are turned away. */
  sandboxOrigin?: string
  /** How long one look at a job may take. */
  jobLookMs?: number
}

export interface Ask {
  caller: Caller
  region: string
  /** Asked from IAM when left out. */
  projectId?: string
  /** Values for the other braces of the operation's path. */
  params?: Record<string, string>
  query?: readonly Pair[]
  /** Sent as JSON. */
  body?: unknown
  clientToken?: string
  language?: Language
  /** Ends the call: its reason is {@link DeadlineExceeded} or {@link CallerLeft}. */
  signal: AbortSignal
}

/** A request in the caller's own words: its headers, and a body of any kind. */
export interface RawAsk extends Omit<Ask, 'body' | 'clientToken'> {
  headers: Record<string, string>
  unsigned: Record<string, string>
  body?: Uint8Array
}

/** The front door: everything the gateway knows of Huawei Cloud passes here. */
export interface Cloud {
  readonly endpoints: Endpoints
  /** Fails with {@link UpstreamFailure} or {@link NotAskable}. */
  call(operation: Operation, ask: Ask): Promise<Answer>
  /** Brings whatever is answered, a refusal too. Fails like `call` when nothing is. */
  raw(operation: Operation, ask: RawAsk): Promise<RawAnswer>
  readonly jobs: JobWatch
  /** Which of the regions the account has opened, with their projects' ids; proves the keys on the way. */
  opened(caller: Caller, regions: AskedRegions, signal: AbortSignal): Promise<Map<string, string>>
  close(): Promise<void>
}

/** What both ways of asking have in common, its body ready to be sent. */
type Content = Omit<Ask, 'body'> & Pick<Sendable, 'headers' | 'unsigned' | 'body'>

/** A look-up shared by parallel callers must not end with the one who happened to come first. */
const LOOKUP_DEADLINE_MS = 8_000

/** Several thousand projects; more is nobody's account. */
const MOST_PROJECTS_BYTES = 4 * 1024 * 1024

export function buildCloud({
  outside,
  connections: settings,
  overrides,
  sandboxOrigin,
  jobLookMs = 10_000,
}: CloudOptions): Cloud {
  const endpoints = buildEndpoints(overrides, sandboxOrigin)
  const connections = buildConnections(settings ?? {}, outside)
  const send = buildTransport(connections, outside)
  const sendRaw = buildRawTransport(connections, outside)
  const identify = identifier()
  const guard = buildKeyGuard(outside)

  const ask = (operation: Operation, { body, ...rest }: Ask): Promise<Answer> => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    return admitted(operation, { ...rest, ...content }, send, () => 'accepted')
  }

  async function admitted<Got>(
    operation: Operation,
    { params, ...ask }: Content,
    send: (request: Sendable) => Promise<Got>,
    verdictOn: (got: Got) => Verdict,
  ): Promise<Got> {
    const { caller, region, projectId, signal } = ask
    const endpoint = endpointOf(operation, ask)
    const path = fillPath(operation.path, { ...params, ...(projectId ? { project_id: projectId } : {}) })
    const circumstances = { operation, region, host: endpoint.host, sent: false }
    const settle = await guard.admit(identify(caller), signal).catch((why) => {
      throw why instanceof Resting
        ? new NotAskable('protecting-account', region, why.seconds)
        : new UpstreamFailure(
            why instanceof DeadlineExceeded ? { kind: 'overloaded' } : whyFailed(why, false),
            circumstances,
          )
    })
    let verdict: Verdict = 'unknown'
    try {
      const got = await send({ ...ask, operation, endpoint, path })
      verdict = verdictOn(got)
      return got
    } catch (error) {
      if (error instanceof UpstreamFailure) verdict = verdictOf(error.failure)
      throw error
    } finally {
      settle(verdict)
    }
  }

  function endpointOf({ service }: Operation, { region, caller }: Pick<Ask, 'region' | 'caller'>) {
    const endpoint = endpoints.find(service, region, caller.accessKey)
    if (endpoint) return endpoint
    const isOff = (region === GLOBAL || endpoints.knows(service, region)) && isSandboxKey(caller.accessKey)
    throw new NotAskable(isOff ? 'sandbox-off' : 'no-endpoint', region)
  }

  const lookUp =
    (operation: Operation) =>
    async (caller: Caller, name?: string): Promise<Project[]> => {
      const region = name ?? GLOBAL
      const query: Pair[] = name !== undefined && operation === listProjects ? [['name', name]] : []
      return within(LOOKUP_DEADLINE_MS, async (signal) => {
        const answer = await ask(operation, { caller, region, query, signal })
        const reading = { operation, region, signal, most: MOST_PROJECTS_BYTES }
        return readAnswer(answer, reading, projectsIn)
      })
    }
  const projects = buildProjects(
    { listed: lookUp(listProjects), own: lookUp(listAuthProjects) },
    identify,
    outside,
  )

  /** Asks IAM for the project where the operation needs one and the caller named none. */
  async function placed<Given extends Omit<Ask, 'body'>>(operation: Operation, given: Given): Promise<Given> {
    const { host } = endpointOf(operation, given) // before IAM is asked in vain
    if (operation.projectless || given.projectId) return given
    const { caller, region, signal } = given
    const circumstances = { operation, region, host, sent: false }
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
    raw: async (operation, given) =>
      admitted(operation, await placed(operation, given), sendRaw, verdictOnRaw),
    jobs,
    opened(caller, regions, signal) {
      const host = endpoints.find('iam', GLOBAL, caller.accessKey)?.host ?? ''
      const circumstances = { operation: listProjects, region: GLOBAL, host, sent: false }
      return unlessStopped(signal, circumstances, () => projects.opened(caller, regions))
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

/** A wrong clock or a lock of Huawei's is no sign of a wrong secret; a gateway's 404 none of a good one. */
function verdictOf(failure: Failure): Verdict {
  if (failure.kind !== 'refused') return 'unknown'
  const { status, refusal } = failure
  if (status === 401) {
    const cause = causeOf(refusal.message ?? '')?.cause
    return cause === undefined || cause === 'wrong-secret' ? 'rejected' : 'unknown'
  }
  return status < 500 && refusal.code && !refusal.code.startsWith('APIG') ? 'accepted' : 'unknown'
}

function verdictOnRaw({ status, refusal }: RawAnswer): Verdict {
  if (refusal) return verdictOf(refusal)
  return status < 300 ? 'accepted' : 'unknown'
}

function projectsIn(body: Buffer): Project[] {
  const { projects } = JSON.parse(body.toString()) as { projects: Project[] }
  const found = projects.filter(({ id, name }) => typeof id === 'string' && typeof name === 'string')
  // Goes into paths and headers next.
  if (!found.every(({ id }) => /^[\w-]{1,64}$/.test(id))) throw new TypeError('not an id')
  // Not their texts and links: this is kept for every caller.
  return found.map(({ id, name, domain_id, parent_id }) => ({ id, name, domain_id, parent_id }))
}
