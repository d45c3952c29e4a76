import { operation } from './operation.ts'

/** The Glance form, with `first` and `next`; `/v2/cloudimages` has neither. */
export const listImages = operation({
  name: 'GlanceListImages',
  service: 'ims',
  method: 'GET',
  path: '/v2/images',
  manual: 'https://support.huaweicloud.com/api-ims/ims_03_0702.html',
})
