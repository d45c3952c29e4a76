/** `JSON.rawJSON` and the reviver's third argument are younger than the types we compile against. */
interface RawJson {
  rawJSON(text: string): unknown
  parse(
    text: string,
    revive: (name: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown
}

/** Digits that a double may not hold, or spells in another way. */
const ODD_NUMBER = /[:,[]\s*-?(?:\d{16}|\d+[.eE]|(?<=-)0)/

/** Parsed so that writing it again gives every number as it came. */
export function parseExactly(text: string): unknown {
  if (!ODD_NUMBER.test(text)) return JSON.parse(text)
  const json = JSON as unknown as RawJson
  return json.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? json.rawJSON(source)
      : value,
  )
}
