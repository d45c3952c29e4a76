import type { ApiRow, Column } from './api-row.ts'
import { instanceRows } from './api-rows-instances.ts'
import { networkRows } from './api-rows-networks.ts'

const IMAGE: readonly Column[] = [
  ['ID', 'id'],
  ['NAME', 'name'],
  ['OS', '__os_version'],
  ['DISK', 'min_disk'],
  ['STATUS', 'status'],
]

const JOB: readonly Column[] = [
  ['JOB', 'job_id'],
  ['TYPE', 'job_type'],
  ['STATUS', 'status'],
  ['BEGAN', 'begin_time'],
  ['ENDED', 'end_time'],
  ['WHY', 'fail_reason'],
]

/** The commands that are a call of the API each, in the order of help. */
export const apiRows: readonly ApiRow[] = [
  {
    path: ['regions'],
    operation: 'listRegions',
    summary: (text) => text.commands.regions,
    isList: true,
    holds: 'regions',
    columns: [
      ['REGION', 'Id'],
      ['ENDPOINT', 'Endpoint'],
    ],
    isGlobal: true,
    needsNoKeys: true,
    fields: [
      {
        name: 'service',
        field: 'regionType',
        value: 'service',
        choices: ['ecs', 'ims', 'vpc'],
        help: (text) => text.flags.service,
      },
    ],
  },
  {
    path: ['images', 'list'],
    isUsual: true,
    operation: 'listImages',
    summary: (text) => text.commands.images,
    isList: true,
    holds: 'images',
    columns: IMAGE,
  },
  {
    path: ['images', 'show'],
    operation: 'showImage',
    summary: (text) => text.commands.image,
    word: { usage: '<id>', field: 'imageId' },
    columns: IMAGE,
  },
  {
    path: ['instance-types'],
    operation: 'listInstanceTypes',
    summary: (text) => text.commands.instanceTypes,
    isList: true,
    holds: 'flavors',
    columns: [
      ['TYPE', 'id'],
      ['VCPUS', 'vcpus'],
      ['MEMORY MB', 'ram'],
      ['STATUS', 'os_extra_specs.cond:operation:status'],
    ],
  },
  ...instanceRows,
  {
    path: ['jobs', 'show'],
    operation: 'showJob',
    summary: (text) => text.commands.job,
    word: { usage: '<id>', field: 'jobId' },
    columns: JOB,
    fields: [
      {
        name: 'service',
        field: 'service',
        value: 'service',
        choices: ['ecs', 'ims', 'evs'],
        help: (text) => text.flags.service,
      },
    ],
  },
  ...networkRows,
  {
    path: ['keypairs'],
    operation: 'listKeypairs',
    summary: (text) => text.commands.keypairs,
    isList: true,
    holds: 'keypairs',
    columns: [
      ['NAME', 'keypair.name'],
      ['TYPE', 'keypair.type'],
      ['FINGERPRINT', 'keypair.fingerprint'],
    ],
  },
  {
    path: ['quotas'],
    operation: 'showQuotas',
    summary: (text) => text.commands.quotas,
    columns: [],
    fields: [
      {
        name: 'service',
        field: 'service',
        value: 'service',
        choices: ['ecs', 'ims', 'vpc', 'evs'],
        help: (text) => text.flags.service,
      },
    ],
  },
]
