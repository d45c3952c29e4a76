import { expect, test } from 'vitest'
import { refusalOf } from './refusal-of.ts'

const kind = (status: number, reason: string, message = '') =>
  refusalOf({ status, reason, message, fieldViolations: [] })

test('what kind of no it is', () => {
  expect(kind(409, 'VPC.0104', 'The VPC contains subnets and cannot be deleted.')).toBe('inUse')
  expect(kind(409, 'VPC.0209', 'The subnet has ports in use and cannot be deleted.')).toBe('inUse')
  expect(kind(409, 'VPC.0602', 'Security group 1 is in use.')).toBe('inUse')
  expect(kind(409, 'VPC.0602', 'The default security group cannot be deleted.')).toBe('refused')
  expect(kind(409, 'VPC.0202', "Quota exceeded for resources: ['subnet'].")).toBe('quota')
  expect(kind(400, 'VPC.0203', 'The subnet is not in the range of the VPC.')).toBe('refused')
})

test('what has a state of its own', () => {
  expect(kind(429, 'APIGW.0308')).toBeUndefined()
  expect(kind(403, 'VPC.0011')).toBeUndefined()
  expect(kind(502, 'UPSTREAM_OUTCOME_UNKNOWN')).toBeUndefined()
})

test('fields speak for themselves', () => {
  const fieldViolations = [{ field: 'name', description: 'must not be empty' }]
  expect(refusalOf({ status: 400, reason: 'INVALID_ARGUMENT', message: '', fieldViolations })).toBe('fields')
})
