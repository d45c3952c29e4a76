import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { EmptyState } from '../../parts/empty-state.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './networks.module.css'

const STEP = 50

interface Props<T> {
  all: readonly T[]
  /** Those that the search left. */
  found: readonly T[]
  isWhole: boolean
  empty: ReactNode
  children: (item: T) => ReactNode
}

/** The first of many cards, more when asked, and how many there are. */
export function Some<T>({ all, found, isWhole, empty, children }: Props<T>) {
  const text = useText()
  const format = useFormat()
  const [most, setMost] = useState(STEP)
  if (all.length === 0 && isWhole) return empty
  const count = format.number(found.length)
  return (
    <>
      <p className={classes.count} role="status">
        {!isWhole
          ? text.parts.stillLoading(format.number(all.length))
          : found.length < all.length
            ? text.parts.rowsOf(count, format.number(all.length))
            : all.length === 1
              ? text.parts.oneRow
              : text.parts.rows(count)}
      </p>
      {found.length === 0 && isWhole && (
        <EmptyState title={text.parts.nothingFound} hint={text.parts.nothingFoundHint} />
      )}
      <div className={classes.cards}>{found.slice(0, most).map(children)}</div>
      {found.length > most && (
        <div className={classes.more}>
          <Button variant="default" onClick={() => setMost(most + STEP)}>
            {text.networks.more(format.number(found.length - most))}
          </Button>
        </div>
      )}
    </>
  )
}
