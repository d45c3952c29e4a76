import { describe, expect, test } from 'vitest'
import { outside } from '../outside.ts'
import type { AppendFile } from './append-file.ts'
import { groupCommit } from './group-commit.ts'
import { readLine, START } from './line.ts'
import { auditQueue } from './queue.ts'

/** A disk that does as it is told. */
function disk() {
  let bytes = Buffer.alloc(0)
  let flushed = 0
  const state = {
    room: Number.POSITIVE_INFINITY,
    flushes: 0,
    failFlush: false,
    cannotCut: false,
    /** What a flush waits for. */
    hang: Promise.resolve(),
  }
  const full = () => Object.assign(new Error('full'), { code: 'ENOSPC' })
  const file: AppendFile = {
    size: async () => bytes.length,
    async append(more) {
      const fits = Math.max(0, Math.min(more.length, state.room - bytes.length))
      if (fits === 0) throw full()
      bytes = Buffer.concat([bytes, more.subarray(0, fits)])
      return fits
    },
    async flush() {
      await state.hang
      if (state.failFlush) throw Object.assign(new Error('io'), { code: 'EIO' })
      state.flushes += 1
      flushed = bytes.length
    },
    async cutTo(size) {
      if (state.cannotCut) throw Object.assign(new Error('io'), { code: 'EIO' })
      bytes = bytes.subarray(0, size)
    },
    read: async (position, length) => bytes.subarray(position, position + length),
    close: async () => {},
  }
  const text = () => bytes.toString()
  return { file, state, text, flushed: () => flushed, lines: () => text().split('\n').slice(0, -1) }
}

function queueOn(file: AppendFile, onFailing = () => {}) {
  const said: string[] = []
  const sleeps: (() => void)[] = []
  const clock = { elapsed: 0 }
  const commit = groupCommit(file, { seq: 0, head: START, size: 0, torn: 0 })
  const queue = auditQueue(
    commit,
    file.close,
    {
      ...outside,
      elapsed: () => clock.elapsed,
      sleep: (_, signal) =>
        new Promise((resolve, reject) => {
          sleeps.push(resolve)
          signal?.addEventListener('abort', () => reject(signal.reason))
        }),
    },
    {
      failing(why) {
        said.push(`failing: ${why}`)
        onFailing()
      },
      recovered: () => said.push('recovered'),
      lost: (count) => said.push(`lost ${count}`),
    },
  )
  return { ...queue, said, sleeps, clock }
}

function expectChain(lines: readonly string[]) {
  let prev = START
  for (const [at, line] of lines.entries()) {
    const read = readLine(Buffer.from(line))
    expect(read).toMatchObject({ seq: at + 1, prev, isWhole: true })
    prev = read?.hash ?? ''
  }
}

describe('intents', () => {
  test('are on the disk before anybody hears so', async () => {
    const { file, flushed, text } = disk()
    const queue = queueOn(file)
    await queue.intent({ n: 1 })
    expect(flushed()).toBe(text().length)
    expect(text()).toContain('"n":1')
  })

  test('that wait at the same time share a flush', async () => {
    const { file, state } = disk()
    const queue = queueOn(file)
    await Promise.all(Array.from({ length: 100 }, () => queue.intent({})))
    expect(state.flushes).toBe(2) // the first by itself, all others while it was written
  })
})

describe('on a full disk', () => {
  test('intents are refused and nothing half is left; the first that fits ends it', async () => {
    const { file, state, lines, text } = disk()
    const queue = queueOn(file)
    await queue.intent({ n: 1 })
    const before = text()
    for (const room of [0, 10, 200]) {
      state.room = before.length + room
      await expect(queue.intent({ n: 2 })).rejects.toThrow('full')
      expect(text()).toBe(before)
    }
    state.room = Number.POSITIVE_INFINITY
    expect(await queue.intent({ n: 3 })).toBe(2)
    expectChain(lines())
    expect(queue.said).toEqual(['failing: ENOSPC', 'recovered'])
    expect(queue.counts).toEqual({ lines: 2, failures: 3, owed: 0 })
  })

  test('an outcome is kept, and written before the next intent', async () => {
    const { file, state, lines } = disk()
    const queue = queueOn(file)
    const seq = await queue.intent({})
    state.room = 0
    queue.outcome(seq, { n: 1 })
    await expect(queue.intent({ n: 2 })).rejects.toThrow('full')
    expect(queue.counts.owed).toBe(1)
    state.room = Number.POSITIVE_INFINITY
    await queue.intent({ n: 3 })
    expect(lines().map((line) => JSON.parse(line).kind)).toEqual(['intent', 'outcome', 'intent'])
    expect(queue.counts.owed).toBe(0)
    expectChain(lines())
  })

  test('an outcome is tried again by itself', async () => {
    const { file, state, lines } = disk()
    const queue = queueOn(file)
    const seq = await queue.intent({})
    state.room = 0
    queue.outcome(seq, {})
    await expect.poll(() => queue.sleeps.length).toBe(1)
    queue.sleeps[0]?.()
    await expect.poll(() => queue.sleeps.length).toBe(2)
    state.room = Number.POSITIVE_INFINITY
    queue.sleeps[1]?.()
    await expect.poll(() => lines().length).toBe(2)
    expect(queue.said).toEqual(['failing: ENOSPC', 'recovered'])
  })

  test('a torn line that could not be cut off at once is cut off before the next', async () => {
    const { file, state, lines, text } = disk()
    const queue = queueOn(file)
    await queue.intent({})
    const before = text()
    state.room = before.length + 20
    state.cannotCut = true
    await expect(queue.intent({})).rejects.toThrow('full')
    expect(text().length).toBe(before.length + 20)
    await expect(queue.intent({})).rejects.toThrow('io')
    state.cannotCut = false
    state.room = Number.POSITIVE_INFINITY
    expect(await queue.intent({})).toBe(2)
    expectChain(lines())
  })

  test('what was written and not flushed does not count', async () => {
    const { file, state, lines } = disk()
    const queue = queueOn(file)
    state.failFlush = true
    await expect(queue.intent({ n: 1 })).rejects.toThrow('io')
    expect(lines()).toEqual([])
    state.failFlush = false
    expect(await queue.intent({ n: 2 })).toBe(1)
    expectChain(lines())
  })
})

