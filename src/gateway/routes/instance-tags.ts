import { batchCreateServerTags, batchDeleteServerTags, showServerTags } from '../../huaweicloud/ecs-tags.ts'
import { tags } from '../create-fields.ts'
import { id, strict, tagKey } from '../fields.ts'
import { route } from '../route.ts'
import { shape, text } from '../shapes/shape.ts'
import { toTags } from '../to-tags.ts'
import { listRoute } from './list-route.ts'

const path = '/api/instances/{instanceId}/tags'
const instanceId = id('Instance')
const instance = { instanceId: 'ins-r8hr2upy' }

export const listInstanceTags = listRoute({
  path,
  name: 'listInstanceTags',
  tag: 'instances',
  operation: showServerTags,
  asked: ({ instanceId = '' }) => ({ params: { server_id: instanceId } }),
  summary: 'The tags of an instance.',
  item: shape({ key: text, value: text }),
  more: { fields: strict({ instanceId }), example: { fields: instance } },
})

const change = {
  tag: 'instances',
  scope: 'operate',
  needs: 'regional',
  service: 'ecs',
  value: shape({}),
} as const

export const addInstanceTags = route({
  ...change,
  method: 'POST',
  path,
  name: 'addInstanceTags',
  summary: 'Adds tags to an instance; a key that is there already gets the new value.',
  fields: strict({ instanceId, tags }),
  example: { fields: { ...instance, tags: { env: 'test', owner: 'anna' } } },
  run: async ({ ask, fields }) => ({
    answer: await ask(batchCreateServerTags, {
      params: { server_id: fields.instanceId },
      body: { action: 'create', tags: toTags(fields.tags) },
    }),
  }),
})

export const deleteInstanceTag = route({
  ...change,
  method: 'DELETE',
  path: `${path}/{key}`,
  name: 'deleteInstanceTag',
  summary: 'Takes a tag off an instance; one that is not there is no error.',
  fields: strict({ instanceId, key: tagKey }),
  example: { fields: { ...instance, key: 'env' }, after: [{ call: 'addInstanceTags' }] },
  run: async ({ ask, fields }) => ({
    answer: await ask(batchDeleteServerTags, {
      params: { server_id: fields.instanceId },
      body: { action: 'delete', tags: [{ key: fields.key }] },
    }),
  }),
})
