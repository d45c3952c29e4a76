import type { FastifyRequest } from 'fastify'
import type { Caller } from '../huaweicloud/caller.ts'
import { findKeys } from './credentials.ts'
import { GatewayError } from './errors.ts'
import { hasForeignBearer } from './grants.ts'
import { refuseFaults } from './refuse-faults.ts'
import { whoseKeys } from './whose-keys.ts'

/** Whose request it is, where keys come as headers only, or a token stands for them. */
export function callerByHeaders({ headers, notes }: FastifyRequest): Caller {
  const keys = findKeys({ headers, query: {}, body: {} })
  const caller = whoseKeys(keys, notes)
  refuseFaults({
    violations: keys.violations,
    conflict: keys.conflict,
    missing: notes.grant ? [] : keys.missing,
    hasForeignBearer: hasForeignBearer(headers),
  })
  if (!caller) throw new GatewayError('CREDENTIALS_MISSING')
  return caller
}
