import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import Type from 'typebox'
import { createServers } from '../../huaweicloud/ecs.ts'
import { type CreateFields, createFields, rawCreateFields } from '../create-fields.ts'
import type { Violation } from '../errors.ts'
import { type Call, route } from '../route.ts'
import { shape, text } from '../shapes/shape.ts'
import { toServer, userDataFaults } from '../to-server.ts'

/** A dry run answers `dryRun`, everything else the rest; `order_id` only what is bought by month or year. */
const created = shape({
  job_id: text,
  serverIds: Type.Array(text),
  order_id: text,
  dryRun: Type.Literal(true),
})

export const createInstances = route({
  method: 'POST',
  path: '/api/instances',
  name: 'createInstances',
  tag: 'instances',
  value: created,
  job: { service: 'ecs' },
  example: {
    regionId: 'cn-east-2',
    fields: {
      name: 'first',
      imageId: '88faab67-9e31-48d9-8027-f8a025da94de',
      instanceType: 'ac6.12xlarge.2',
      vpcId: 'dd7bac93-90f9-4fd3-8d4e-335e178f7aa5',
      nics: [{ subnetId: '3ffaa982-367f-4633-927a-ad4866e2ad4a' }],
      rootVolume: { volumeType: 'SSD', size: 40 },
      dataVolumes: [{ volumeType: 'SSD', size: 100 }],
    },
  },
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
    call.announce({ 'x-client-token': clientToken })
    const answer = await call.ask(createServers, {
      body: dryRun === undefined ? { server } : { dry_run: dryRun, server },
      clientToken,
    })
    if (!dryRun) return { answer }
    // Passed, it answers 202 and nothing of use.
    if (!Buffer.isBuffer(answer.body)) answer.body.destroy()
    return { value: { dryRun: true } }
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
function clientTokenOf({ headers, accessKey, regionId, outside }: Call<CreateFields>): string {
  const idempotencyKey = headers['idempotency-key']
  if (typeof idempotencyKey !== 'string') return outside.uuid()
  if (UUID.test(idempotencyKey)) return idempotencyKey.toLowerCase()
  const hash = createHash('sha256')
    .update(JSON.stringify([idempotencyKey, accessKey, regionId]))
    .digest('hex')
  // The version and variant digits of RFC 9562's form 8, "made by own rules".
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}
