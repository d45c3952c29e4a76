import { ecsRows } from './rows/ecs-rows.ts'
import { eip3Rows, eipRows } from './rows/eip-rows.ts'
import { evsRows } from './rows/evs-rows.ts'
import { iamRows } from './rows/iam-rows.ts'
import { imsRows } from './rows/ims-rows.ts'
import type { Row } from './rows/row.ts'
import { vpcRows } from './rows/vpc-rows.ts'
import { vpc3Rows } from './rows/vpc3-rows.ts'

/** The tables' own bodies for an operation, with an id of something that is there wherever they need one. */
export function soundBodies(operation: string): unknown[] {
  return rows
    .filter((row) => row.operation === operation.replace(/2$/, ''))
    .flatMap((row) => bodyOf(row) ?? [])
}

const rows = [ecsRows, vpcRows, vpc3Rows, imsRows, evsRows, eipRows, eip3Rows, iamRows].flatMap(
  ({ rows }) => rows,
)

function bodyOf({ with: args }: Row): unknown {
  const { body } = typeof args === 'function' ? args(anything) : (args ?? {})
  return body === undefined ? undefined : JSON.parse(JSON.stringify(body))
}

const anything: Record<string, unknown> = new Proxy(
  {},
  { get: (_, name) => (name === 'many' ? ['ins-r8hr2upy', 'ins-5d8a23rs'] : 'ins-r8hr2upy') },
)
