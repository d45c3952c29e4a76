import { listOsVersions, showImageQuota, showJobProgress } from './ims-account.ts'
import { copyImageInRegion, createImage } from './ims-create.ts'
import {
  addImageTag,
  batchAddOrDeleteTags,
  deleteImageTag,
  listImageByTags,
  listImagesTags,
  listImageTags,
} from './ims-tags.ts'
import { glanceDeleteImage, glanceUpdateImage, updateImage } from './ims-update.ts'
import { type Row, row } from './service.ts'

const images = '/v2/{project_id}/images'
const tags = `${images}/{image_id}/tags`

/** What is done with images that are there, and how they come to be. */
export const imageRows: readonly Row[] = [
  row(
    'CreateImage',
    'POST',
    '/v2/cloudimages/action',
    createImage,
    'not from a file: there is no object storage',
  ),
  row(
    'CreateImageInSafeMode',
    'POST',
    '/v2.1/cloudimages/action',
    createImage,
    'not from a file: there is no object storage',
  ),
  row('CopyImageInRegion', 'POST', '/v1/cloudimages/{image_id}/copy', copyImageInRegion),
  row('CopyImageInRegionInSafeMode', 'POST', '/v2.1/cloudimages/{image_id}/copy', copyImageInRegion),
  row('UpdateImage', 'PATCH', '/v2/cloudimages/{image_id}', updateImage),
  row('GlanceUpdateImage', 'PATCH', '/v2/images/{image_id}', glanceUpdateImage),
  row('GlanceDeleteImage', 'DELETE', '/v2/images/{image_id}', glanceDeleteImage),
  row('ShowImageQuota', 'GET', '/v1/cloudimages/quota', showImageQuota),
  row('ListOsVersions', 'GET', '/v1/cloudimages/os_version', listOsVersions),
  row('ShowJobProgress', 'GET', '/v1/cloudimages/job/{job_id}', showJobProgress),
  row('ListImageTags', 'GET', tags, listImageTags),
  row('AddImageTag', 'POST', tags, addImageTag),
  row('BatchAddOrDeleteTags', 'POST', `${tags}/action`, batchAddOrDeleteTags),
  row('DeleteImageTag', 'DELETE', `${tags}/{key}`, deleteImageTag),
  row('ListImagesTags', 'GET', `${images}/tags`, listImagesTags),
  row('ListImageByTags', 'POST', `${images}/resource_instances/action`, listImageByTags),
]
