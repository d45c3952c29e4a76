import type { Shown } from '../gateway/approvals.ts'
import { asFacts } from './as-data.ts'
import type { Question } from './session.ts'

const FORM = {
  type: 'object',
  properties: {
    approve: { type: 'boolean', title: 'Approve', description: 'Yes, do exactly this, once.' },
  },
  required: ['approve'],
} as const

/** For the person, whom names must be shown: quoted, with nothing unseen in them, below a line of ours. */
export function questionOf({ id, shown }: Pick<Question, 'id' | 'shown'>) {
  return {
    mode: 'form',
    message: `${headline(shown)}\n\n${factLines(shown)}\n\n(${id})`,
    requestedSchema: FORM,
  } as const
}

export const headline = ({ action, count, regionId }: Shown): string =>
  `${action[0]?.toUpperCase()}${action.slice(1)} ${count} instance${count === 1 ? '' : 's'} in ${regionId}?`

/** One fact a line, as JSON. */
export const factLines = ({ facts }: Shown): string =>
  Object.entries(asFacts(facts))
    .flatMap(([name, value]) =>
      Array.isArray(value) && value.length > 0
        ? value.map((one, at) => `${name}[${at}]: ${JSON.stringify(one)}`)
        : [`${name}: ${JSON.stringify(value)}`],
    )
    .join('\n')

/** Whether a program's answer to the form is a person's yes. */
export const saysYes = (result: unknown): boolean => {
  const { action, content } = Object(result)
  return action === 'accept' && Object(content).approve === true
}
