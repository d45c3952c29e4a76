import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { createServers } from '../../huaweicloud/ecs.ts'
import { type CreateFields, createFields, rawCreateFields } from '../create-fields.ts'
import type { Violation } from '../errors.ts'
import { type Call, route } from '../route.ts'
import { toServer, userDataFaults } from '../to-server.ts'

export const createInstances = route({
  method: 'POST',
  path: '/api/instances',
  scope: 'admin',
  needs: 'regional',
  service: 'ecs',
  summary: 'Creates instances.',
  fields: createFields,
  instead: { field: 'server', fields: rawCreateFields },
  faults: (fields, headers) => [...userDataFaults(fields), ...keyFaults(headers)],
  async run(call) {
    const { dryRun, ...rest } = call.fields
    const server = 'server' in rest ? rest.server : toServer(call.fields)
    const clientToken = clientTokenOf(call)
    const answer = await call.ask(createServers, {
      body: dryRun === undefined ? { server } : { dry_run: dryRun, server },
      clientToken,
    })
    const headers = { 'x-client-token': clientToken }
    // Passed, a dry run answers 202 and nothing of use.
    return dryRun ? { value: { dryRun: true }, headers } : { answer, headers }
  },
})

function keyFaults({ 'idempotency-key': key }: IncomingHttpHeaders): Violation[] {
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(String(key))) return []
  return [{ field: 'Idempotency-Key', description: 'must be 1 to 255 visible ASCII characters' }]
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Every create carries a token, so that a repetition of it cannot buy twice. The caller's own
 * `Idempotency-Key` becomes one; the same key of another account or region is another token.
 */
function clientTokenOf({ idempotencyKey, accessKey, regionId, uuid }: Call<CreateFields>): string {
  if (idempotencyKey === undefined) return uuid()
  if (UUID.test(idempotencyKey)) return idempotencyKey.toLowerCase()
  const hash = createHash('sha256')
    .update(JSON.stringify([idempotencyKey, accessKey, regionId]))
    .digest('hex')
  // The version and variant digits of RFC 9562's form 8, "made by own rules".
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}
