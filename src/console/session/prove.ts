import { request } from '../api/client.ts'
import { asApiError } from '../api/error.ts'
import { calls } from '../api/schema.ts'
import type { Session } from './store.ts'

/**
 * Asks once whether keys are good: for the account's projects, which every key may. A token of some regions may not, and
 * the refusal that names them proves it as well.
 */
export async function proven(session: Session, signal?: AbortSignal): Promise<Session> {
  const { method, path } = calls.listProjects
  try {
    await request(method, path, { query: { fields: 'id' }, as: session, signal })
    return session
  } catch (thrown) {
    const { status, reason, metadata } = asApiError(thrown)
    // Huawei's 403 comes after the signature was found good: such keys lack a permission, and may do other things.
    if (status !== 403) throw thrown
    if (session.kind !== 'token' || reason !== 'SCOPE_TOO_SMALL') return session
    return metadata.regions ? { ...session, regions: metadata.regions.split(/[\s,]+/) } : session
  }
}
