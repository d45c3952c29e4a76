import { expect, test } from 'vitest'
import { eventsIn } from './events.ts'
import { linesOf } from './lines.ts'

const patience = { hold: () => undefined, renew: () => undefined }

/** A body that comes in pieces of so many bytes. */
function body(text: string, size: number) {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + size))
      at += size
    },
  })
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const got: T[] = []
  for await (const item of items) got.push(item)
  return got
}

test.each([1, 2, 3, 7, 1_000])('lines are the same in pieces of %i bytes', async (size) => {
  const text = 'eins\r\nzwei 中文 🙂\n\rvier\r\n\r\nletzte'
  const lines = await all(linesOf(body(text, size), patience))
  expect(lines).toEqual(['eins', 'zwei 中文 🙂', '', 'vier', '', 'letzte'])
})

test.each([1, 5, 1_000])('events are the same in pieces of %i bytes', async (size) => {
  const text = [
    'retry: 500\n\n',
    ': a comment\n\n',
    'event: job\r\nid: 1\r\ndata: {"a":\r\ndata: 1}\r\n\r\n',
    'data\ndata:  two\nid\n\n',
    'event: job\ndata: cut off\n',
  ].join('')
  expect(await all(eventsIn(linesOf(body(text, size), patience)))).toEqual([
    { event: 'job', data: '{"a":\n1}', id: '1', retry: 500 },
    { event: 'message', data: '\n two', id: '', retry: 500 },
  ])
})
