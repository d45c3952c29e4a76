import Type, { type Static } from 'typebox'
import {
  listResizeFlavors,
  resetServerPassword,
  resizeServer,
  showServer,
  showServerRemoteConsole,
  updateServer,
} from '../../huaweicloud/ecs.ts'
import type { Violation } from '../errors.ts'
import { id, nonEmpty, optionalFlag, optionalId, optionalText, strict } from '../fields.ts'
import { given } from '../given.ts'
import { passesOn, route } from '../route.ts'
import { resizeFlavor } from '../shapes/flavor.ts'
import { server, updatedServer } from '../shapes/server.ts'
import { shape, text } from '../shapes/shape.ts'
import { listRoute } from './list-route.ts'

const instanceId = id('Instance')

const one = { tag: 'instances', needs: 'regional', service: 'ecs' } as const

const example = <Fields extends object>(fields: Fields) => ({
  regionId: 'cn-east-2',
  fields: { instanceId: 'ins-r8hr2upy', ...fields },
})

export const showInstance = route({
  ...one,
  method: 'GET',
  path: '/api/instances/{instanceId}',
  name: 'showInstance',
  scope: 'read',
  summary: 'One instance with all its details.',
  fields: strict({ instanceId }),
  value: shape({ server }),
  example: example({}),
  faults: ({ instanceId }) => noWord(instanceId),
  ...passesOn<{ instanceId: string }>(({ fields }) => ({
    operation: showServer,
    params: { server_id: fields.instanceId },
  })),
})

export const updateInstance = route({
  ...one,
  method: 'PUT',
  path: '/api/instances/{instanceId}',
  name: 'updateInstance',
  scope: 'operate',
  summary: 'Changes the name, description or host name of an instance.',
  description:
    'A new host name is taken on with the next reboot. The name changes nothing inside the instance.',
  fields: strict({
    instanceId,
    name: optionalText('1 to 128 letters, digits, `_`, `-`, `.`'),
    description: Type.Optional(Type.String({ description: 'Up to 85 characters; empty to have none.' })),
    hostname: optionalText('The name that the system of the instance has of itself.'),
  }),
  faults: (fields) => [...noWord(fields.instanceId), ...nothingToChange(fields)],
  value: shape({ server: updatedServer }),
  example: example({ name: 'web-1' }),
  run: async ({ ask, fields: { instanceId, ...changes } }) => ({
    answer: await ask(updateServer, { params: { server_id: instanceId }, body: { server: changes } }),
  }),
})

export const listResizeTypes = listRoute({
  path: '/api/instances/{instanceId}/resize',
  name: 'listResizeTypes',
  tag: 'instances',
  operation: listResizeFlavors,
  asked: ({ instanceId = '' }) => ({ query: [['instance_uuid', instanceId]] }),
  summary: 'The instance types that an instance may become.',
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
  path: '/api/instances/{instanceId}/resize',
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

export const setInstancePassword = route({
  ...one,
  method: 'PUT',
  path: '/api/instances/{instanceId}/password',
  name: 'setInstancePassword',
  scope: 'admin',
  summary: 'Sets the password of root or Administrator.',
  description:
    'It takes effect with the next start. Huawei Cloud says yes even where the instance lacks the plug-in that does it.',
  fields: strict({
    instanceId,
    password: nonEmpty('The new password; never logged.'),
    checkPassword: optionalFlag('Refuse a password that is too simple.'),
  }),
  value: shape({}),
  example: example({ password: 'Example-Pass-1', checkPassword: true }),
  run: async ({ ask, fields }) => ({
    answer: await ask(resetServerPassword, {
      params: { server_id: fields.instanceId },
      body: {
        'reset-password': given({
          new_password: fields.password,
          is_check_password: fields.checkPassword,
        }),
      },
    }),
  }),
})

export const openInstanceConsole = route({
  ...one,
  method: 'POST',
  path: '/api/instances/{instanceId}/console',
  name: 'openInstanceConsole',
  scope: 'admin',
  summary: 'An address at which the screen of an instance can be seen and used.',
  description:
    'Whoever knows the address has the console: it carries a token, good for one use within minutes.',
  fields: strict({
    instanceId,
    type: optionalText('novnc if left out.'),
    protocol: optionalText('vnc if left out.'),
  }),
  value: shape({ remote_console: shape({ type: text, protocol: text, url: text }) }),
  example: example({}),
  run: async ({ ask, fields: { instanceId, type = 'novnc', protocol = 'vnc' } }) => ({
    answer: await ask(showServerRemoteConsole, {
      params: { server_id: instanceId },
      body: { remote_console: { protocol, type } },
    }),
  }),
})

/** Stand where an id would in Huawei's paths, so that `detail` would answer all instances instead of one. */
const WORDS = new Set(
  `action batch-resize delete detail flavor-sell-policies flavors limits nics os-reset-passwords os-server-groups
   resize_flavors resource_instances server-name tags`.split(/\s+/),
)

const noWord = (instanceId: unknown): Violation[] =>
  WORDS.has(String(instanceId))
    ? [{ field: 'instanceId', description: 'is no instance: the word means something else to Huawei Cloud' }]
    : []

function nothingToChange(fields: Readonly<Record<string, unknown>>): Violation[] {
  const names = ['name', 'description', 'hostname']
  return names.some((name) => Object.hasOwn(fields, name))
    ? []
    : [{ field: 'body', description: `must hold one of ${names.join(', ')}` }]
}

const toResize = ({ instanceType, stopIfRunning, dedicatedHostId, autoPay }: Static<typeof resizeFields>) =>
  given({
    flavorRef: instanceType,
    dedicated_host_id: dedicatedHostId,
    // There is no word for the opposite.
    mode: stopIfRunning ? 'withStopServer' : undefined,
    extendparam: autoPay === undefined ? undefined : { isAutoPay: String(autoPay) },
  })
