type Value = string | number | null | undefined

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Numbers by size, names as people order them (web-2 before web-10), and nothing after everything. */
export function compareValues(a: Value, b: Value): number {
  const isNoA = a == null || a === ''
  const isNoB = b == null || b === ''
  if (isNoA || isNoB) return Number(isNoA) - Number(isNoB)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a), String(b))
}

/** `-created` is by created, the latest first. */
export const sortingOf = (text: string): { id: string; desc: boolean } | undefined =>
  text === '' ? undefined : { id: text.replace(/^-/, ''), desc: text.startsWith('-') }
