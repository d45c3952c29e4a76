import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { architectureOfImage } from '../../facts/architecture.ts'
import { createHref } from '../../facts/create-href.ts'
import { StatusBadge } from '../../parts/status-badge.tsx'
import type { Column } from '../../parts/table/column.ts'
import type { Catalog } from '../../text/en.ts'
import type { Format } from '../../text/format.ts'
import { type ImageRow, kindOf, nameOf, platformOf, sizeOf } from './facts.ts'

export function columnsOf(
  catalog: Catalog,
  format: Format,
  regionName: (id: string) => string,
): readonly Column<ImageRow>[] {
  const { columns: headers, kinds } = catalog.images
  const kindNames: Readonly<Record<string, string>> = kinds
  const plain = (id: keyof typeof headers, value: (row: ImageRow) => string, width: number) => ({
    id,
    header: headers[id],
    value,
    width,
  })
  return [
    { ...plain('name', nameOf, 240), mayGrow: true, isName: true },
    {
      id: 'status',
      header: headers.status,
      value: ({ status }) => status,
      cell: ({ status }) => <StatusBadge status={status} />,
      width: 112,
    },
    plain('region', ({ regionId }) => regionName(regionId), 172),
    plain('platform', platformOf, 116),
    { ...plain('version', ({ __os_version: version }) => version ?? '', 220), isHidden: true },
    plain('architecture', architectureOfImage, 112),
    plain('kind', (row) => kindNames[kindOf(row)] ?? kindOf(row), 110),
    {
      id: 'minDisk',
      header: headers.minDisk,
      value: ({ min_disk: disk }) => disk,
      cell: ({ min_disk: disk }) => (disk ? format.gib(disk) : ''),
      isNumeric: true,
      width: 100,
    },
    {
      id: 'size',
      header: headers.size,
      value: sizeOf,
      cell: (row) => {
        const size = sizeOf(row)
        return size === undefined ? '' : format.bytes(size)
      },
      isNumeric: true,
      wantsRoom: true,
      width: 100,
    },
    {
      id: 'minMemory',
      header: headers.minMemory,
      value: ({ min_ram: memory }) => memory,
      cell: ({ min_ram: memory }) => (memory ? format.memory(memory) : ''),
      isNumeric: true,
      isHidden: true,
      width: 124,
    },
    {
      id: 'created',
      header: headers.created,
      value: ({ created_at: at }) => at,
      cell: ({ created_at: at }) => format.date(at),
      wantsRoom: true,
      width: 158,
    },
    {
      id: 'create',
      header: headers.create,
      value: () => '',
      isAction: true,
      cell: (row) =>
        row.status === 'active' && (
          <Button
            component={Link}
            size="compact-xs"
            variant="subtle"
            href={createHref(row.regionId, { image: row.id ?? '' })}
            aria-label={`${catalog.images.create}: ${nameOf(row)}`}
          >
            {catalog.images.create}
          </Button>
        ),
      width: 136,
    },
    { ...plain('id', ({ id = '' }) => id, 300), isHidden: true },
  ]
}
