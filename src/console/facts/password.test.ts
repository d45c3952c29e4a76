import { expect, test } from 'vitest'
import { brokenRules, strengthOf } from './password.ts'

test('each rule', () => {
  expect(brokenRules('Aa1!')).toEqual(['length'])
  expect(brokenRules('aaaaaaa1')).toEqual(['kinds'])
  expect(brokenRules('Example pass 1')).toEqual(['allowed'])
  expect(brokenRules('My-Root-123')).toEqual(['name'])
  expect(brokenRules('Example-Pass-1')).toEqual([])
})

test('strength', () => {
  expect(['short', 'Abcdef12', 'Example-Pas1', 'Correct-Horse-42x'].map(strengthOf)).toEqual([0, 1, 2, 3])
})
