import { Refusal } from './refusal.ts'

interface Trouble {
  readonly code: string
  readonly reason: string
  /** Found out at once, and not only while the server is being built. */
  readonly refused?: true
}

/** Names of new servers that make trouble, whatever follows: documented in docs/sandbox-files.md. */
const troubles: Readonly<Record<string, Trouble>> = {
  'sold-out-': { code: 'Ecs.0319', reason: 'The flavor capacity is insufficient. Try another flavor or AZ.' },
  'build-fails-': { code: 'Ecs.0219', reason: 'Failed to create the ECS.' },
  'off-sale-': {
    code: 'Ecs.0018',
    reason: 'The selected flavor has been sold out. Try another flavor.',
    refused: true,
  },
  'no-quota-': { code: 'Ecs.0001', reason: 'Insufficient ECS quota.', refused: true },
  'no-money-': {
    code: 'Ecs.7000',
    reason: 'Failed to submit the order: the account balance is insufficient.',
    refused: true,
  },
}

export function refuseTroubleName(name: string): void {
  const trouble = troubleIn(name)
  if (trouble?.refused) throw new Refusal(400, trouble.code, trouble.reason)
}

/** What the part of the job for such a server fails with. */
export function failureByName(name: string): { failure?: { code: string; reason: string } } {
  const trouble = troubleIn(name)
  return trouble && !trouble.refused ? { failure: { code: trouble.code, reason: trouble.reason } } : {}
}

const troubleIn = (name: string): Trouble | undefined =>
  Object.entries(troubles).find(([start]) => name.startsWith(start))?.[1]
