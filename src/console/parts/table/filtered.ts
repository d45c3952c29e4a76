/**
 * The rows whose text has every word of the search in it. What a row's text is, is worked out once per row: it is asked
 * at every key that is pressed.
 */
export function textFilter<T extends object>(textOf: (row: T) => string) {
  const known = new WeakMap<T, string>()
  const lower = (row: T) => {
    const text = known.get(row) ?? textOf(row).toLowerCase()
    known.set(row, text)
    return text
  }
  return (rows: readonly T[], search: string): readonly T[] => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean)
    if (words.length === 0) return rows
    return rows.filter((row) => words.every((word) => lower(row).includes(word)))
  }
}
