import type { Patience } from './patience.ts'

/** Of NDJSON and of event streams; a CR at the end may be half of a CRLF. */
const BREAK = /\r\n|\n|\r(?=[^\n])/

/** The lines of a body as they come. Who leaves the loop early cancels the body, and with it the call. */
export async function* linesOf(
  body: ReadableStream<Uint8Array>,
  patience: Pick<Patience, 'hold' | 'renew'>,
): AsyncGenerator<string> {
  // Streams can be iterated, but not yet in every browser.
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      patience.renew()
      const { done, value } = await reader.read()
      patience.hold()
      rest += decoder.decode(value, { stream: !done })
      const lines = rest.split(BREAK)
      rest = lines.pop() ?? ''
      yield* lines
      if (!done) continue
      if (rest !== '') yield rest
      return
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
