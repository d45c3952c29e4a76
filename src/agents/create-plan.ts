import Type, { type Static } from 'typebox'
import type { Plan } from './plan.ts'
import { id, input, regionId, type Use } from './tool.ts'

const text = (description: string) => Type.String({ minLength: 1, maxLength: 255, description })
const optional = Type.Optional

const disk = {
  volumeType: text('SAS, GPSSD, SSD, ESSD …'),
  size: Type.Integer({ minimum: 1, maximum: 32_768, description: 'GB' }),
}

/** What an agent may create: no passwords, which would stand in a conversation, and no scripts to run unseen. */
export const createInput = input({
  regionId,
  name: text('Of the instance.'),
  imageId: id(),
  instanceType: text('An id of list_instance_types.'),
  vpcId: id(),
  subnetId: id(),
  rootVolume: input(disk),
  dataVolumes: optional(Type.Array(input(disk), { maxItems: 23 })),
  securityGroupIds: optional(Type.Array(id(), { maxItems: 10 })),
  count: optional(Type.Integer({ minimum: 1, maximum: 20 })),
  availabilityZone: optional(text('Chosen by Huawei if left out.')),
  keyName: optional(text('A key pair to log in with.')),
  publicIp: optional(
    input({
      type: text('5_bgp …'),
      bandwidth: Type.Integer({ minimum: 1, maximum: 300, description: 'Mbit/s' }),
    }),
  ),
  description: optional(text('A note.')),
  tags: optional(Type.Record(Type.String(), Type.String({ maxLength: 255 }), { maxProperties: 20 })),
})

type Create = Static<typeof createInput>

const bodyOf = ({ subnetId, publicIp, ...rest }: Create) => ({
  ...rest,
  nics: [{ subnetId }],
  ...(publicIp
    ? {
        publicIp: {
          type: publicIp.type,
          bandwidth: { size: publicIp.bandwidth, shareType: 'PER', chargeMode: 'traffic' },
        },
      }
    : {}),
})

/** The exact call. */
export function createPlan(fields: Create): Plan {
  return {
    action: 'create',
    regionId: fields.regionId ?? '',
    count: fields.count ?? 1,
    call: { method: 'POST', path: '/api/instances', body: bodyOf(fields) },
  }
}

/** What will be: asked of Huawei Cloud without doing it, with the names of what it is made from. */
export async function createFacts(
  { regionId, imageId, instanceType }: Create,
  { call: { body } }: Plan,
  { call }: Use,
): Promise<Record<string, unknown>> {
  await call({ method: 'POST', path: '/api/instances', body: { ...body, dryRun: true } })
  const [image, { flavors }] = await Promise.all([
    call({ method: 'GET', path: `/api/images/${imageId}`, query: { regionId } }),
    call({
      method: 'GET',
      path: '/api/instance-types',
      query: { regionId, all: true, fields: 'id,vcpus,ram' },
    }),
  ])
  const flavor = Array.isArray(flavors)
    ? flavors.find((one) => Reflect.get(Object(one), 'id') === instanceType)
    : undefined
  return {
    instance: body,
    image: { id: imageId, name: image.name },
    instanceType: flavor ?? { id: instanceType },
    charging:
      'by use (postPaid), from its start until it is terminated; what it costs is not told by this API',
    dryRun: 'passed',
  }
}
