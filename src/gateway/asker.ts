import type { Caller } from '../huaweicloud/caller.ts'
import type { Cloud, Language } from '../huaweicloud/cloud.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import type { MadeAttempt } from '../huaweicloud/signed-message.ts'
import type { Answer } from '../huaweicloud/transport.ts'
import { outcomeOfAnswer } from './audit-outcome.ts'
import type { Audited } from './audit-trail.ts'
import type { Notes } from './handle.ts'
import type { Asked } from './route.ts'

export interface Where {
  region: string
  projectId?: string | undefined
  signal: AbortSignal
  /** When the signal ends it at the latest, as `Outside.elapsed` counts. */
  until?: number | undefined
}

/** Asks Huawei with a request's keys, and notes for the log what came of it. */
export type Asker = (operation: Operation, asked: Asked, where: Where) => Promise<Answer>

export function askerFor(
  cloud: Cloud,
  caller: Caller | undefined,
  notes: Notes,
  route: string,
  language?: Language,
  audited?: Audited,
  made?: MadeAttempt,
): Asker {
  return async (operation, asked, { region, projectId, signal, until }) => {
    if (!caller) throw new TypeError(`${route} asks Huawei Cloud but needs no keys`)
    const send = () =>
      notes.upstream.time(() =>
        cloud.call(operation, {
          caller,
          region,
          ...(projectId ? { projectId } : {}),
          ...(language ? { language } : {}),
          ...asked,
          ...(made?.operation === operation ? { made } : {}),
          signal,
          ...(until === undefined ? {} : { until }),
          onRepeat: () => {
            notes.repeats += 1
          },
        }),
      )
    const answer =
      audited && operation.write
        ? await audited({ operation, region, projectId, asked }, signal, send, outcomeOfAnswer)
        : await send()
    if (answer.requestId) notes.upstreamRequestId = answer.requestId
    return answer
  }
}
