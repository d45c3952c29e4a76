import type { Audit } from './audit/audit.ts'
import { CannotStart } from './cannot-start.ts'
import type { Approvals } from './gateway/approvals.ts'
import type { GuardOfAll } from './huaweicloud/key-guard.ts'
import { deskOf } from './huaweicloud/key-guard-desk.ts'
import type { NamedKeys } from './huaweicloud/key-guard-shared.ts'
import { type Outside, within } from './outside.ts'
import type { Counting } from './worker-numbers.ts'
import type { Beginning, OfFirst, OfWorker, Serving } from './worker-words.ts'
import type { Exit, Member } from './workers/crew.ts'
import { type Line, openLine } from './workers/line.ts'
import type { Child } from './workers/processes.ts'

/** One worker, as the first process sees it. */
export interface Hand extends Member<Serving>, Counting {
  readonly ended: Promise<Exit>
  readonly line: Line<OfWorker>
}

/** What the first process keeps for all. */
export interface Kept {
  readonly beginning: Beginning
  readonly outside: Pick<Outside, 'sleep'>
  readonly audit: Audit | undefined
  readonly guard: GuardOfAll
  readonly approvals: Approvals
  metrics(): Promise<string>
  /** Those that run. */
  readonly hands: Set<Hand>
  fork(): Child
}

/** How long a worker may take to hear that a pair of keys was refused. */
const HEARING_MS = 1_000

/** A new worker, and what it may ask. */
export function hire(kept: Kept): Hand {
  const { beginning, audit, approvals, guard, hands, metrics } = kept
  const { channel, ended, kill, shut } = kept.fork()
  const started = Promise.withResolvers<Serving>()
  const desk = deskOf(guard, (keys) => forgottenBy(kept, keys))
  const line = openLine<OfFirst, OfWorker>(channel, {
    begin: () => beginning,
    serving: (serving) => started.resolve(serving),
    cannotStart: (lines) => started.reject(new CannotStart(lines.join('\n'))),
    async intent(fields, signal) {
      if (!audit) throw new Error('there is no audit')
      return audit.intent(fields, signal)
    },
    outcome: ({ intent, fields }) => audit?.outcome(intent, fields),
    approvalAsk: approvals.ask,
    approvalList: approvals.list,
    approvalDecide: approvals.decide,
    approvalUse: approvals.use,
    approvalEnded: approvals.ended,
    heard: () => undefined,
    admit: desk.admit,
    verdict: desk.tell,
    metrics,
    shut,
  })
  const hand: Hand = {
    line,
    started: started.promise,
    ended,
    numbers: () => line.ask('numbers', undefined),
    end: () => line.tell('end', undefined),
    kill,
  }
  hands.add(hand)
  ended.then(({ code, signal }) => {
    hands.delete(hand)
    desk.close()
    started.reject(new CannotStart(`A worker ended while it started (${signal ?? `exit code ${code}`}).`))
  })
  return hand
}

/** Resolves when no worker takes the pair for accepted any more. */
async function forgottenBy({ hands, outside }: Kept, keys: NamedKeys): Promise<void> {
  const all = [...hands].map(({ line }) => line.ask('forget', keys).catch(() => {}))
  await within(Promise.all(all), HEARING_MS, outside)
}
