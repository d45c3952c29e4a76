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
    cell: (row: Instance) => <SafeText>{value(row)}</SafeText>,
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
      width: 210,
      mayGrow: true,
      isName: true,
    },
    {
      id: 'status',
      header: headers.status,
      value: ({ status }) => status,
      cell: (row) => <StatusBadge status={row.status} task={row['OS-EXT-STS:task_state']} />,
      width: 132,
    },
    plain('region', ({ regionId }) => regionName(regionId), 150),
    { ...plain('zone', zoneOf, 130), ...hidden },
    plain('flavor', flavorOf, 130),
    { id: 'vcpus', header: headers.vcpus, value: vcpusOf, isNumeric: true, width: 76 },
    {
      id: 'memory',
      header: headers.memory,
      value: memoryOf,
      cell: (row) => {
        const mib = memoryOf(row)
        return mib === undefined ? '' : format.memory(mib)
      },
      isNumeric: true,
      width: 92,
    },
    plain('image', imageOf, 180),
    { ...plain('os', ({ metadata }) => metadata?.os_type ?? '', 100), ...hidden },
    plain('privateIp', (row) => addressesOf(row, 'fixed').join(', '), 140),
    plain('publicIp', (row) => addressesOf(row, 'floating').join(', '), 140),
    {
      id: 'created',
      header: headers.created,
      value: ({ created }) => created,
      cell: ({ created }) => format.date(created),
      width: 168,
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
