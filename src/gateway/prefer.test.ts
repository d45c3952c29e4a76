import { expect, test } from 'vitest'
import { waitOf, waitViolations } from './prefer.ts'

test.each([
  ['wait=10', 10],
  ['WAIT=10', 10],
  ['wait = 10', 10],
  ['wait="10"', 10],
  ['respond-async, wait=5', 5],
  ['return=minimal; foo="some parameter", wait=7; x=1', 7],
  ['wait=1, wait=2', 1],
  ['foo="x, wait=999", wait=4', 4],
  ['wait=0', 0],
  ['wait=300', 300],
])('Prefer: %s waits %i s', (prefer, seconds) => {
  expect(waitOf({ prefer })).toBe(seconds)
  expect(waitViolations({ prefer })).toEqual([])
})

test.each([undefined, 'respond-async', 'waits=3', 'handling=lenient', 'foo="x, wait=999"'])(
  'Prefer: %s waits for nothing',
  (prefer) => {
    const headers = prefer === undefined ? {} : { prefer }
    expect(waitOf(headers)).toBeUndefined()
    expect(waitViolations(headers)).toEqual([])
  },
)

test.each(['wait=301', 'wait=-1', 'wait=1.5', 'wait=', 'wait=ten', 'wait=1e2', 'wait=" 3"'])(
  'Prefer: %s is a fault',
  (prefer) => {
    expect(waitViolations({ prefer })).toEqual([
      { field: 'Prefer', description: 'must have wait as whole seconds from 0 to 300' },
    ])
  },
)
