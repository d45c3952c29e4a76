/** What can be told of a JSON text from its outermost bytes, without parsing it. */
export const OPEN_BRACE = 0x7b
export const CLOSE_BRACE = 0x7d

/** White space as JSON knows it (RFC 8259, section 2). */
export const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Whether it is a byte of the text itself. */
export const isInk = (byte: number): boolean => !isBlank(byte)

/** First and last byte, white space aside: enough to tell a JSON object from a login page without parsing. */
export function isObjectText(body: Buffer): boolean {
  let start = 0
  let end = body.length - 1
  while (start < end && isBlank(body[start])) start += 1
  while (end > start && isBlank(body[end])) end -= 1
  return body[start] === OPEN_BRACE && body[end] === CLOSE_BRACE
}
