import { useMediaQuery } from '@mantine/hooks'
import { useMemo } from 'react'
import type { Column } from './column.ts'

/** Columns that want room are hidden at first where there is none. */
export function useFittingColumns<T>(columns: readonly Column<T>[]): readonly Column<T>[] {
  const isRoomy = useMediaQuery('(min-width: 1600px)', undefined, { getInitialValueInEffect: false })
  return useMemo(
    () =>
      isRoomy
        ? columns
        : columns.map((column) => ({ ...column, isHidden: column.isHidden || column.wantsRoom })),
    [columns, isRoomy],
  )
}
