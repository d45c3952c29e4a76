import type { KeyboardEvent } from 'react'

interface Options {
  count: number
  /** The row that has the focus. */
  here: number
  go: (index: number) => void
  select: (index: number) => void
  open: (index: number) => void
}

const PAGE = 10

/** Moves through rows by keys. Keys in a field or on a button inside a row are for those. */
export function useRowKeys({ count, here, go, select, open }: Options) {
  const moves: Readonly<Record<string, (from: number) => number>> = {
    ArrowDown: (from) => from + 1,
    ArrowUp: (from) => from - 1,
    PageDown: (from) => from + PAGE,
    PageUp: (from) => from - PAGE,
    Home: () => 0,
    End: () => count - 1,
  }
  return (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLTableRowElement) || event.altKey || event.metaKey || event.ctrlKey)
      return
    const move = moves[event.key]
    if (move) go(Math.min(count - 1, Math.max(0, move(here))))
    else if (event.key === ' ') select(here)
    else if (event.key === 'Enter') open(here)
    else return
    event.preventDefault()
  }
}
