import type { NotApproved } from '../gateway/approvals.ts'
import { ToolRefused } from './refused.ts'
import type { Use } from './tool.ts'

const AGAIN = 'Make another preview.'

const WHY: Record<Exclude<NotApproved, 'pending'>, [reason: string, message: string, next: string]> = {
  unknown: ['APPROVAL_UNKNOWN', 'There is no preview with this id.', AGAIN],
  late: ['APPROVAL_LATE', 'The preview is older than two minutes.', AGAIN],
  used: ['APPROVAL_USED', 'This approval was used already; it works once.', AGAIN],
  declined: [
    'APPROVAL_DECLINED',
    'The person declined.',
    'Do not try it again unless the person asks you to.',
  ],
  'other-arguments': [
    'APPROVAL_OTHER_ARGUMENTS',
    'The preview was made with other arguments, by another caller, or in another session.',
    'Call with exactly the arguments of your preview, or make another.',
  ],
  'own-credentials': ['APPROVAL_UNKNOWN', 'There is no preview with this id.', AGAIN],
  'too-many': ['APPROVAL_UNKNOWN', 'There is no preview with this id.', AGAIN],
}

/** Uses an approval up, and asks for it where the agent's program can. Fails with {@link ToolRefused}. */
export async function approved(id: string, digest: string, use: Use): Promise<string> {
  const { approvals, session, signal, manners, grant } = use
  let used = await approvals.use({ id, digest })
  if ('secret' in used && session.elicit) {
    await session.elicit({ id, secret: used.secret, shown: used.shown }, signal)
    used = await approvals.use({ id, digest })
  }
  if ('by' in used) return used.by
  if (used.refused === 'pending')
    throw new ToolRefused(
      'APPROVAL_PENDING',
      'Nobody has approved this yet, and you cannot.',
      `${manners.approveBy(id, grant !== undefined)} Then call carry_out again, within two minutes of the preview.`,
    )
  throw new ToolRefused(...WHY[used.refused])
}
