import Type from 'typebox'
import {
  resetServerPassword,
  showServer,
  showServerRemoteConsole,
  updateServer,
} from '../../huaweicloud/ecs.ts'
import type { Violation } from '../errors.ts'
import { id, nonEmpty, optionalFlag, optionalText, strict } from '../fields.ts'
import { given } from '../given.ts'
import { passesOn, route } from '../route.ts'
import { server, updatedServer } from '../shapes/server.ts'
import { shape, text } from '../shapes/shape.ts'

export const instanceId = id('Instance')

export const one = { tag: 'instances', needs: 'regional', service: 'ecs' } as const

export const example = <Fields extends object>(fields: Fields) => ({
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
