import Type, { type Static } from 'typebox'
import {
  createImage as create,
  listImages as list,
  deleteImage as remove,
  showImage as show,
} from '../../huaweicloud/ims.ts'
import { tags } from '../create-fields.ts'
import { enterpriseProjectId, id, nonEmpty, optionalFlag, optionalNumber, strict } from '../fields.ts'
import { given } from '../given.ts'
import { passesOn, route } from '../route.ts'
import { image } from '../shapes/image.ts'
import { jobTicket } from '../shapes/job.ts'
import { shape } from '../shapes/shape.ts'
import { toTags } from '../to-tags.ts'
import { listRoute } from './list-route.ts'

const imageId = id('Image')

const images = { tag: 'images', needs: 'regional', service: 'ims' } as const

export const listImages = listRoute({
  path: '/api/images',
  name: 'listImages',
  tag: 'images',
  operation: list,
  summary: 'Images, 25 a page; `next` holds the marker of the following one.',
  item: image,
  more: { cached: 'images' },
})

export const showImage = route({
  ...images,
  method: 'GET',
  path: '/api/images/{imageId}',
  name: 'showImage',
  scope: 'read',
  summary: 'One image.',
  fields: strict({ imageId }),
  value: image,
  example: { fields: { imageId: '88faab67-9e31-48d9-8027-f8a025da94de' } },
  ...passesOn<{ imageId: string }>(({ fields }) => ({
    operation: show,
    params: { image_id: fields.imageId },
  })),
})

const createFields = strict({
  name: nonEmpty('1 to 128 letters, digits, blanks, `_`, `-`, `.`'),
  instanceId: id('Instance to take it from; it should be stopped'),
  description: Type.Optional(Type.String()),
  tags: Type.Optional(tags),
  dataImages: Type.Optional(
    Type.Array(
      strict({
        name: nonEmpty('Name of the image'),
        volumeId: id('Data disk of the instance'),
        description: Type.Optional(Type.String()),
      }),
      { description: 'Data disks to take images of, too.' },
    ),
  ),
  enterpriseProjectId,
  minRam: optionalNumber('MB an instance made of it must have.'),
  maxRam: optionalNumber('MB it may have at most.'),
})

export const createImage = route({
  ...images,
  method: 'POST',
  path: '/api/images',
  name: 'createImage',
  scope: 'admin',
  outdates: 'images',
  summary: 'Makes an image of an instance.',
  description:
    'The job is one of the image service: ask for it with `service=ims`. It ends with the id of the image.',
  fields: createFields,
  value: jobTicket,
  job: { service: 'ims', subjects: ({ instanceId }) => [instanceId] },
  example: {
    fields: { name: 'golden', instanceId: 'ins-r8hr2upy' },
    after: [{ call: 'stopInstances', wait: true }],
  },
  run: async ({ ask, fields }) => ({ answer: await ask(create, { body: toImage(fields) }) }),
})

export const deleteImage = route({
  ...images,
  method: 'DELETE',
  path: '/api/images/{imageId}',
  name: 'deleteImage',
  scope: 'admin',
  outdates: 'images',
  summary: 'Deletes a private image.',
  fields: strict({
    imageId,
    deleteBackup: optionalFlag('Also delete the backup that an image of a whole instance was made from.'),
  }),
  value: shape({}),
  example: {
    after: [
      { call: 'stopInstances', wait: true },
      { call: 'createImage', take: { imageId: 'job.entities.image_id' }, wait: true },
    ],
  },
  run: async ({ ask, fields: { imageId, deleteBackup } }) => ({
    answer: await ask(remove, {
      params: { image_id: imageId },
      ...(deleteBackup === undefined ? {} : { body: { delete_backup: deleteBackup } }),
    }),
  }),
})

const toImage = (ask: Static<typeof createFields>) =>
  given({
    name: ask.name,
    instance_id: ask.instanceId,
    description: ask.description,
    image_tags: ask.tags && toTags(ask.tags),
    data_images: ask.dataImages?.map(({ name, volumeId, description }) =>
      given({ name, volume_id: volumeId, description }),
    ),
    enterprise_project_id: ask.enterpriseProjectId,
    min_ram: ask.minRam,
    max_ram: ask.maxRam,
  })
