import { expect, test } from 'vitest'
import { ApiError } from '../../api/error.ts'
import { placed } from './place-errors.ts'

const refusal = (reason: string, message: string, fields: Record<string, string> = {}) =>
  new ApiError({
    status: 400,
    reason,
    message,
    fieldViolations: Object.entries(fields).map(([field, description]) => ({ field, description })),
  })

test('fields that are named', () => {
  const error = refusal('INVALID_ARGUMENT', 'x', {
    'nics[0].ipAddress': 'is no address',
    'rootVolume.size': 'is too small',
    'publicIp.bandwidth.size': 'is too large',
    'tags.team': 'is too long',
  })
  expect(placed(error)).toEqual({
    ipAddress: 'is no address',
    rootSize: 'is too small',
    bandwidth: 'is too large',
    tags: 'is too long',
  })
})

test("Huawei Cloud's own refusals", () => {
  expect(placed(refusal('Ecs.0001', 'Insufficient ECS quota.'))).toEqual({
    count: 'Insufficient ECS quota. · Ecs.0001',
  })
  expect(Object.keys(placed(refusal('Ecs.0219', 'sold out')))).toEqual(['type'])
  const outside = refusal('Ecs.0039', 'privateIp [10.99.0.7] is not in this subnet')
  expect(Object.keys(placed(outside))).toEqual(['ipAddress'])
  expect(Object.keys(placed(refusal('Ecs.7000', 'no balance')))).toEqual(['charging'])
  expect(Object.keys(placed(refusal('Ecs.0005', 'ip_address 10.0.0.9 is used')))).toEqual(['ipAddress'])
})

test('what belongs nowhere stays with the whole', () => {
  expect(placed(refusal('Ecs.9999', 'No.'))).toEqual({})
  expect(placed(new ApiError({ status: 502, reason: 'UPSTREAM_ERROR', message: 'vpc' }))).toEqual({})
})
