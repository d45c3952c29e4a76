import { expect, test } from 'vitest'
import type { Approval } from '../../api/approvals.ts'
import { factsOf } from './facts.ts'

const approval = (facts: Record<string, unknown>): Approval => ({
  id: '1',
  client: 'agent',
  asked: 0,
  expires: 120_000,
  shown: { action: 'stop', regionId: 'cn-east-2', count: 1, facts },
})

test('instances stand apart, and nothing else is left out', () => {
  const facts = { instances: [{ id: 'a', name: 'web', status: 'ACTIVE' }], hard: true, deleteVolume: false }
  expect(factsOf(approval(facts))).toEqual({
    instances: [{ id: 'a', name: 'web', status: 'ACTIVE' }],
    rest: [
      ['hard', 'true'],
      ['deleteVolume', 'false'],
    ],
  })
})

test('what is to be created is told to its last field', () => {
  const instance = { name: 'a', nics: [{ subnetId: 's' }], rootVolume: { size: 40 }, description: null }
  expect(factsOf(approval({ instance, dryRun: 'passed' }))).toEqual({
    instances: [],
    rest: [
      ['instance.name', 'a'],
      ['instance.nics[0].subnetId', 's'],
      ['instance.rootVolume.size', '40'],
      ['dryRun', 'passed'],
    ],
  })
})

test('instances in a shape of their own are still told', () => {
  expect(factsOf(approval({ instances: 'all' }))).toEqual({ instances: [], rest: [['instances', 'all']] })
})
