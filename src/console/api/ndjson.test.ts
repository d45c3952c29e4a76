import { expect, test } from 'vitest'
import { linesOf } from './ndjson.ts'

function body(...chunks: string[]): ReadableStream<Uint8Array> {
  const bytes = chunks.map((chunk) => Uint8Array.from(Buffer.from(chunk, 'latin1')))
  return new ReadableStream({
    pull(controller) {
      const next = bytes.shift()
      if (next) controller.enqueue(next)
      else controller.close()
    },
  })
}
const latin = (text: string) => Buffer.from(text).toString('latin1')

test('lines come whole, however the bytes were cut', async () => {
  const text = latin('{"name":"云"}\n\n{"name":"b"}\n{"n":3}')
  for (const size of [1, 2, 3, 5, 100]) {
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    const seen = await Array.fromAsync(linesOf(body(...chunks)))
    expect(seen).toEqual([{ name: '云' }, { name: 'b' }, { n: 3 }])
  }
})

test('a line that breaks off throws after what came before it', async () => {
  const seen: unknown[] = []
  const read = async () => {
    for await (const line of linesOf(body('{"a":1}\n{"b":'))) seen.push(line)
  }
  await expect(read()).rejects.toThrow(SyntaxError)
  expect(seen).toEqual([{ a: 1 }])
})
