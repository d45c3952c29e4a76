/** Something that rows are narrowed by: values that they have, some of which can be chosen. */
export interface Facet<T> {
  /** Also its name in the address. */
  id: string
  name: string
  valuesOf: (row: T) => readonly string[]
  labelOf?: (value: string) => string
}

export type Chosen = Readonly<Record<string, readonly string[]>>

/** The rows that have one of the chosen values of every facet; a facet without any lets all through. */
export function narrowed<T>(rows: readonly T[], facets: readonly Facet<T>[], chosen: Chosen): readonly T[] {
  const active = facets.flatMap(({ id, valuesOf }) => {
    const values = chosen[id] ?? []
    return values.length === 0 ? [] : [{ valuesOf, wanted: new Set(values) }]
  })
  if (active.length === 0) return rows
  return rows.filter((row) =>
    active.every(({ valuesOf, wanted }) => valuesOf(row).some((value) => wanted.has(value))),
  )
}

/** What there is to choose from, the commonest first; what is chosen is there even where nothing has it. */
export function choicesOf<T>(facet: Facet<T>, rows: readonly T[], chosen: readonly string[]) {
  const counts = new Map(chosen.map((value) => [value, 0]))
  for (const row of rows)
    for (const value of facet.valuesOf(row)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
}

/** Lists in the address are split at commas, which values may have in them. */
export const inAddress = (values: readonly string[]): readonly string[] =>
  values.map((value) => value.replaceAll('%', '%25').replaceAll(',', '%2C'))

export const fromAddress = (values: readonly string[]): readonly string[] =>
  values.map((value) => value.replaceAll('%2C', ',').replaceAll('%25', '%'))
