import type { Outside } from '../outside.ts'
import type { Breaker, Health } from './breaker.ts'
import { UpstreamFailure } from './failure.ts'
import type { Sendable } from './signed-message.ts'
import { isThrottled } from './throttled.ts'

/** What came of one attempt. A raw call has an answer even where that counts as a loss. */
export type Attempt<Got> =
  | { got: Got; loss?: undefined }
  | { got?: undefined; loss: UpstreamFailure }
  | {
      got: Got
      loss: UpstreamFailure
      /** Must be called: of an answer that is asked for anew the breaker learns nothing. */
      conclude: (isLast: boolean) => void
    }

/** One way of trying. */
export interface Trying<Got> {
  request: Sendable
  send(request: Sendable): Promise<Got>
  lossIn(got: Got): UpstreamFailure | undefined
  /** How long the first byte of an answer may take, milliseconds. */
  firstByteMs: number
}

/**
 * Makes one attempt and tells the breaker how Huawei is. A raw call may go where nothing is, and its three attempts
 * would say three times what they all know, so its answers count once. Throws {@link BreakerOpen}, and what is a bug
 * of ours.
 */
export async function attempt<Got>(
  breaker: Breaker,
  outside: Outside,
  { request, send, lossIn, firstByteMs }: Trying<Got>,
): Promise<Attempt<Got>> {
  const { tell, began } = request.made?.ahead ?? { tell: breaker.enter(), began: outside.elapsed() }
  const healthIn = (loss: UpstreamFailure) =>
    healthShown(loss, request, outside.elapsed() - began >= firstByteMs)
  let health: Health | undefined = 'unknown'
  try {
    const got = await send(request)
    const loss = lossIn(got)
    if (!loss) {
      health = 'well'
      return { got }
    }
    const shown = healthIn(loss)
    const conclude = (isLast: boolean) => tell(shown === 'ill' && !isLast ? 'unknown' : shown)
    health = undefined
    return { got, loss, conclude }
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) throw error
    health = healthIn(error)
    return { loss: error }
  } finally {
    if (health) tell(health)
  }
}

const ILL = new Set([502, 503, 504])

/** `waited`: whether it has had as long as we let an answer take. */
function healthShown(
  { failure, circumstances: { sent } }: UpstreamFailure,
  { signal, firstByteMs }: Sendable,
  waited: boolean,
): Health {
  switch (failure.kind) {
    case 'refused':
      return ILL.has(failure.status) && !isThrottled(failure) ? 'ill' : 'well'
    case 'unreachable':
      // A certificate does not heal, and its failure says more than a breaker's would.
      return failure.why === 'connection' || failure.why === 'dns' ? 'ill' : 'unknown'
    case 'timeout': {
      // A caller who gave Huawei less time than we do has learnt nothing about it.
      const isOurLimit = !signal.aborted && (!sent || firstByteMs === undefined)
      return isOurLimit || waited ? 'ill' : 'unknown'
    }
    default:
      return 'unknown'
  }
}