describe('on a disk that hangs', () => {
  const hanging = () => {
    const { file, state, lines } = disk()
    const end = Promise.withResolvers<void>()
    state.hang = end.promise
    return { queue: queueOn(file), lines, letGo: () => end.resolve() }
  }

  test('intents are refused at once after two seconds, until it answers', async () => {
    const { queue, lines, letGo } = hanging()
    const first = queue.intent({ n: 1 })
    queue.clock.elapsed = 2_000
    const second = queue.intent({ n: 2 })
    queue.clock.elapsed = 2_001
    await expect(queue.intent({ n: 3 })).rejects.toThrow('does not answer')
    await expect(queue.intent({ n: 4 })).rejects.toThrow('does not answer')
    letGo()
    expect(await Promise.all([first, second])).toEqual([1, 2])
    expect(await queue.intent({ n: 5 })).toBe(3)
    expect(lines().map((line) => JSON.parse(line).n)).toEqual([1, 2, 5])
    expect(queue.said).toEqual(['failing: the disk does not answer', 'recovered'])
    expect(queue.counts).toEqual({ lines: 3, failures: 2, owed: 0 })
  })

  test('a thousand may wait', async () => {
    const { queue, lines, letGo } = hanging()
    const waiting = Array.from({ length: 1_001 }, () => queue.intent({})) // the first is under way
    await expect(queue.intent({})).rejects.toThrow('too slow')
    letGo()
    await Promise.all(waiting)
    expect(lines()).toHaveLength(1_001)
  })

  test('who gives up while it waits leaves no line; who gives up while it is written does', async () => {
    const { queue, lines, letGo } = hanging()
    const over = new AbortController()
    const first = queue.intent({ n: 1 }, over.signal)
    const second = queue.intent({ n: 2 }, over.signal)
    const third = queue.intent({ n: 3 })
    over.abort(new Error('time is up'))
    await expect(second).rejects.toThrow('time is up')
    letGo()
    expect(await first).toBe(1)
    expect(await third).toBe(2)
    expect(lines().map((line) => JSON.parse(line).n)).toEqual([1, 3])
  })
})

test.each([0, 1, 2, 3, 4, 5])(
  'an intent that comes %i turns after another was refused is not forgotten',
  async (turns) => {
    const { file, state } = disk()
    let again: Promise<number> | undefined
    const later = async () => {
      for (let turn = 0; turn < turns; turn += 1) await undefined
      state.room = Number.POSITIVE_INFINITY
      return queue.intent({ n: 2 })
    }
    const queue = queueOn(file, () => {
      again = later()
    })
    state.room = 0
    await expect(queue.intent({ n: 1 })).rejects.toThrow('full')
    expect(await again).toBe(1)
  },
)

describe('closing', () => {
  test('waits for outcomes that are still to come', async () => {
    const { file, lines } = disk()
    const queue = queueOn(file)
    const seq = await queue.intent({})
    const closing = queue.close()
    queue.outcome(seq, {})
    await closing
    expect(lines()).toHaveLength(2)
    await expect(queue.intent({})).rejects.toThrow('closed')
  })

  test('says what it could not write, and does not wait for ever', async () => {
    const { file, state } = disk()
    const queue = queueOn(file)
    const [one, two] = [await queue.intent({}), await queue.intent({})]
    state.room = 0
    queue.outcome(one, {})
    const closing = queue.close()
    await expect.poll(() => queue.sleeps.length).toBeGreaterThan(0)
    for (const wake of queue.sleeps) wake()
    await closing
    queue.outcome(two, {})
    expect(queue.said).toEqual(['failing: ENOSPC', 'lost 1', 'lost 1'])
  })
})
