import { expect, test } from 'vitest'
import { isSound, onlyReply, repliesIn, replyTo } from './fuzz-answers.ts'
import { SEED, secondsFor, tell, timeoutFor } from './fuzz-box.ts'
import { corpus } from './fuzz-corpus.ts'
import { mutant, rollsFrom } from './fuzz-mutations.ts'
import { MOST_GROWTH, startTarget } from './fuzz-target.ts'

/** Half a request is waited for by the server, whose patience is tested elsewhere; not here. */
const SILENCE_MS = 50
const PATIENCE_MS = 10_000
const AT_ONCE = 8

test('mutated bytes are answered with an envelope or a closed connection, and the next request is served', {
  timeout: timeoutFor('bytes'),
}, async () => {
  const { url, memory, isWell } = await startTarget()
  const originals = Object.values(corpus).map((text) =>
    Buffer.from(text.replaceAll('{host}', new URL(url).host), 'latin1'),
  )
  for (const bytes of originals) await holds(url, bytes)

  const roll = rollsFrom(SEED)
  const until = performance.now() + secondsFor('bytes') * 1_000
  const before = await memory()
  let sent = 0
  const worker = async () => {
    while (performance.now() < until) {
      sent += 1
      await holds(url, mutant(roll, originals))
      if (sent % 50 === 0) await isServed(url)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  tell('bytes', sent)
  expect(sent).toBeGreaterThan(100)
  await isWell()
  expect((await memory()) - before).toBeLessThan(MOST_GROWTH)
})

/** Fails with the smallest bytes that still do what these did, to be put into `fuzz-found.test.ts`. */
async function holds(url: string, bytes: Buffer): Promise<void> {
  const fault = await faultOf(url, bytes)
  if (fault === undefined) return
  const smallest = await shrunk(bytes, async (fewer) => (await faultOf(url, fewer)) !== undefined)
  const { message } = (await faultOf(url, smallest)) ?? fault
  const shown = smallest.toString('latin1').replaceAll(new URL(url).host, '{host}')
  expect.fail(`${message}\nto these bytes, in latin1: ${JSON.stringify(shown)}`)
}

async function faultOf(url: string, bytes: Buffer): Promise<Error | undefined> {
  const asked = bytes.toString('latin1')
  try {
    const replies = repliesIn(await replyTo(url, bytes, SILENCE_MS), /HEAD /.test(asked))
    const elsewhere = { raw: asked.includes('/raw/'), control: asked.includes('/_sandbox/') }
    for (const reply of replies) if (reply.whole) isSound(reply, elsewhere)
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** Leaves out halves, quarters and so on for as long as it still fails. */
async function shrunk(bytes: Buffer, fails: (bytes: Buffer) => Promise<boolean>): Promise<Buffer> {
  let smallest = bytes
  for (let size = bytes.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < smallest.length; ) {
      const fewer = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)])
      if (await fails(fewer)) smallest = fewer
      else at += size
    }
  }
  return smallest
}

async function isServed(url: string): Promise<void> {
  const good = (corpus.list ?? '')
    .replaceAll('{host}', new URL(url).host)
    .replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')
  const reply = await onlyReply(url, Buffer.from(good), PATIENCE_MS)
  expect(reply?.status).toBe(200)
}
