/** What moves a cursor, rings, or turns the direction of what is read: names from the cloud may hold it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Escaped as in JSON, so that a terminal shows it and does nothing. */
export const safeText = (text: string): string =>
  text.replace(UNSEEN, (one) =>
    Array.from(
      { length: one.length },
      (_, at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  )

export const isSafe = (text: string): boolean => safeText(text) === text

/** JSON that a terminal can show: the same values, with what `JSON.stringify` leaves as it is escaped too. */
export const safeJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value ?? null, undefined, indent)
    .split('\n')
    .map(safeText)
    .join('\n')
