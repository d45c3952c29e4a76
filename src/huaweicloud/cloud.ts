import type { Outside } from '../outside.ts'
import type { Pair } from '../wire/signature.ts'
import { type Caller, identifier } from './caller.ts'
import { buildConnections, type ConnectionSettings } from './connections.ts'
import { buildEndpoints, type Endpoints, isSandboxKey, type Overrides } from './endpoints.ts'
import { type Circumstances, NotAskable, UpstreamFailure } from './failure.ts'
import { listAuthProjects, listProjects } from './iam.ts'
import { buildKeyGuard, Resting, untilAborted, type Verdict } from './key-guard.ts'
import { fillPath, type Operation } from './operation.ts'
import { type Project, projectFinder } from './projects.ts'
import { type Answer, buildTransport } from './transport.ts'
import { causeOf } from './unauthenticated.ts'
import { DeadlineExceeded, whyFailed } from './why-failed.ts'

export type { Pair }

export interface CloudOptions {
  outside: Outside
  connections?: ConnectionSettings
  overrides?: Overrides
  /** Where the embedded sandbox listens; without it sandbox keys are turned away. */
  sandboxOrigin?: string
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
  /** Ends the call: its reason is {@link DeadlineExceeded} or {@link CallerLeft}. */
  signal: AbortSignal
}

/** The front door: everything the gateway knows of Huawei Cloud passes here. */
export interface Cloud {
  readonly endpoints: Endpoints
  /** Fails with {@link UpstreamFailure} or {@link NotAskable}. */
  call(operation: Operation, ask: Ask): Promise<Answer>
  close(): Promise<void>
}

/** A look-up shared by parallel callers must not end with the one who happened to come first. */
const LOOKUP_DEADLINE_MS = 8_000

export function buildCloud({
  outside,
  connections: settings,
  overrides,
  sandboxOrigin,
}: CloudOptions): Cloud {
  const endpoints = buildEndpoints(overrides, sandboxOrigin)
  const connections = buildConnections(settings ?? {}, outside)
  const send = buildTransport(connections, outside)
  const identify = identifier()
  const guard = buildKeyGuard(outside)

  async function ask(operation: Operation, { body, params, ...ask }: Ask): Promise<Answer> {
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
      const content = body === undefined ? {} : { body: JSON.stringify(body) }
      const answer = await send({ ...ask, ...content, operation, endpoint, path })
      verdict = 'accepted'
      return answer
    } catch (error) {
      verdict = verdictOf(error)
      throw error
    } finally {
      settle(verdict)
    }
  }

  function endpointOf({ service }: Operation, { region, caller }: Pick<Ask, 'region' | 'caller'>) {
    const endpoint = endpoints.find(service, region, caller.accessKey)
    if (endpoint) return endpoint
    const isOff = endpoints.knows(service, region) && isSandboxKey(caller.accessKey)
    throw new NotAskable(isOff ? 'sandbox-off' : 'no-endpoint', region)
  }

  const lookUp = (operation: Operation) => async (caller: Caller, region: string) => {
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(new DeadlineExceeded()), LOOKUP_DEADLINE_MS)
    const query: Pair[] = operation === listProjects ? [['name', region]] : []
    try {
      const answer = await ask(operation, { caller, region, query, signal: deadline.signal })
      return projectsIn(answer, { operation, region, host: answer.host, sent: true })
    } finally {
      clearTimeout(timer)
    }
  }
  const findProject = projectFinder(
    { listed: lookUp(listProjects), own: lookUp(listAuthProjects) },
    identify,
    outside,
  )

  return {
    endpoints,
    async call(operation, call) {
      const { host } = endpointOf(operation, call) // before IAM is asked in vain
      if (operation.projectless || call.projectId) return ask(operation, call)
      const { caller, region, signal } = call
      const left = () =>
        new UpstreamFailure(whyFailed(signal.reason, false), { operation, region, host, sent: false })
      if (signal.aborted) throw left()
      const projectId = await untilAborted(findProject(caller, region), signal).catch((why) => {
        throw why === signal.reason ? left() : why
      })
      return ask(operation, { ...call, projectId })
    },
    close: () => connections.close(),
  }
}

/** A wrong clock or a lock of Huawei's is no sign of a wrong secret; a gateway's 404 none of a good one. */
function verdictOf(error: unknown): Verdict {
  if (!(error instanceof UpstreamFailure) || error.failure.kind !== 'refused') return 'unknown'
  const { status, refusal } = error.failure
  if (status === 401) {
    const cause = causeOf(refusal.message ?? '')?.cause
    return cause === undefined || cause === 'wrong-secret' ? 'rejected' : 'unknown'
  }
  return status < 500 && refusal.code && !refusal.code.startsWith('APIG') ? 'accepted' : 'unknown'
}

function projectsIn({ body }: Answer, circumstances: Circumstances): Project[] {
  try {
    // Over 256 KiB of projects with one name is nobody's account.
    if (!Buffer.isBuffer(body)) throw body.destroy()
    const { projects } = JSON.parse(body.toString()) as { projects: Project[] }
    const found = projects.filter(({ id, name }) => typeof id === 'string' && typeof name === 'string')
    // Goes into paths and headers next.
    if (!found.every(({ id }) => /^[\w-]{1,64}$/.test(id))) throw new TypeError('not an id')
    return found
  } catch {
    throw new UpstreamFailure({ kind: 'nonsense', why: 'protocol' }, circumstances)
  }
}
