/** What a page keeps in the query of its address, by example: the values there when the address says nothing. */
export type Defaults = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** A default of `'a'` stands for any text, `[]` for any list. */
export type StateOf<D extends Defaults> = {
  [K in keyof D]: D[K] extends string
    ? string
    : D[K] extends number
      ? number
      : D[K] extends boolean
        ? boolean
        : readonly string[]
}

export function readState<D extends Defaults>(search: string, defaults: D): StateOf<D> {
  const given = new URLSearchParams(search)
  const entries = Object.entries(defaults).map(([name, value]) => {
    const text = given.get(name)
    return [name, text === null ? value : parsed(text, value)]
  })
  return Object.fromEntries(entries) as StateOf<D>
}

/** The query with some values changed. What is as by default is left out, and what belongs to others stays. */
export function writeState<D extends Defaults>(
  search: string,
  defaults: D,
  patch: Partial<StateOf<D>>,
): string {
  const next = new URLSearchParams(search)
  const state: Record<string, unknown> = { ...readState(search, defaults), ...patch }
  for (const [name, fallback] of Object.entries(defaults)) {
    const text = written(state[name])
    if (text === written(fallback)) next.delete(name)
    else next.set(name, text)
  }
  return next.toString().replaceAll('%2C', ',')
}

function parsed(text: string, like: Defaults[string]): Defaults[string] {
  if (typeof like === 'string') return text
  if (typeof like === 'boolean') return text === 'true'
  if (typeof like !== 'number') return text === '' ? [] : text.split(',')
  const number = Number(text)
  return text === '' || Number.isNaN(number) ? like : number
}

const written = (value: unknown) => (Array.isArray(value) ? value.join(',') : String(value))
