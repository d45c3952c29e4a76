import type { ApiRow, Column, FieldFlag } from './api-row.ts'

const SERVER: readonly Column[] = [
  ['ID', 'id'],
  ['NAME', 'name'],
  ['STATUS', 'status'],
  ['TYPE', 'flavor.id'],
  ['ZONE', 'OS-EXT-AZ:availability_zone'],
  ['ADDRESSES', 'addresses'],
]

/** What became of each of those that a write was for. */
export const RESULT: readonly Column[] = [
  ['ID', 'id'],
  ['OK', 'ok'],
  ['CODE', 'code'],
  ['MESSAGE', 'message'],
]

const SEVERAL = { usage: '<id...>', field: 'servers' }
const ONE = { usage: '<id>', field: 'instanceId' }

const hard: FieldFlag = { name: 'hard', field: 'type', sets: 'HARD', help: (text) => text.flags.hard }

export const instanceRows: readonly ApiRow[] = [
  {
    path: ['instances', 'list'],
    isUsual: true,
    operation: 'listInstances',
    summary: (text) => text.commands.instances,
    isList: true,
    holds: 'servers',
    columns: SERVER,
  },
  {
    path: ['instances', 'show'],
    operation: 'showInstance',
    summary: (text) => text.commands.instance,
    holds: 'server',
    word: ONE,
    columns: SERVER,
  },
  {
    path: ['instances', 'start'],
    operation: 'startInstances',
    isWrite: true,
    summary: (text) => text.commands.start,
    word: SEVERAL,
    columns: RESULT,
    hasJob: true,
  },
  {
    path: ['instances', 'stop'],
    operation: 'stopInstances',
    isWrite: true,
    summary: (text) => text.commands.stop,
    word: SEVERAL,
    columns: RESULT,
    fields: [hard],
    hasJob: true,
    question: (text, count) => text.confirm.stop(count),
  },
  {
    path: ['instances', 'reboot'],
    operation: 'rebootInstances',
    isWrite: true,
    summary: (text) => text.commands.reboot,
    word: SEVERAL,
    columns: RESULT,
    fields: [hard],
    hasJob: true,
    question: (text, count) => text.confirm.reboot(count),
  },
  {
    path: ['instances', 'terminate'],
    operation: 'terminateInstances',
    isWrite: true,
    summary: (text) => text.commands.terminate,
    word: SEVERAL,
    columns: RESULT,
    fields: [
      { name: 'delete-public-ip', field: 'deletePublicIp', help: (text) => text.flags.deletePublicIp },
      { name: 'delete-volume', field: 'deleteVolume', help: (text) => text.flags.deleteVolume },
    ],
    hasJob: true,
    question: (text, count) => text.confirm.terminate(count),
  },
  {
    path: ['instances', 'resize'],
    operation: 'resizeInstance',
    isWrite: true,
    summary: (text) => text.commands.resize,
    word: ONE,
    columns: RESULT,
    fields: [
      {
        name: 'type',
        field: 'instanceType',
        value: 'type',
        isRequired: true,
        help: (text) => text.flags.type,
      },
      { name: 'stop-if-running', field: 'stopIfRunning', help: (text) => text.flags.stopIfRunning },
    ],
    hasJob: true,
  },
  {
    path: ['instances', 'console'],
    operation: 'openInstanceConsole',
    summary: (text) => text.commands.console,
    holds: 'remote_console',
    word: ONE,
    columns: [['URL', 'url']],
  },
]
