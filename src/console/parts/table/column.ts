import type { ReactNode } from 'react'

/** A column of a `DataTable`. */
export interface Column<T> {
  id: string
  header: string
  /** What it is sorted by. */
  value: (row: T) => string | number | null | undefined
  /** What is shown, where that is more than the value as a text. */
  cell?: (row: T) => ReactNode
  /** Pixels; 160 if left out. What is over is shared out among those that may grow. */
  width?: number
  mayGrow?: boolean
  /** Numbers stand at the end of their column. */
  isNumeric?: boolean
  /** Not shown until somebody chooses it. */
  isHidden?: boolean | undefined
  /** Not shown at first on screens of middling width. */
  wantsRoom?: boolean
  /** Holds something to press; there is nothing to sort it by. */
  isAction?: boolean
  /** Cannot be hidden, and is the heading of a card on small screens. */
  isName?: boolean
}

export const widthOf = <T>({ width = 160 }: Column<T>): number => width
