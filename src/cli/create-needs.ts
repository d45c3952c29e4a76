import type { CallName } from './api-row.ts'
import { volume } from './create-fields.ts'
import type { House } from './house.ts'
import type { Catalog } from './text/en.ts'

/** What a create cannot do without. */
export interface Question {
  readonly field: 'name' | 'imageId' | 'instanceType' | 'vpcId' | 'nics' | 'rootVolume'
  readonly flag: string
  readonly label: (text: Catalog) => string
  /** Where what there is to choose from is listed. */
  readonly choices?: {
    readonly operation: CallName
    readonly holds: string
    readonly columns: readonly string[]
  }
  readonly filled: (answer: string, house: House) => unknown
}

/** In the order in which they are asked for. */
export const questions: readonly Question[] = [
  { field: 'name', flag: 'name', label: (text) => text.ask.name, filled: plain },
  {
    field: 'imageId',
    flag: 'image',
    label: (text) => text.ask.imageId,
    choices: { operation: 'listImages', holds: 'images', columns: ['id', 'name'] },
    filled: plain,
  },
  {
    field: 'instanceType',
    flag: 'type',
    label: (text) => text.ask.instanceType,
    choices: { operation: 'listInstanceTypes', holds: 'flavors', columns: ['id', 'vcpus', 'ram'] },
    filled: plain,
  },
  {
    field: 'vpcId',
    flag: 'vpc',
    label: (text) => text.ask.vpcId,
    choices: { operation: 'listVpcs', holds: 'vpcs', columns: ['id', 'name', 'cidr'] },
    filled: plain,
  },
  {
    field: 'nics',
    flag: 'subnet',
    label: (text) => text.ask.subnet,
    choices: { operation: 'listSubnets', holds: 'subnets', columns: ['id', 'name', 'cidr'] },
    filled: (subnetId) => [{ subnetId }],
  },
  {
    field: 'rootVolume',
    flag: 'root-volume',
    label: (text) => text.ask.rootVolume,
    filled: (said, house) => volume(said, 'root-volume', house),
  },
]

function plain(answer: string): string {
  return answer
}
