import type { ReactNode } from 'react'
import { SafeText } from '../safe-text.tsx'
import { visibleText } from '../visible-text.ts'
import type { Column } from './column.ts'

export const shownIn = <T,>({ cell, value }: Column<T>, row: T): ReactNode =>
  cell ? cell(row) : <SafeText>{textOf(value(row))}</SafeText>

/** The whole of a text that may be cut off. */
export const titleIn = <T,>({ cell, value, isName }: Column<T>, row: T): string | undefined =>
  cell && !isName ? undefined : visibleText(textOf(value(row)))

const textOf = (value: string | number | null | undefined): string => String(value ?? '')
