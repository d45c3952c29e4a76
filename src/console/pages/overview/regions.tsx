import { lazy, type ReactNode, Suspense } from 'react'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { useText } from '../../text/locale.ts'
import { Cards } from './cards.tsx'
import classes from './overview.module.css'
import { Progress } from './progress.tsx'
import { RegionTable } from './region-table.tsx'
import { commonError, type RegionRow } from './rows.ts'
import { NOTHING, sumOf } from './tally.ts'

const Charts = lazy(() => import('./charts.tsx'))

/** All that the regions have answered so far. */
export function Regions({ rows, create }: { rows: readonly RegionRow[]; create: ReactNode }) {
  const text = useText().overview
  const error = commonError(rows)
  if (error) {
    const retryAll = () => {
      for (const { retry } of rows) retry()
    }
    return <ErrorState error={error} onRetry={retryAll} />
  }
  const sum = sumOf(rows.map(({ tally }) => tally ?? NOTHING))
  const isEmpty = sum.all === 0 && rows.every((row) => row.tally && !row.error && !row.cut)
  if (isEmpty) return <EmptyState title={text.none} hint={text.noneHint} action={create} />
  return (
    <>
      <Progress rows={rows} />
      <Cards sum={sum} isPending={rows.every(({ tally }) => !tally)} />
      {sum.all > 0 && (
        <Suspense fallback={<div className={classes.chartsToCome} />}>
          <Charts rows={rows} />
        </Suspense>
      )}
      <RegionTable rows={rows} sum={sum} />
    </>
  )
}
