import { UpstreamFailure } from '../huaweicloud/failure.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import { ID_PATTERN } from './fields.ts'
import type { Call } from './route.ts'

/**
 * Asks for something small on the way to something else, and finds in it what is needed. What cannot be read, or
 * is longer than what is held in memory, is nonsense of Huawei's, and so is what `find` throws at.
 */
export async function lookUp<Found>(
  { ask, regionId = '' }: Pick<Call<unknown>, 'ask' | 'regionId'>,
  operation: Operation,
  params: Record<string, string>,
  find: (body: unknown) => Found,
): Promise<Found> {
  const { body, host } = await ask(operation, { params })
  try {
    if (!Buffer.isBuffer(body)) throw body.destroy()
    return find(JSON.parse(body.toString()))
  } catch {
    const circumstances = { operation, region: regionId, host, sent: true }
    throw new UpstreamFailure({ kind: 'nonsense', why: 'protocol' }, circumstances)
  }
}

/** What goes into a path or a body next must have the form of an id, whoever said it. */
export function idIn(value: unknown): string {
  if (typeof value !== 'string' || !ID_PATTERN.test(value)) throw new TypeError('not an id')
  return value
}
