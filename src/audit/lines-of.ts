/** Longer than any line of ours: a thousand ids, and room. */
export const LONGEST_LINE = 1024 * 1024

const NEW_LINE = 0x0a

/** A line without its end, or the bytes after the last whole one. */
export interface Piece {
  readonly bytes: Buffer
  readonly isEnded: boolean
}

/** Cuts a file into lines as it is read. What has no end within the longest line comes as one piece, and is the last. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    let start = 0
    for (;;) {
      const end = chunk.indexOf(NEW_LINE, start)
      if (end < 0) break
      const part = chunk.subarray(start, end)
      yield { bytes: rest.length === 0 ? part : Buffer.concat([rest, part]), isEnded: true }
      rest = Buffer.alloc(0)
      start = end + 1
    }
    rest = Buffer.concat([rest, chunk.subarray(start)])
    if (rest.length > LONGEST_LINE) break
  }
  if (rest.length > 0) yield { bytes: rest, isEnded: false }
}
