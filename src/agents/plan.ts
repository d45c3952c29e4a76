import type { Shown } from '../gateway/approvals.ts'
import type { InnerCall } from '../gateway/inside.ts'
import { digestOf } from './canonical.ts'
import type { Use } from './tool.ts'

/** What is to be done, down to the call that does it. */
export interface Plan extends Omit<Shown, 'facts'> {
  readonly call: Pick<InnerCall, 'method' | 'path' | 'body'>
}

/** What an approval is bound to: this call and no other, for this caller, in this session. */
export const boundTo = ({ call }: Plan, { account, grant, session }: Use): string =>
  digestOf({ call, account, token: grant?.id, session: session.id })
