import { expect, test } from 'vitest'
import { RetryBudget } from './retry-budget.ts'

/** Repetitions that are paid for when each comes after the one before. */
function paid(budget: RetryBudget, cost: number): number {
  for (let count = 0; ; count += 1) {
    const release = budget.take(cost)
    if (!release) return count
    release()
  }
}

test('35 repetitions empty it, or 100 where throttled', () => {
  expect(paid(new RetryBudget(500), 14)).toBe(35)
  expect(paid(new RetryBudget(500), 5)).toBe(100)
  expect(paid(new RetryBudget(0), 5)).toBe(0)
})

test('a success brings one token back, one after a repetition what that has cost, never more than there were', () => {
  const budget = new RetryBudget(28)
  expect(paid(budget, 14)).toBe(2)
  for (let at = 0; at < 14; at += 1) {
    budget.begin()
    budget.end(true)
  }
  expect(paid(budget, 14)).toBe(1)
  budget.begin()
  budget.end(true, 14)
  expect(paid(budget, 14)).toBe(1)
  for (let at = 0; at < 1_000; at += 1) {
    budget.begin()
    budget.end(true)
  }
  expect(paid(budget, 14)).toBe(2)
})

test('a failure brings nothing back', () => {
  const budget = new RetryBudget(14)
  expect(paid(budget, 14)).toBe(1)
  budget.begin()
  budget.end(false, 14)
  expect(paid(budget, 1)).toBe(0)
})

test('at most three repeat at once, or a fifth of all calls', () => {
  const budget = new RetryBudget(10_000)
  const takeAll = () => {
    const held: (() => void)[] = []
    for (let release = budget.take(1); release; release = budget.take(1)) held.push(release)
    for (const release of held) release()
    return held.length
  }
  expect(takeAll()).toBe(3)
  for (let at = 0; at < 50; at += 1) budget.begin()
  expect(takeAll()).toBe(10)
  for (let at = 0; at < 50; at += 1) budget.end(false)
  expect(takeAll()).toBe(3)
})
