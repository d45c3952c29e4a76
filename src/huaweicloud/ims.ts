import { operation } from './operation.ts'

/** The Glance form, with `first` and `next`; `/v2/cloudimages` has neither. */
export const listImages = operation({
  name: 'GlanceListImages',
  service: 'ims',
  method: 'GET',
  path: '/v2/images',
  listing: { items: 'images', id: 'id', pages: { by: 'next', most: 1_000 } },
  manual: 'https://support.huaweicloud.com/api-ims/ims_03_0702.html',
})
