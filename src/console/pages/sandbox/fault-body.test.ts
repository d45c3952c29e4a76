import { expect, test } from 'vitest'
import { faultBody, NO_FAULT, PRESETS } from './fault-body.ts'

test('what is left empty is left out', () => {
  expect(faultBody({ ...NO_FAULT, times: '' })).toEqual({
    body: { on: '*', phase: 'before', do: 'throttle' },
  })
})

test('a lost answer of a write strikes after the work', () => {
  expect(faultBody({ ...NO_FAULT, ...PRESETS.lost })).toEqual({
    body: { on: 'ecs.CreateServers', times: 1, phase: 'after', do: 'hang-up' },
  })
})

test('a refusal carries what was given of it', () => {
  const form = { ...NO_FAULT, ...PRESETS.busy, region: 'cn-north-4', chance: '0.5', code: ' Ecs.0001 ' }
  expect(faultBody(form)).toEqual({
    body: {
      on: '*',
      region: 'cn-north-4',
      times: 3,
      chance: 0.5,
      phase: 'before',
      do: { status: 503, code: 'Ecs.0001', retryAfter: 5 },
    },
  })
})

test('what does not fit is named by its field', () => {
  const form = { ...NO_FAULT, on: ' ', times: '1.5', chance: '2', trouble: 'refuse', status: '200' } as const
  expect(faultBody(form)).toEqual({ wrong: ['on', 'times', 'chance', 'status'] })
  expect(faultBody({ ...NO_FAULT, trouble: 'delay', delay: '' })).toEqual({ wrong: ['delay'] })
})
