/** What can be told of a JSON text from its outermost bytes, without parsing it. */
export const OPEN_BRACE = 0x7b
export const CLOSE_BRACE = 0x7d

/** White space as JSON knows it (RFC 8259, section 2). */
export const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
