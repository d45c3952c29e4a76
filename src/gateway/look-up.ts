import type { Operation } from '../huaweicloud/operation.ts'
import { readAnswer } from '../huaweicloud/whole-body.ts'
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
  const reading = { operation, region: regionId, signal: deadline }
  return readAnswer(answer, reading, (body) => find(JSON.parse(body.toString())))
}

/** What goes into a path or a body next must have the form of an id, whoever said it. */
export function idIn(value: unknown): string {
  if (typeof value !== 'string' || !ID_PATTERN.test(value)) throw new TypeError('not an id')
  return value
}
