import { operation } from './operation.ts'

const manual = 'https://support.huaweicloud.com/api-evs'

/** `offset` counts rows here, and `count` is the total over all pages. */
export const listVolumes = operation({
  name: 'ListVolumes',
  service: 'evs',
  method: 'GET',
  path: '/v2/{project_id}/cloudvolumes/detail',
  listing: { items: 'volumes', id: 'id', pages: { by: 'marker', most: 1_000 } },
  manual: `${manual}/evs_04_2006.html`,
})

/** The second project is the one asked about. Needs `usage=True`. */
export const listVolumeQuotas = operation({
  name: 'CinderListQuotas',
  service: 'evs',
  method: 'GET',
  path: '/v2/{project_id}/os-quota-sets/{project_id}',
  manual: `${manual}/evs_04_2073.html`,
})
