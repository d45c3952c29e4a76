import Type from 'typebox'
import type { Pace } from './jobs.ts'

const strict = { additionalProperties: false }

export const PaceSchema = Type.Union(
  [
    Type.Object({ by: Type.Literal('at-once') }, strict),
    Type.Object({ by: Type.Literal('poll'), polls: Type.Integer({ minimum: 0 }) }, strict),
    Type.Object({ by: Type.Literal('clock'), ms: Type.Optional(Type.Number({ minimum: 0 })) }, strict),
  ],
  { description: 'at-once, poll:N, clock or clock:MS' },
)

/** `at-once`, `poll:3`, `clock` or `clock:2000`; undefined when it is none of these. */
export function readPace(text: string): Pace | undefined {
  if (text === 'at-once') return { by: 'at-once' }
  if (text === 'clock') return { by: 'clock' }
  const [, by, number] = /^(poll|clock):(\d{1,9})$/.exec(text) ?? []
  if (by === 'poll') return { by, polls: Number(number) }
  return by === 'clock' ? { by, ms: Number(number) } : undefined
}
