import { chunksOf } from './chunks-of.ts'

/** The lines of a body, each parsed, as they come. A body that ends in the middle of a line throws. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder()
  let rest = ''
  // Leaving the loop early cancels the body, and with it the call.
  for await (const bytes of chunksOf(body)) {
    rest += decoder.decode(bytes, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line)
  }
  rest += decoder.decode()
  if (rest.trim() !== '') yield JSON.parse(rest)
}
