import type { Outside } from '../outside.ts'
import type { Breaker, Health } from './breaker.ts'
import { type Failure, UpstreamFailure } from './failure.ts'
import { isThrottled } from './throttled.ts'

/** What came of one attempt. A raw call has an answer even where that counts as a loss. */
export type Attempt<Got> = { got: Got; loss?: UpstreamFailure } | { got?: undefined; loss: UpstreamFailure }

/** Makes one attempt and tells the breaker how Huawei is. Throws {@link BreakerOpen}, and what is a bug of ours. */
export async function attempt<Got>(
  breaker: Breaker,
  outside: Outside,
  send: () => Promise<Got>,
  lossIn: (got: Got) => UpstreamFailure | undefined,
): Promise<Attempt<Got>> {
  const tell = breaker.enter()
  const began = outside.elapsed()
  let health: Health = 'unknown'
  try {
    const got = await send()
    const loss = lossIn(got)
    health = loss ? healthIn(loss.failure, outside.elapsed() - began) : 'well'
    return loss ? { got, loss } : { got }
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) throw error
    health = healthIn(error.failure, outside.elapsed() - began)
    return { loss: error }
  } finally {
    tell(health)
  }
}

/** A caller who gave Huawei less time than this has learnt nothing about it. */
const FAIR_WAIT_MS = 3_000

const ILL = new Set([502, 503, 504])

function healthIn(failure: Failure, ms: number): Health {
  switch (failure.kind) {
    case 'refused':
      return ILL.has(failure.status) && !isThrottled(failure) ? 'ill' : 'well'
    case 'unreachable':
      // A certificate does not heal, and its failure says more than a breaker's would.
      return failure.why === 'connection' || failure.why === 'dns' ? 'ill' : 'unknown'
    case 'timeout':
      return ms >= FAIR_WAIT_MS ? 'ill' : 'unknown'
    default:
      return 'unknown'
  }
}
