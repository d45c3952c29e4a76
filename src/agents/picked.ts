/** Some fields of a value, those that are there. */
export function picked(value: unknown, names: readonly string[]): Record<string, unknown> {
  const fields = Object(value)
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = Reflect.get(fields, name)
      return found === undefined || found === null ? [] : [[name, found]]
    }),
  )
}
