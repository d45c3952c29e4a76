import type { IncomingMessage } from 'node:http'
import type { MadeAttempt } from '../huaweicloud/signed-message.ts'

/** What the quick way leaves to the usual one, which goes on from there. */
export interface HandedOver {
  readonly requestId: string
  /** As `Outside.elapsed` counts. */
  readonly startedAt: number
  readonly until: number
  /** How long Huawei Cloud was asked so far, milliseconds. */
  readonly upstreamMs: number
  /** How its limits stand, which were counted. */
  readonly rates: Readonly<Record<string, string>>
  readonly made?: MadeAttempt
}

const handed = new WeakMap<IncomingMessage, HandedOver>()

export const handOver = (request: IncomingMessage, what: HandedOver): void => void handed.set(request, what)

export const handedOver = (request: IncomingMessage): HandedOver | undefined => handed.get(request)

/** Where it came to nothing, a body that nobody reads must not keep its connection. */
export function dropMade({ made }: Pick<HandedOver, 'made'>): void {
  made?.take()?.then(
    ({ body }) => {
      if (!Buffer.isBuffer(body)) body.destroy()
    },
    () => {},
  )
}
