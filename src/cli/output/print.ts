import type { Column } from '../api-row.ts'
import { type Given, textOf } from '../command.ts'
import type { House } from '../house.ts'
import { FORMS, type Form, written } from './written.ts'

/** Writes what came of a command, in the form that was asked for. */
export type Print = (value: unknown, holds: string | undefined, columns: readonly Column[]) => Promise<void>

export const formOf = (given: Given, { terminal }: House): Form => {
  const said = textOf(given, 'output')
  return FORMS.find((form) => form === said) ?? (terminal.shows ? 'table' : 'json')
}

/** Knows that the query is one before anything is asked. Fails with {@link Stop}. */
export async function printer(given: Given, house: House): Promise<Print> {
  const form = formOf(given, house)
  const expression = textOf(given, 'query')
  const query =
    expression === undefined ? undefined : (await import('./query.ts')).queryOf(expression, house.text)
  return async (value, holds, columns) => {
    const shown = query ? { value: query(value), columns: [] } : { value, holds, columns }
    await house.terminal.out(await written(form, shown))
  }
}
