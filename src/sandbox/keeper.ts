import { createHash } from 'node:crypto'
import { append, changedSince, type Entry, record, type Sizes, sizesOf } from './events.ts'
import { type Damage, watchForFaults } from './fault-watch.ts'
import type { Aim } from './faults.ts'
import { buildFront, type Heard } from './front.ts'
import { newHex } from './ids.ts'
import type { Journal, Line } from './journal.ts'
import { operationName } from './operation-name.ts'
import type { Place } from './place.ts'
import type { Refusal } from './refusal.ts'
import type { Reply } from './reply.ts'
import type { Found } from './routes.ts'
import type { KeptWorld } from './world.ts'

export interface Answered {
  readonly reply: Reply
  readonly requestId: string
  readonly damage: Damage
}

export interface Keeper {
  answer(request: Heard, body: Buffer): Answered
  /** Does once more what was done before the program ended, or writes down what a new world begins with. */
  begin(): void
  close(): void
}

export interface KeeperParts {
  world: KeptWorld
  report: (thrown: unknown) => void
  control: (request: Heard, body: Buffer) => Reply
  /** Where all is written down before it is answered; without one nothing touches the disk. */
  journal?: Journal | undefined
  /** All that is to be found again, as it goes onto the disk. */
  pack: () => Buffer
}

/** A line of the journal does not lead to the answer that it led to then. */
export class Diverged extends Error {}

/** Has every request done at one moment, logs it, and writes it down before anybody hears the answer. */
export function buildKeeper({ world, report, control, journal, pack }: KeeperParts): Keeper {
  const front = buildFront(world, report)
  let lost: unknown

  return {
    answer(request, body) {
      if (lost !== undefined) return unkept()
      const real = world.callersNow()
      const work = perform(request, body, real)
      if (journal && !work.isGlance)
        try {
          journal.append(lineOf(work, request, body, real))
          if (journal.isLong()) journal.fold(pack())
        } catch (error) {
          // What cannot be kept must not be answered, nor anything that builds upon it.
          lost = error
          report(error)
          return unkept()
        }
      return work
    },
    begin() {
      if (!journal) return
      if (journal.packed === undefined) return journal.fold(pack())
      for (const line of journal.lines())
        if (line.kind === 'read') world.during(line.real, () => reread(line.entry))
        else if (digestOf(perform(line.request, line.body, line.real).reply) !== line.digest)
          throw new Diverged()
    },
    close() {
      if (!journal) return
      if (lost === undefined) journal.fold(pack())
      journal.close()
    },
  }

  function perform(request: Heard, body: Buffer, real: number): Work {
    return world.during(real, () => {
      world.catchUp()
      const isControl = isForControl(request)
      const work = isControl ? steer(request, body) : serve(request, body)
      return work
    })
  }

  function steer(request: Heard, body: Buffer): Work {
    const requestId = newHex(world.outside)
    const { state } = world
    const reply = control(request, body)
    const isGlance = request.method === 'GET' || reply.status >= 400
    const operation = `${request.method} ${pathOf(request).slice('/_sandbox/'.length)}`
    // A picture changes nothing, and after a reset or a return there is another log.
    if (!isGlance && world.state === state && !operation.includes(' snapshots/')) {
      world.catchUp()
      record(world.state, world.outside.now(), { kind: 'control', operation, status: reply.status })
    }
    return { reply, requestId, damage: {}, isGlance }
  }

  function serve(request: Heard, body: Buffer): Work {
    const requestId = newHex(world.outside)
    const damage: Damage = {}
    const faults = watchForFaults(world, damage)
    let where: (Aim & { project: string }) | undefined
    let before: Sizes = {}
    let refusal: Refusal | undefined
    const given = front(request, body, requestId, {
      placed(found, place) {
        where = placeOf(found, place, body)
        before = sizesOf(world.state.holdings.get(where.project))
        faults.placed(where)
      },
      worked: faults.worked,
      refused(thrown) {
        refusal = thrown
        if (thrown.status === 500) world.touch()
      },
    })
    world.catchUp()
    const entry = record(world.state, world.outside.now(), {
      kind: 'request',
      ...where,
      requestId,
      ...(damage.ruin === 'hang-up' ? {} : { status: given.status }),
      ...(refusal ? { code: refusal.code } : {}),
      ...(damage.fault ? { fault: damage.fault } : {}),
      ...(world.trace.begun.length > 0 ? { jobs: world.trace.begun.map(({ id }) => id) } : {}),
      ...(where ? changedSince(before, world.state.holdings.get(where.project)) : {}),
    })
    const isRead = request.method === 'GET' && !world.trace.touched && world.trace.begun.length === 0
    return { reply: withRetryAfter(given, damage), requestId, damage, ...(isRead ? { read: entry } : {}) }
  }

  function reread(entry: Entry): void {
    world.catchUp()
    if (entry.number !== world.state.number + 1) throw new Diverged()
    append(world.state, entry)
  }
}

interface Work extends Answered {
  /** Changed nothing but the log. */
  readonly read?: Entry
  /** Changed nothing at all. */
  readonly isGlance?: boolean
}

function lineOf(work: Work, request: Heard, body: Buffer, real: number): Line {
  if (work.read) return { kind: 'read', real, entry: work.read }
  const { method, url, headers, rawHeaders } = request
  return {
    kind: 'whole',
    real,
    request: { method: method ?? 'GET', url: url ?? '/', headers, rawHeaders },
    body,
    digest: digestOf(work.reply),
  }
}

const digestOf = ({ status, body = '' }: Reply): string =>
  createHash('sha256').update(`${status} ${body}`).digest('base64').slice(0, 16)

const pathOf = ({ url = '/' }: Heard) => url.replace(/\?.*$/s, '')

export const isForControl = (request: Heard): boolean => request.url?.startsWith('/_sandbox/') ?? false

const placeOf = ({ service, row }: Found, { region, project }: Place, body: Buffer) => ({
  service: service.name,
  operation: operationName(row, body),
  region: region.id,
  project: project.id,
})

function withRetryAfter(reply: Reply, { retryAfter }: Damage): Reply {
  if (retryAfter === undefined) return reply
  return { ...reply, headers: { ...reply.headers, 'Retry-After': String(retryAfter) } }
}

function unkept(): Answered {
  const body = {
    error_code: 'SANDBOX.NOT_KEPT',
    error_msg: 'The state file cannot be written, so nothing is answered.',
  }
  return {
    reply: { status: 500, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
    requestId: '0'.repeat(32),
    damage: {},
  }
}
