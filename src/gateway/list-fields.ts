type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** How a path goes on from here: names in Huawei's maps have dots too (`metadata.metering.order_id`). */
function* ways(fields: Fields, path: string): Generator<[name: string, rest: string | undefined]> {
  if (Object.hasOwn(fields, path)) yield [path, undefined]
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const name = path.slice(0, dot)
    if (Object.hasOwn(fields, name)) yield [name, path.slice(dot + 1)]
  }
}

/** The value at a path; of a list, the values of its members. Undefined where it leads nowhere. */
export function valueAt(value: unknown, path: string): unknown {
  if (Array.isArray(value)) {
    const found = value.map((member) => valueAt(member, path)).filter((member) => member !== undefined)
    return found.length > 0 ? found : undefined
  }
  if (!isFields(value)) return undefined
  for (const [name, rest] of ways(value, path)) {
    const found = rest === undefined ? value[name] : valueAt(value[name], rest)
    if (found !== undefined) return found
  }
  return undefined
}

/** No prototype: `__proto__` is a name like any other. */
const nothing = (): Fields => Object.create(null)

/** Nothing but what stands at these paths, in the same places. */
export function picked(value: unknown, paths: readonly string[]): Fields {
  const kept = nothing()
  if (isFields(value)) for (const path of paths) keep(value, path, kept)
  return kept
}

function keep(from: Fields, path: string, into: Fields): void {
  for (const [name, rest] of ways(from, path)) {
    const value = from[name]
    if (rest === undefined) into[name] = value
    else if (Array.isArray(value)) into[name] = keptOfList(value, rest, into[name])
    else if (isFields(value)) {
      const inner = isFields(into[name]) ? into[name] : nothing()
      keep(value, rest, inner)
      into[name] = inner
    } else continue
    return
  }
}

const keptOfList = (list: unknown[], rest: string, already: unknown): unknown[] =>
  list.map((member, index) => {
    const kept = Array.isArray(already) && isFields(already[index]) ? already[index] : nothing()
    if (isFields(member)) keep(member, rest, kept)
    return kept
  })
