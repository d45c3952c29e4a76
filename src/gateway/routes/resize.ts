import type { Static } from 'typebox'
import { listResizeFlavors, resizeServer } from '../../huaweicloud/ecs.ts'
import { nonEmpty, optionalFlag, optionalId, strict } from '../fields.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { resizeFlavor } from '../shapes/flavor.ts'
import { shape, text } from '../shapes/shape.ts'
import { example, instanceId, one } from './instance.ts'
import { listRoute } from './list-route.ts'

const path = '/api/instances/{instanceId}/resize'

export const listResizeTypes = listRoute({
  path,
  name: 'listResizeTypes',
  tag: 'instances',
  operation: listResizeFlavors,
  asked: ({ instanceId = '' }) => ({ query: [['instance_uuid', instanceId]] }),
  summary: 'The instance types that an instance may be given.',
  item: resizeFlavor,
  more: { fields: strict({ instanceId }), example: { fields: { instanceId: 'ins-r8hr2upy' } } },
})

const resizeFields = strict({
  instanceId,
  instanceType: nonEmpty('Flavor id, for example s6.xlarge.2.'),
  stopIfRunning: optionalFlag('Stop it for the time being, if it runs.'),
  dedicatedHostId: optionalId('Dedicated host; needed for instances on one'),
  autoPay: optionalFlag('For what is paid by month or year: pay the difference at once.'),
})

export const resizeInstance = route({
  ...one,
  method: 'PUT',
  path,
  name: 'resizeInstance',
  scope: 'admin',
  summary: 'Gives an instance another instance type.',
  description:
    'The instance must be stopped, unless `stopIfRunning` says that it may be: then it is stopped, resized and started again.',
  fields: resizeFields,
  value: shape({ job_id: text, order_id: text }),
  job: { service: 'ecs', subjects: ({ instanceId }) => [instanceId] },
  example: example({ instanceType: 's6.xlarge.2', stopIfRunning: true }),
  run: async ({ ask, fields }) => ({
    answer: await ask(resizeServer, {
      params: { server_id: fields.instanceId },
      body: { resize: toResize(fields) },
    }),
  }),
})

const toResize = ({ instanceType, stopIfRunning, dedicatedHostId, autoPay }: Static<typeof resizeFields>) =>
  given({
    flavorRef: instanceType,
    dedicated_host_id: dedicatedHostId,
    // There is no word for the opposite.
    mode: stopIfRunning ? 'withStopServer' : undefined,
    extendparam: autoPay === undefined ? undefined : { isAutoPay: String(autoPay) },
  })
