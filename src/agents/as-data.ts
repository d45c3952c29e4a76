/** What cannot be seen, or changes what is: controls, marks of direction, joiners, tags, lone halves of characters. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** Longer texts are no names; the end of one is not worth what an agent pays to read it. */
const LONGEST = 1_000

/** Of these not even an agent's own account is told: it would stand in a conversation that others keep. */
const SECRET = /pass|secret|userdata|privatekey|contents/

export const visible = (text: string): string =>
  text.replace(UNSEEN, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)

/** What came from the cloud, made harmless to look at: nothing unseen in it, nothing endless. */
function harmless(value: unknown, keeps: (name: string) => boolean): unknown {
  if (typeof value === 'string') return shortened(visible(value))
  if (Array.isArray(value)) return value.map((one) => harmless(one, keeps))
  if (typeof value !== 'object' || value === null) return value
  return fieldsOf(value, keeps)
}

const fieldsOf = (value: object, keeps: (name: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => keeps(name))
      .map(([name, inner]) => [shortened(visible(name)), harmless(inner, keeps)]),
  )

const isOpen = (name: string) => !SECRET.test(name.toLowerCase().replaceAll(/[_-]/g, ''))

/** The same, and nothing secret, for an agent. */
export const asData = (value: unknown): unknown => harmless(value, isOpen)

/** For a person who is to approve it: all there is. */
export const asFacts = (facts: object): Record<string, unknown> => fieldsOf(facts, () => true)

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
