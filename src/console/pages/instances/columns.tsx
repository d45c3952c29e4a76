import { Link } from 'wouter'
import { SafeText } from '../../parts/safe-text.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import type { Column } from '../../parts/table/column.ts'
import type { Catalog } from '../../text/en.ts'
import type { Format } from '../../text/format.ts'
import {
  addressesOf,
  chargingOf,
  flavorOf,
  groupsOf,
  type Instance,
  imageOf,
  memoryOf,
  nameOf,
  tagsOf,
  vcpusOf,
  zoneOf,
} from './facts.ts'
import classes from './instances.module.css'

export const pathOf = ({ regionId, id = '' }: Instance): string =>
  `/instances/${encodeURIComponent(regionId)}/${encodeURIComponent(id)}`

export function columnsOf(
  catalog: Catalog,
  format: Format,
  regionName: (id: string) => string,
): readonly Column<Instance>[] {
  const { columns: headers, charging } = catalog.instances
  const plain = (id: keyof typeof headers, value: (row: Instance) => string, width: number) => ({
    id,
    header: headers[id],
    value,
    width,
  })
  const hidden = { isHidden: true }
  return [
    {
      id: 'name',
      header: headers.name,
      value: nameOf,
      cell: (row) => (
        <Link href={pathOf(row)} className={classes.name}>
          <SafeText>{nameOf(row)}</SafeText>
        </Link>
      ),
      width: 140,
      mayGrow: true,
      isName: true,
    },
    {
      id: 'status',
      header: headers.status,
      value: ({ status }) => status,
      cell: (row) => <StatusBadge status={row.status} task={row['OS-EXT-STS:task_state']} />,
      width: 112,
    },
    plain('region', ({ regionId }) => regionName(regionId), 172),
    { ...plain('zone', zoneOf, 130), ...hidden },
    {
      id: 'flavor',
      header: headers.flavor,
      value: flavorOf,
      cell: (row) => <Flavor row={row} format={format} />,
      width: 124,
    },
    { id: 'vcpus', header: headers.vcpus, value: vcpusOf, isNumeric: true, width: 84, ...hidden },
    {
      id: 'memory',
      header: headers.memory,
      value: memoryOf,
      cell: (row) => {
        const mib = memoryOf(row)
        return mib === undefined ? '' : format.memory(mib)
      },
      isNumeric: true,
      width: 100,
      ...hidden,
    },
    { ...plain('image', imageOf, 170), wantsRoom: true },
    { ...plain('os', ({ metadata }) => metadata?.os_type ?? '', 100), ...hidden },
    plain('privateIp', (row) => addressesOf(row, 'fixed').join(', '), 128),
    plain('publicIp', (row) => addressesOf(row, 'floating').join(', '), 128),
    {
      id: 'created',
      header: headers.created,
      value: ({ created }) => created,
      cell: ({ created }) => format.date(created),
      width: 184,
    },
    { ...plain('tags', (row) => tagsOf(row).join(', '), 200), ...hidden },
    { ...plain('id', ({ id = '' }) => id, 300), ...hidden },
    { ...plain('keypair', ({ key_name: name }) => name ?? '', 140), ...hidden },
    { ...plain('vpc', ({ metadata }) => metadata?.vpc_id ?? '', 300), ...hidden },
    { ...plain('securityGroups', (row) => groupsOf(row).join(', '), 160), ...hidden },
    {
      ...plain(
        'charging',
        (row) => {
          const mode = chargingOf(row)
          return mode ? charging[mode] : ''
        },
        130,
      ),
      ...hidden,
    },
  ]
}

/** Its name alone tells few what it is. */
function Flavor({ row, format }: { row: Instance; format: Format }) {
  const [vcpus, memory] = [vcpusOf(row), memoryOf(row)]
  return (
    <>
      <SafeText>{flavorOf(row)}</SafeText>
      {vcpus !== undefined && memory !== undefined && (
        <span className={classes.size}>
          {format.number(vcpus)} vCPU · {format.memory(memory)}
        </span>
      )}
    </>
  )
}
