import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleOff } from '@tabler/icons-react'
import { Link } from 'wouter'
import { createHref } from '../../facts/create-href.ts'
import { isToBeHad } from '../../facts/sale.ts'
import type { Column } from '../../parts/table/column.ts'
import type { Catalog } from '../../text/en.ts'
import type { Format } from '../../text/format.ts'
import { onSaleIn, soldOutIn, type TypeRow } from './facts.ts'
import classes from './instance-types.module.css'

export function columnsOf(catalog: Catalog, format: Format, region: string): readonly Column<TypeRow>[] {
  const { columns: headers, sales } = catalog.instanceTypes
  const words: Readonly<Record<string, string>> = sales
  const plain = (id: keyof typeof headers, value: (row: TypeRow) => string, width: number) => ({
    id,
    header: headers[id],
    value,
    width,
  })
  return [
    { ...plain('name', ({ name }) => name, 172), mayGrow: true, isName: true },
    { id: 'vcpus', header: headers.vcpus, value: ({ vcpus }) => vcpus, isNumeric: true, width: 84 },
    {
      id: 'memory',
      header: headers.memory,
      value: ({ memory }) => memory,
      cell: ({ memory }) => format.memory(memory),
      isNumeric: true,
      width: 100,
    },
    {
      id: 'ratio',
      header: headers.ratio,
      value: (row) => row.memory / 1_024 / row.vcpus,
      cell: (row) => format.number(row.memory / 1_024 / row.vcpus),
      isNumeric: true,
      isHidden: true,
      width: 130,
    },
    { ...plain('family', ({ family }) => family, 92), wantsRoom: true },
    plain('kind', ({ kind }) => kind, 168),
    plain('architecture', ({ architecture }) => architecture, 116),
    {
      id: 'sale',
      header: headers.sale,
      value: ({ sale }) => words[sale] ?? sale,
      cell: ({ sale }) => <Sale state={sale} word={words[sale] ?? sale} />,
      width: 150,
    },
    {
      id: 'create',
      header: headers.create,
      value: () => '',
      isAction: true,
      cell: ({ id, name, sale }) =>
        isToBeHad(sale) && (
          <Button
            component={Link}
            size="compact-xs"
            variant="subtle"
            href={createHref(region, { type: id })}
            aria-label={`${catalog.instanceTypes.create}: ${name}`}
          >
            {catalog.instanceTypes.create}
          </Button>
        ),
      width: 130,
    },
    { ...plain('zones', (row) => onSaleIn(row).join(', '), 210), mayGrow: true },
    { ...plain('soldOut', (row) => soldOutIn(row).join(', '), 200), isHidden: true },
  ]
}

function Sale({ state, word }: { state: string; word: string }) {
  const isHad = isToBeHad(state)
  const Icon = isHad ? IconCircleCheck : state === 'abandon' ? IconCircleOff : IconAlertTriangle
  return (
    <span className={classes.sale} data-tone={isHad ? 'good' : state === 'abandon' ? 'idle' : 'warn'}>
      <Icon size={14} stroke={2} aria-hidden />
      {word}
    </span>
  )
}
