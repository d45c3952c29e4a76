import { operation } from './operation.ts'

const manual = 'https://support.huaweicloud.com/api-ims'

/** The Glance form, with `first` and `next`; `/v2/cloudimages` has neither. */
export const listImages = operation({
  name: 'GlanceListImages',
  service: 'ims',
  method: 'GET',
  path: '/v2/images',
  listing: { items: 'images', id: 'id', pages: { by: 'next', most: 1_000 } },
  manual: `${manual}/ims_03_0702.html`,
})

/** Answers the image itself, without a name around it. */
export const showImage = operation({
  name: 'GlanceShowImage',
  service: 'ims',
  method: 'GET',
  path: '/v2/images/{image_id}',
  manual: `${manual}/ims_03_0703.html`,
})

/** From an instance, a disk or a file; begins a job of IMS, not of ECS. */
export const createImage = operation({
  name: 'CreateImage',
  service: 'ims',
  method: 'POST',
  path: '/v2/cloudimages/action',
  write: true,
  manual: `${manual}/ims_03_0603.html`,
})

export const deleteImage = operation({
  name: 'GlanceDeleteImage',
  service: 'ims',
  method: 'DELETE',
  path: '/v2/images/{image_id}',
  write: true,
  manual: `${manual}/ims_03_0706.html`,
})

export const showImageQuota = operation({
  name: 'ShowImageQuota',
  service: 'ims',
  method: 'GET',
  path: '/v1/cloudimages/quota',
  manual: `${manual}/ims_03_0630.html`,
})
