import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Listed } from '../../api/list.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './create.module.css'

const MOST_SHOWN = 60

interface Props<L, T> {
  query: UseQueryResult<Listed<L>>
  /** What is left of it by the filters. */
  shown: readonly T[]
  none: string
  noneHint: string
  children: (one: T) => ReactNode
}

/** The first of those that match, each as a choice, and how many more there are. */
export function ChoiceList<L, T>({ query, shown, none, noneHint, children }: Props<L, T>) {
  const text = useText().create
  const format = useFormat()
  const more = shown.length - MOST_SHOWN
  return (
    <Loaded query={query}>
      {(list) => (
        <>
          <CutList list={list} onRetry={() => void query.refetch()} />
          {shown.length === 0 && list.isWhole && <EmptyState title={none} hint={noneHint} />}
          <div className={classes.list}>{shown.slice(0, MOST_SHOWN).map(children)}</div>
          {more > 0 && <p className={classes.hint}>{text.more(format.number(more))}</p>}
        </>
      )}
    </Loaded>
  )
}
