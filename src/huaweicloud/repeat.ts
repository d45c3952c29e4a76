import type { Outside } from '../outside.ts'
import { attempt } from './attempt.ts'
import { BreakerOpen } from './breaker.ts'
import type { SigningClock } from './clock.ts'
import { UpstreamFailure } from './failure.ts'
import type { Policy } from './policy.ts'
import { repetition } from './repetition.ts'
import type { Sendable } from './signed-message.ts'
import { isThrottled } from './throttled.ts'
import type { WellbeingOf } from './wellbeing.ts'
import { CallerLeft } from './why-failed.ts'
import type { RepeatReason } from './why-repeat.ts'

/** A call that may take several attempts. */
export interface Repeatable extends Sendable {
  /** When its time is over, as `Outside.elapsed` counts; left out, only the signal tells. */
  until?: number
  /** Told of each attempt after the first. */
  onRepeat?: (reason: RepeatReason) => void
}

export interface RepeatSettings {
  policy: Policy
  outside: Outside
  wellbeingOf: WellbeingOf
  clock: Pick<SigningClock, 'correction' | 'set'>
  /** How long the first byte of an answer may take, milliseconds. */
  firstByteMs: number
}

/** One way of sending: {@link Answer}s or raw ones. */
export interface Sending<Got> {
  send(request: Sendable): Promise<Got>
  /** What of an answer counts as a failure all the same, as a 503 does to a raw call. */
  lossIn(got: Got, request: Sendable): UpstreamFailure | undefined
  /** An answer that is told after all should no other come. What would hold a connection until then is let go. */
  kept(got: Got): Got | undefined
}

/**
 * Makes a call, and makes it again where that is safe, may help and is not too much. Fails with the last failure; after
 * an attempt that may have run, whatever came later, with one that says so.
 */
export function buildRepeater({ policy, outside, wellbeingOf, clock, firstByteMs }: RepeatSettings) {
  return async <Got>(request: Repeatable, { send, lossIn, kept }: Sending<Got>): Promise<Got> => {
    const { operation, clientToken, endpoint, signal, until = Number.POSITIVE_INFINITY } = request
    const { breaker, budget } = wellbeingOf(request)
    const isWrite = operation.write === true
    const mayRunTwice = !isWrite || clientToken !== undefined
    const left = () => until - outside.elapsed()
    let failed: UpstreamFailure | undefined
    /** What was answered last, where another answer is hoped for. */
    let inHand: Got | undefined
    let release = () => {}
    let spent = 0
    let wentWell = false
    budget.begin()
    try {
      for (let attempts = 1; ; attempts += 1) {
        const outgoing =
          isWrite && mayRunTwice && attempts < policy.attempts.write ? hurried(request, left()) : request
        const signedWith = request.made?.ahead?.signedWith ?? clock.correction(endpoint.origin)
        const tried = await attempt(breaker, outside, {
          request: outgoing,
          send,
          lossIn: (got) => lossIn(got, request),
          firstByteMs,
        }).catch((error) => {
          if (error instanceof BreakerOpen) return error
          throw error
        })
        if (tried instanceof BreakerOpen) {
          if (inHand !== undefined) return inHand
          throw failed ?? unsent(request, tried)
        }
        const { got, loss } = tried
        if (!loss) {
          wentWell = true
          return got
        }
        failed = told(loss, failed)
        const made = {
          attempts,
          mayRunTwice,
          isWrite,
          left: left(),
          clockSet: clock.set(loss.failure, endpoint.origin, signedWith),
        }
        // Where it opened meanwhile there is nothing to wait for, and where time is up nobody waits.
        const next = breaker.isOpen || signal.aborted ? undefined : repetition(loss, made, policy, outside)
        release()
        const paid = next && budget.take(next.cost)
        if ('conclude' in tried) tried.conclude(!paid)
        if (!next || !paid) {
          if (got !== undefined) return got
          throw failed
        }
        release = paid
        spent = next.cost
        inHand = got === undefined ? undefined : kept(got)
        request.onRepeat?.(next.reason)
        const isOver = await outside.sleep(next.wait, signal).then(
          () => false,
          () => true,
        )
        if (isOver && signal.reason instanceof CallerLeft)
          throw new UpstreamFailure({ kind: 'cancelled' }, failed.circumstances)
        // Who runs out of time while waiting is told what had failed, and not that time ran out.
        if (isOver && inHand === undefined) throw failed
        if (isOver) return inHand as Got
      }
    } finally {
      release()
      budget.end(wentWell, spent)
    }
  }
}

/** Of a create's time the first attempt waits only for half, so that its token can settle what became of it. */
const hurried = (request: Repeatable, left: number): Sendable =>
  Number.isFinite(left) ? { ...request, firstByteMs: left / 2 } : request

/** What the caller is told, should this be the last of his failures. */
function told({ failure, circumstances }: UpstreamFailure, before?: UpstreamFailure): UpstreamFailure {
  const lost = before !== undefined && mayHaveRun(before)
  return new UpstreamFailure(failure, { ...circumstances, ...(lost ? { sent: true, lostBefore: true } : {}) })
}

function mayHaveRun({ failure, circumstances }: UpstreamFailure): boolean {
  if (circumstances.lostBefore) return true
  if (!circumstances.operation.write || !circumstances.sent || isThrottled(failure)) return false
  return failure.kind !== 'refused' || failure.status >= 500
}

/** An open breaker: nothing left this machine. */
function unsent(
  { operation, region, endpoint, clientToken }: Sendable,
  { seconds }: BreakerOpen,
): UpstreamFailure {
  return new UpstreamFailure(
    { kind: 'breaker-open', seconds },
    { operation, region, host: endpoint.host, sent: false, ...(clientToken ? { clientToken } : {}) },
  )
}
