import Type from 'typebox'
import { strict } from '../fields.ts'
import { route } from '../route.ts'

/** All words for the three services whose regions may be asked, in any letter case. */
const serviceOf: Record<string, string> = { ecs: 'ecs', ims: 'ims', image: 'ims', images: 'ims', vpc: 'vpc' }

export const listRegions = route({
  method: 'GET',
  path: '/api/regions',
  name: 'listRegions',
  tag: 'regions',
  value: Type.Object({
    regions: Type.Array(Type.Object({ Endpoint: Type.String(), Id: Type.String() })),
  }),
  example: { fields: { regionType: 'ecs' } },
  scope: 'open',
  needs: 'none',
  summary: 'The regions of a service, from the endpoint table; nobody is asked.',
  fields: strict({
    regionType: Type.Optional(
      Type.String({
        pattern: '^(?:[Ee][Cc][Ss]|[Ii][Mm][Ss]|[Ii][Mm][Aa][Gg][Ee][Ss]?|[Vv][Pp][Cc])$',
        description: 'one of ecs, ims (also image, images) or vpc, in any letter case; ecs if left out',
      }),
    ),
  }),
  run({ cloud, fields: { regionType = 'ecs' } }) {
    const service = serviceOf[regionType.toLowerCase()] ?? 'ecs'
    const regions = cloud.endpoints.published(service)
    return { value: { regions: regions.map(({ id, url }) => ({ Endpoint: url, Id: id })) } }
  },
})
