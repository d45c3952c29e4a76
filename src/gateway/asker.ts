import type { Caller } from '../huaweicloud/caller.ts'
import type { Cloud, Language } from '../huaweicloud/cloud.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import type { Answer } from '../huaweicloud/transport.ts'
import type { Notes } from './handle.ts'
import type { Asked } from './route.ts'

export interface Where {
  region: string
  projectId?: string | undefined
  signal: AbortSignal
}

/** Asks Huawei with a request's keys, and notes for the log what came of it. */
export type Asker = (operation: Operation, asked: Asked, where: Where) => Promise<Answer>

export function askerFor(
  cloud: Cloud,
  caller: Caller | undefined,
  notes: Notes,
  route: string,
  language?: Language,
): Asker {
  return async (operation, asked, { region, projectId, signal }) => {
    if (!caller) throw new TypeError(`${route} asks Huawei Cloud but needs no keys`)
    const answer = await notes.upstream.time(() =>
      cloud.call(operation, {
        caller,
        region,
        ...(projectId ? { projectId } : {}),
        ...(language ? { language } : {}),
        ...asked,
        signal,
      }),
    )
    if (answer.requestId) notes.upstreamRequestId = answer.requestId
    return answer
  }
}
