export interface Piece {
  /** Where it stands in the text. */
  at: number
  text: string
  /** `U+202E`, of a character that cannot be seen. */
  code?: string
}

/** Controls, zero-width characters and marks of direction: they change how a name looks without being seen. */
const UNSEEN =
  /[\p{Cc}\u{ad}\u{61c}\u{180e}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}]/gu

export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const { index, 0: character } of text.matchAll(UNSEEN)) {
    if (index > end) pieces.push({ at: end, text: text.slice(end, index) })
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    pieces.push({ at: index, text: character, code })
    end = index + character.length
  }
  if (end < text.length) pieces.push({ at: end, text: text.slice(end) })
  return pieces
}

/** For where there is only text, such as a title. */
export const visibleText = (text: string): string =>
  piecesOf(text)
    .map(({ text: piece, code }) => code ?? piece)
    .join('')
