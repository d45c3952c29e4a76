import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { fewAtATime } from './few-at-a-time.ts'

test('work is done in order, a little in each turn of the event loop', async () => {
  const soon = fewAtATime(2)
  const done: number[] = []
  for (const n of [1, 2, 3, 4, 5]) soon(() => done.push(n))
  expect(done).toEqual([])
  const seen: number[] = []
  for (let turns = 0; turns < 4; turns += 1) {
    await turn()
    seen.push(done.length)
  }
  expect(seen).toEqual([2, 4, 5, 5])
  expect(done).toEqual([1, 2, 3, 4, 5])
  soon(() => done.push(6))
  await turn()
  expect(done).toHaveLength(6)
})

test('what comes while others are done waits for its turn', async () => {
  const soon = fewAtATime(1)
  const done: string[] = []
  soon(() => {
    done.push('first')
    soon(() => done.push('third'))
  })
  soon(() => done.push('second'))
  for (let turns = 0; turns < 4; turns += 1) await turn()
  expect(done).toEqual(['first', 'second', 'third'])
})
