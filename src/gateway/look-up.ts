import { UpstreamFailure } from '../huaweicloud/failure.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import { wholeBody } from '../huaweicloud/whole-body.ts'
import { ID_PATTERN } from './fields.ts'
import type { Call } from './route.ts'

export type Asking = Pick<Call<unknown>, 'ask' | 'regionId' | 'deadline'>

/**
 * Asks for something small on the way to something else, and finds in it what is needed. What cannot be read is
 * nonsense of Huawei's, and so is what `find` throws at.
 */
export async function lookUp<Found>(
  { ask, regionId = '', deadline }: Asking,
  operation: Operation,
  params: Record<string, string>,
  find: (body: unknown) => Found,
): Promise<Found> {
  const answer = await ask(operation, { params })
  const circumstances = { operation, region: regionId, host: answer.host, sent: true }
  const body = await wholeBody(answer, circumstances, deadline)
  try {
    return find(JSON.parse(body.toString()))
  } catch {
    throw new UpstreamFailure({ kind: 'nonsense', why: 'protocol' }, circumstances)
  }
}

/** What goes into a path or a body next must have the form of an id, whoever said it. */
export function idIn(value: unknown): string {
  if (typeof value !== 'string' || !ID_PATTERN.test(value)) throw new TypeError('not an id')
  return value
}
